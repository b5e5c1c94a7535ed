import type { Tx } from '../foundation/database/commit.ts'
import { publicId } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { type PaymentWithAllocations, withAllocations } from './queries.ts'
import { receivePending } from './receive-pending.ts'
import { type NewPayment, recordPayments } from './record-payments.ts'
import type { PaymentRow } from './table.ts'

export interface UpsertedPayment {
  created: boolean
  result: PaymentWithAllocations
}

/**
 * Records the payment with this external id, or answers the one that has it. A pending one that is said to be received
 * is received. Money that came in is never changed: a repeat that says something else is refused (`external_id_taken`).
 */
export async function upsertPayment(
  tx: Tx,
  input: NewPayment & { externalId: string },
): Promise<UpsertedPayment> {
  await lockCustomers(tx, [input.customerId])
  const existing = await tx.db
    .selectFrom('payment')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('external_id', '=', input.externalId)
    .executeTakeFirst()
  if (existing === undefined) {
    const [result] = (await recordPayments(tx, [input])) as [PaymentWithAllocations | Problem]
    if (result instanceof Problem) throw result
    return { created: true, result }
  }
  if (isReceiptOf(existing, input))
    return { created: false, result: await receiveAnnounced(tx, existing, input) }
  if (!saysTheSame(existing, input)) {
    throw new Problem('external_id_taken', { conflicting_id: publicId('payment', existing.id) })
  }
  const [result] = (await withAllocations(tx, [existing])) as [PaymentWithAllocations]
  return { created: false, result }
}

/** True when a push repeats what was received. Designations and metadata have a life of their own by now. */
export const saysTheSame = (payment: PaymentRow, input: NewPayment): boolean =>
  isSameMoney(payment, input) && payment.received_date === input.receivedDate

/** True when a push says that money which was announced is here now. */
export const isReceiptOf = (payment: PaymentRow, input: NewPayment): boolean =>
  payment.status === 'pending' && input.status === 'received' && isSameMoney(payment, input)

/** What was in clearing may have been booked by the bank since. */
const isSameMoney = (payment: PaymentRow, input: NewPayment): boolean =>
  payment.customer_id === input.customerId &&
  (payment.account === input.account || input.account === 'clearing') &&
  payment.currency === input.currency &&
  payment.amount === input.amount &&
  payment.method === input.method &&
  payment.reference === input.reference

/** Receives a pending payment as a push says it. */
export async function receiveAnnounced(
  tx: Tx,
  { id }: PaymentRow,
  { receivedDate, provisionalUntilDate, allocations, allocate }: NewPayment,
): Promise<PaymentWithAllocations> {
  const provisional = provisionalUntilDate === null ? {} : { provisionalUntilDate }
  const receipt = { id, receivedDate, allocations, allocate, ...provisional }
  const [received] = (await receivePending(tx, [receipt])) as [PaymentWithAllocations | Problem]
  if (received instanceof Problem) throw received
  return received
}
