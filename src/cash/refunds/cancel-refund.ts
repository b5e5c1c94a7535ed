import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { type CalendarDate, laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { newId } from '../../foundation/id.ts'
import { dateInFuture, invalidFields, Problem } from '../../foundation/problem.ts'
import { postEntries } from '../../ledger/post-entries.ts'
import { postMoney } from '../../ledger/post-money.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { drawCreditNote, drawPayment, type MoneySource } from '../draw-money.ts'
import { refundFact } from './events.ts'
import { requireRefund } from './queries.ts'
import type { RefundRow } from './table.ts'

export interface CancelRefund {
  id: string
  reason: string
  /** From when the money is the customer's to use again; today unless given. */
  cancellationDate: CalendarDate | null
  ifMatch: number | undefined
}

/**
 * Undoes a refund: one that will not be paid after all, or one that was paid and came back. The money is the customer's
 * to use again, from the day of the cancellation.
 */
export async function cancelRefund(tx: Tx, input: CancelRefund): Promise<RefundRow> {
  const { customer_id } = await requireRefund(tx, input.id)
  await lockCustomers(tx, [customer_id])
  const refund = await requireRefund(tx, input.id)
  requireVersion(refund.version, input.ifMatch)
  if (refund.status === 'cancelled')
    throw new Problem('invalid_state', { current_status: refund.status, allowed_actions: [] })
  const date = input.cancellationDate ?? tx.today
  refuseImpossibleDate(refund, date, tx.today)

  if (refund.paid_entry_id !== null) await comeBack(tx, refund, refund.paid_entry_id, date)
  await giveBack(tx, refund, date)
  const cancelled = await tx.db
    .updateTable('refund')
    .set({
      status: 'cancelled',
      cancellation_date: date,
      cancellation_reason: input.reason,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', refund.id)
    .where('status', '=', refund.status)
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, refundFact('refund.cancelled', cancelled, tx))
  return cancelled
}

const comeBack = (tx: Tx, refund: RefundRow, paidEntryId: string, date: CalendarDate) =>
  postEntries(tx, [
    {
      entryId: newId(),
      happening: 'refund_payment_undone',
      effectiveDate: date,
      currency: refund.currency,
      amount: refund.amount,
      debitAccount: 'cash',
      creditAccount: 'refunds_payable',
      customerId: refund.customer_id,
      source: { kind: 'refund', id: refund.id },
      undoesId: paidEntryId,
    },
  ])

async function giveBack(tx: Tx, refund: RefundRow, date: CalendarDate): Promise<void> {
  const source = moneyOf(refund)
  const draw = { id: source.id, amount: -refund.amount }
  if (source.kind === 'payment') await drawPayment(tx, draw, 'refunded_amount')
  else await drawCreditNote(tx, draw)
  await postMoney(tx, [
    {
      entryId: newId(),
      customerId: refund.customer_id,
      currency: refund.currency,
      amount: refund.amount,
      happening: 'refund_cancelled',
      counterAccount: 'refunds_payable',
      effectiveDate: date,
      source,
      origin: 'own',
      undoesId: refund.approval_entry_id,
    },
  ])
}

const moneyOf = ({ payment_id, credit_note_id }: RefundRow): MoneySource =>
  payment_id === null
    ? { kind: 'credit_note', id: credit_note_id as string }
    : { kind: 'payment', id: payment_id }

function refuseImpossibleDate(refund: RefundRow, date: CalendarDate, today: CalendarDate): void {
  if (date > today) throw dateInFuture('cancellation_date', date, today)
  const earliest = laterOf(refund.approval_date, refund.paid_date ?? refund.approval_date)
  if (date < earliest)
    throw invalidFields({
      pointer: '#/cancellation_date',
      code: 'before_refund',
      detail: 'must not be before the refund was approved and paid',
      params: { earliest_date: earliest },
    })
}
