import type { LoadExpanded } from '../foundation/http/expand.ts'
import { publicId, uuidOf } from '../foundation/id.ts'
import { findPayments, withAllocations } from './queries.ts'
import { paymentToJson } from './schema.ts'

/** Payments with their allocations by their public ids, for `expand=payment`. */
export const loadPaymentsById: LoadExpanded = async (reader, ids) => {
  const payments = await findPayments(reader, ids.map(uuidOf))
  return new Map(
    (await withAllocations(reader, [...payments.values()])).map((one) => [
      publicId('payment', one.payment.id),
      paymentToJson(one, reader),
    ]),
  )
}
