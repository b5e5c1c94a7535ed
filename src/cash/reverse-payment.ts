import { refreshInvoices } from '../billing/refresh-invoices.ts'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { dateInFuture, invalidFields, Problem } from '../foundation/problem.ts'
import { postEntries } from '../ledger/post-entries.ts'
import { postMoney } from '../ledger/post-money.ts'
import { claimReturnCharges } from './claim-return-charges.ts'
import { paymentFact } from './events.ts'
import { lockPayment } from './lock-payment.ts'
import { collectedPayments, isOwn } from './own-payments.ts'
import {
  allocationsOf,
  type PaymentWithAllocations,
  requirePayment,
  usableFrom,
} from './queries.ts'
import { cancelUnpaidRefunds } from './refunds/cancel-unpaid.ts'
import { invoicesOf } from './settle.ts'
import type { PaymentRow } from './table.ts'
import { unclearExcess } from './unclear-excess.ts'
import { undoAllocations } from './undo-allocations.ts'

export interface ReversePayment {
  id: string
  /** The day the money went back; today unless given. */
  reversalDate: CalendarDate | null
  reason: string
  /** `unidentified` if the money stays here and only is not the customer's; unless given, it leaves. */
  to?: 'unidentified'
  /** The bank's code for it, such as `AM04`. */
  reasonCode?: string | null
  /** What the customer is charged for it. */
  fee?: number
  /** What the bank takes for it. */
  bankCharges?: number
  ifMatch: number | undefined
}

/**
 * Takes a payment back: a returned debit, a bounced cheque, a typing error. Its allocations are undone with what was
 * deducted, on the day of the reversal; refunds that are not paid out yet are cancelled; its items are open again on their old due dates, and dunning resumes where it
 * stood. What of the money had been refunded, used for a
 * written-off claim or moved to another customer is claimed as a new item. A pending payment
 * that fails leaves no entry: it had none.
 */
export async function reversePayment(
  tx: Tx,
  input: ReversePayment,
): Promise<PaymentWithAllocations> {
  const found = await lockPayment(tx, input.id, input.ifMatch)
  refuseImpossible(found, input, tx.today)

  const asked = input.reversalDate ?? tx.today
  await cancelUnpaidRefunds(tx, found.id, asked, input.reason)
  const payment = await requirePayment(tx, found.id)
  const pending = payment.status === 'pending'
  const date = pending ? asked : await usableFrom(tx, payment.id, asked)
  const undone = await allocationsOf(tx, 'payment_id', [payment.id])
  const items = await undoAllocations(tx, undone, date)
  if (!pending) await giveBack(tx, payment, date, input.to)
  const reversed = await markReversed(tx, payment, input, date)

  const result = { payment: reversed, allocations: [] }
  announce(tx, {
    ...paymentFact('payment.reversed', result, tx),
    previous: {
      status: payment.status,
      allocated_amount: payment.allocated_amount,
      unallocated_amount: payment.unallocated_amount,
    },
  })
  await claimReturnCharges(tx, reversed, { fee: input.fee ?? 0, to: input.to })
  await postEntries(tx, bankFee(payment, input.bankCharges ?? 0, date))
  await refreshInvoices(tx, invoicesOf(items))
  return result
}

/** The money leaves: first what was cleared as too much comes back, then all that is here goes. */
async function giveBack(
  tx: Tx,
  payment: PaymentRow,
  date: CalendarDate,
  to: ReversePayment['to'],
): Promise<void> {
  const here = hereOf(payment)
  await unclearExcess(tx, payment, payment.difference_amount, date)
  if (here === 0) return
  const collected = await collectedPayments(tx, [payment])
  await postMoney(tx, [
    {
      entryId: newId(),
      customerId: payment.customer_id,
      currency: payment.currency,
      amount: -here,
      happening: 'payment_reversed',
      counterAccount: to ?? payment.account,
      effectiveDate: date,
      source: { kind: 'payment', id: payment.id },
      undoesId: null,
      origin: to !== undefined || isOwn(payment, collected) ? 'own' : 'pushed',
    },
  ])
}

/** What of the money is still with us: all of it but what was refunded, recovered or moved. */
const hereOf = (payment: PaymentRow): number =>
  payment.amount - payment.refunded_amount - payment.recovered_amount - payment.transferred_amount

async function markReversed(
  tx: Tx,
  payment: PaymentRow,
  { reason, reasonCode = null }: ReversePayment,
  date: CalendarDate,
): Promise<PaymentRow> {
  const reversed = await tx.db
    .updateTable('payment')
    .set({
      status: 'reversed',
      allocated_amount: 0,
      unallocated_amount: 0,
      difference_amount: 0,
      reversed_amount: hereOf(payment),
      reversal_date: date,
      reversal_reason: reason,
      reversal_reason_code: reasonCode,
      version: payment.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', payment.id)
    .where('status', '=', payment.status)
    .where('version', '=', payment.version)
    .returningAll()
    .executeTakeFirst()
  if (reversed === undefined) throw new Problem('version_mismatch')
  return reversed
}

const bankFee = (
  { id, customer_id, currency, account }: PaymentRow,
  amount: number,
  date: CalendarDate,
) =>
  amount === 0
    ? []
    : [
        {
          entryId: newId(),
          happening: 'return_charged_by_bank',
          debitAccount: 'bank_charges' as const,
          creditAccount: account === 'clearing' ? account : ('cash' as const),
          customerId: customer_id,
          currency,
          amount,
          effectiveDate: date,
          source: { kind: 'payment' as const, id },
          undoesId: null,
        },
      ]

function refuseImpossible(
  payment: PaymentRow,
  { reversalDate }: ReversePayment,
  today: CalendarDate,
): void {
  if (payment.status === 'reversed')
    throw new Problem('payment_already_reversed', { current_status: 'reversed' })
  if (payment.transferred_from_id !== null) {
    throw new Problem('invalid_state', {
      detail: 'The money was moved here from another payment; reverse that one.',
      current_status: payment.status,
      allowed_actions: ['transfer'],
    })
  }
  const date = reversalDate ?? today
  if (date > today) throw dateInFuture('reversal_date', date, today)
  if (payment.status === 'received' && date < payment.received_date) {
    throw invalidFields({
      pointer: '#/reversal_date',
      code: 'before_received_date',
      detail: 'must not be before received_date',
      params: { received_date: payment.received_date },
    })
  }
}
