import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { creditHoldToJson } from './schema.ts'
import type { CreditHoldRow } from './table.ts'

export const creditHoldFact = (
  type: Extract<EventType, `credit_hold.${string}`>,
  hold: CreditHoldRow,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'credit_hold', id: hold.id, sequence: hold.version },
  customerId: hold.customer_id,
  object: creditHoldToJson(hold, reader),
  ...(previous && { previous }),
})
