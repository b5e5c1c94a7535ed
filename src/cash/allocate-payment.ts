import { refreshInvoices } from '../billing/refresh-invoices.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { sum } from '../foundation/money.ts'
import { Problem } from '../foundation/problem.ts'
import { allocatePayments } from './allocate-payments.ts'
import type { Designation } from './designation.ts'
import { lockPayment, requireReceived, requireUnallocated } from './lock-payment.ts'
import { planMoney, standingFor } from './plan-money.ts'
import {
  allocationsOf,
  type PaymentWithAllocations,
  usableFrom,
  withAllocations,
} from './queries.ts'
import { releasePayment } from './release-payment.ts'
import { invoicesOf } from './settle.ts'
import type { PaymentRow } from './table.ts'
import { undoAllocations } from './undo-allocations.ts'
import { undoDate } from './undo-date.ts'

export interface AllocatePayment {
  id: string
  /** What is decided; null leaves it to the rules. */
  designations: Designation[] | null
  ifMatch: number | undefined
}

/** Allocates what of a payment is unallocated: as designated, else by the rules. */
export async function allocatePayment(
  tx: Tx,
  { id, designations, ifMatch }: AllocatePayment,
): Promise<PaymentWithAllocations> {
  const payment = await lockPayment(tx, id, ifMatch)
  return use(tx, payment, designations)
}

/**
 * Replaces the allocations of a payment by others, in one commit: all that stand are undone with what was deducted, and
 * its money is allocated anew. Either all of it happens or nothing.
 */
export async function reallocatePayment(
  tx: Tx,
  { id, designations, ifMatch, date }: AllocatePayment & { date: CalendarDate | null },
): Promise<PaymentWithAllocations> {
  const payment = await lockPayment(tx, id, ifMatch)
  requireReceived(payment)
  const standing = await allocationsOf(tx, 'payment_id', [id])
  const items = await undoAllocations(tx, standing, undoDate(date, standing, tx.today))
  const released = await releasePayment(tx, payment, standing)
  await refreshInvoices(tx, invoicesOf(items))
  const empty = designations !== null && designations.length === 0
  return empty ? { payment: released, allocations: [] } : use(tx, released, designations)
}

async function use(
  tx: Tx,
  payment: PaymentRow,
  designations: Designation[] | null,
): Promise<PaymentWithAllocations> {
  requireReceived(payment)
  requireUnallocated(
    payment.unallocated_amount,
    sum((designations ?? []).map(({ amount }) => amount)),
  )
  const money = {
    customerId: payment.customer_id,
    amount: payment.unallocated_amount,
    currency: payment.currency,
    date: payment.received_date,
    reference: payment.reference,
    endToEndId: payment.end_to_end_id,
    designations,
    allocate: 'auto' as const,
  }
  const plan = planMoney(await standingFor(tx, [money]), money)
  if (plan instanceof Problem) throw plan
  const date = await usableFrom(tx, payment.id, payment.received_date)
  const [used] = (await allocatePayments(tx, [{ payment, plan, date }])) as [PaymentWithAllocations]
  const [result] = (await withAllocations(tx, [used.payment])) as [PaymentWithAllocations]
  return result
}
