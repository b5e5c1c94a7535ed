import type { Fact } from '../../events/announce.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { chargeToJson } from './schema.ts'
import type { ChargeRow } from './table.ts'

/** Interest that was never claimed was given up, once. */
export const accrualWaivedFact = (charge: ChargeRow, reader: Reader): Fact => ({
  type: 'charge.accrual_waived',
  entity: { kind: 'charge', id: charge.id, sequence: 1 },
  customerId: charge.customer_id,
  object: chargeToJson({ ...charge, state: 'waived', open_amount: 0, waived_amount: 0 }, reader),
})
