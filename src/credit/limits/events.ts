import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { creditLimitToJson } from './schema.ts'
import type { CreditLimitRow } from './table.ts'

/** What became of a limit; that of a group concerns no single customer. */
export const creditLimitFact = (
  type: Extract<EventType, `credit_limit.${string}`>,
  limit: CreditLimitRow,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'credit_limit', id: limit.id, sequence: limit.version },
  customerId: limit.customer_id,
  object: creditLimitToJson(limit, reader),
  ...(previous && { previous }),
})
