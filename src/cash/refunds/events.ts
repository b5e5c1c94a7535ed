import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { refundToJson } from './schema.ts'
import type { RefundRow } from './table.ts'

/** What happened to a refund, with the refund as it stands now. */
export const refundFact = (
  type: Extract<EventType, `refund.${string}`>,
  refund: RefundRow,
  reader: Reader,
): Fact => ({
  type,
  entity: { kind: 'refund', id: refund.id, sequence: refund.version },
  customerId: refund.customer_id,
  object: refundToJson(refund, reader),
})
