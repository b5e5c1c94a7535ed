import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { checkToJson } from './schema.ts'
import type { CheckRow } from './table.ts'

export const checkFact = (
  type: Extract<EventType, `credit_check.${string}`>,
  check: CheckRow,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'credit_check', id: check.id, sequence: check.version },
  customerId: check.customer_id,
  object: checkToJson(check, reader),
  ...(previous && { previous }),
})
