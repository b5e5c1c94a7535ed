import type { Fact } from '../../events/announce.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { tradeReferenceToJson } from './schema.ts'
import type { TradeReferenceRow } from './table.ts'

/** That a reference was given. */
export const tradeReferenceFact = (reference: TradeReferenceRow, reader: Reader): Fact => ({
  type: 'trade_reference.recorded',
  entity: { kind: 'trade_reference', id: reference.id, sequence: reference.version },
  customerId: reference.customer_id,
  object: tradeReferenceToJson(reference, reader),
})
