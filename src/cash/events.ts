import type { Fact } from '../events/announce.ts'
import type { EventType } from '../events/catalogue.ts'
import type { Reader } from '../foundation/database/frame.ts'
import type { PaymentWithAllocations } from './queries.ts'
import { paymentToJson } from './schema.ts'

/** What happened to a payment, with the payment as it stands now. */
export const paymentFact = (
  type: Extract<EventType, `payment.${string}`>,
  one: PaymentWithAllocations,
  reader: Reader,
): Fact => ({
  type,
  entity: { kind: 'payment', id: one.payment.id, sequence: one.payment.version },
  customerId: one.payment.customer_id,
  object: paymentToJson(one, reader),
})
