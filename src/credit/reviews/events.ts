import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { creditReviewToJson } from './schema.ts'
import type { CreditReviewRow } from './table.ts'

export const creditReviewFact = (
  type: Extract<EventType, `credit_review.${string}`>,
  review: CreditReviewRow,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'credit_review', id: review.id, sequence: review.version },
  customerId: review.customer_id,
  object: creditReviewToJson(review, reader),
  ...(previous && { previous }),
})
