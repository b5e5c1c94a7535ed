import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { dateInFuture, invalidFields, Problem } from '../foundation/problem.ts'
import { type Posting, postEntries } from '../ledger/post-entries.ts'
import { takeUnidentified } from '../ledger/unidentified-money.ts'
import { paymentFact } from './events.ts'
import { lockPayment } from './lock-payment.ts'
import { type PaymentWithAllocations, withAllocations } from './queries.ts'
import type { PaymentRow } from './table.ts'

export interface ConfirmClearing {
  id: string
  /** The day the bank booked it. */
  date: CalendarDate
  /** What the payment provider or the bank kept of it. */
  chargesAmount?: number
  /** The bank line that says so. */
  bankLineId?: string
  ifMatch?: number | undefined
}

/**
 * The bank has booked money that was on its way: it moves from clearing to cash, less what was kept of it. Where its bank
 * line has stood as unidentified, it is in cash already, and is identified instead.
 */
export async function confirmClearing(
  tx: Tx,
  { id, date, chargesAmount = 0, bankLineId, ifMatch }: ConfirmClearing,
): Promise<PaymentWithAllocations> {
  const payment = await lockPayment(tx, id, ifMatch)
  if (payment.status !== 'received' || payment.account !== 'clearing')
    throw new Problem('invalid_state', { current_status: payment.status, allowed_actions: [] })
  if (payment.transferred_from_id !== null) {
    throw new Problem('invalid_state', {
      detail: 'The money was moved here from another payment; that one is confirmed as a whole.',
      current_status: payment.status,
      allowed_actions: ['transfer'],
    })
  }
  refuseImpossible(payment, date, chargesAmount, tx.today)

  const unidentified =
    bankLineId === undefined
      ? new Set()
      : await takeUnidentified(tx, [{ bankLineId, amount: payment.amount - chargesAmount }])
  const to = unidentified.size === 0 ? 'cash' : 'unidentified'
  await postEntries(tx, postingsOf(payment, date, chargesAmount, to))
  const cleared = await tx.db
    .updateTable('payment')
    .set({
      account: 'cash',
      bank_line_id: bankLineId ?? payment.bank_line_id,
      version: payment.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('version', '=', payment.version)
    .returningAll()
    .executeTakeFirst()
  if (cleared === undefined) throw new Problem('version_mismatch')
  const [result] = (await withAllocations(tx, [cleared])) as [PaymentWithAllocations]
  announce(tx, { ...paymentFact('payment.cleared', result, tx), previous: { account: 'clearing' } })
  return result
}

function postingsOf(
  payment: PaymentRow,
  date: CalendarDate,
  charges: number,
  to: 'cash' | 'unidentified',
): Posting[] {
  const shared = {
    creditAccount: 'clearing',
    customerId: payment.customer_id,
    currency: payment.currency,
    effectiveDate: date,
    source: { kind: 'payment', id: payment.id },
    undoesId: null,
  } as const
  const postings: Posting[] = [
    {
      ...shared,
      entryId: newId(),
      happening: 'clearing_confirmed',
      debitAccount: to,
      amount: payment.amount - charges,
    },
    {
      ...shared,
      entryId: newId(),
      happening: 'clearing_charged',
      debitAccount: 'bank_charges',
      amount: charges,
    },
  ]
  return postings.filter(({ amount }) => amount > 0)
}

function refuseImpossible(
  { amount, received_date }: PaymentRow,
  date: CalendarDate,
  charges: number,
  today: CalendarDate,
): void {
  if (date > today) throw dateInFuture('cleared_date', date, today)
  if (date < received_date) {
    throw invalidFields({
      pointer: '#/cleared_date',
      code: 'before_received_date',
      detail: 'must not be before received_date',
      params: { received_date },
    })
  }
  if (charges > amount) {
    throw invalidFields({
      pointer: '#/charges_amount',
      code: 'maximum',
      detail: 'must not exceed the payment',
      params: { limit: amount },
    })
  }
}
