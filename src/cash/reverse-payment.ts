import { refreshInvoices } from '../billing/refresh-invoices.ts'
import { announce } from '../events/announce.ts'
import { type CalendarDate, laterOf } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { newId } from '../foundation/id.ts'
import { dateInFuture, invalidFields, Problem } from '../foundation/problem.ts'
import { moveItems } from '../ledger/move-items.ts'
import { postMoney } from '../ledger/post-money.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { paymentFact } from './events.ts'
import { allocationsOf, type PaymentWithAllocations, requirePayment } from './queries.ts'
import { invoicesOf } from './settle.ts'
import type { AllocationRow, PaymentRow } from './table.ts'

export interface ReversePayment {
  id: string
  /** The day the money went back; today unless given. */
  reversalDate: CalendarDate | null
  reason: string
  ifMatch: number | undefined
}

/**
 * Takes a payment back: a returned debit, a bounced cheque, a typing error. Its allocations are undone on the day of
 * the reversal and its items are open again on their old due dates; dunning resumes where it stood.
 */
export async function reversePayment(
  tx: Tx,
  input: ReversePayment,
): Promise<PaymentWithAllocations> {
  const { customer_id } = await requirePayment(tx, input.id)
  await lockCustomers(tx, [customer_id])
  const payment = await requirePayment(tx, input.id)
  requireVersion(payment.version, input.ifMatch)
  if (payment.status === 'reversed')
    throw new Problem('payment_already_reversed', { current_status: 'reversed' })
  const date = input.reversalDate ?? tx.today
  refuseImpossibleDates(payment, date, tx.today)

  const undone = await allocationsOf(tx, [payment.id])
  const items = await moveItems(
    tx,
    undone.map((allocation) => takeBack(payment, allocation, date)),
  )
  await postMoney(tx, [
    {
      entryId: newId(),
      customerId: payment.customer_id,
      currency: payment.currency,
      amount: -payment.amount,
      happening: 'payment_reversed',
      counterAccount: 'cash',
      effectiveDate: date,
      source: { kind: 'payment', id: payment.id },
      undoesId: null,
    },
  ])
  await tx.db
    .updateTable('allocation')
    .set({ undone_date: date })
    .where('tenant_id', '=', tx.tenant.id)
    .where('payment_id', '=', payment.id)
    .where('undone_date', 'is', null)
    .execute()
  const reversed = await tx.db
    .updateTable('payment')
    .set({
      status: 'reversed',
      allocated_amount: 0,
      unallocated_amount: 0,
      reversed_amount: payment.amount,
      reversal_date: date,
      reversal_reason: input.reason,
      version: payment.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', payment.id)
    .where('status', '=', 'received')
    .where('version', '=', payment.version)
    .returningAll()
    .executeTakeFirst()
  if (reversed === undefined) throw new Problem('version_mismatch')

  const result = { payment: reversed, allocations: [] }
  announce(tx, {
    ...paymentFact('payment.reversed', result, tx),
    previous: {
      status: 'received',
      allocated_amount: payment.allocated_amount,
      unallocated_amount: payment.unallocated_amount,
    },
  })
  await refreshInvoices(tx, invoicesOf(items))
  return result
}

/** Undoes an allocation on the day of the reversal, but never before the allocation itself counted. */
const takeBack = (payment: PaymentRow, allocation: AllocationRow, date: CalendarDate) => ({
  entryId: newId(),
  itemId: allocation.item_id,
  amount: -allocation.amount,
  part: 'paid' as const,
  happening: 'allocation_undone',
  counterAccount: 'unallocated' as const,
  effectiveDate: laterOf(date, allocation.effective_date),
  source: { kind: 'payment' as const, id: payment.id },
  origin: 'own' as const,
  undoesId: allocation.entry_id,
})

function refuseImpossibleDates(payment: PaymentRow, date: CalendarDate, today: CalendarDate): void {
  if (date > today) {
    throw dateInFuture('reversal_date', date, today)
  }
  if (date < payment.received_date) {
    throw invalidFields({
      pointer: '#/reversal_date',
      code: 'before_received_date',
      detail: 'must not be before received_date',
      params: { received_date: payment.received_date },
    })
  }
}
