import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { dateInFuture } from '../../foundation/problem.ts'
import { postMoney } from '../../ledger/post-money.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import {
  drawCreditNote,
  drawPayment,
  type MoneySource,
  requireFree,
  requireMoney,
} from '../draw-money.ts'
import { refundFact } from './events.ts'
import type { RefundRow } from './table.ts'

export interface ApproveRefund {
  source: MoneySource
  amount: number
  method: string
  reference: string | null
  reason: string
  /** From when the money is owed back; today unless given. */
  approvalDate: CalendarDate | null
}

/**
 * Decides that unallocated money goes back to the customer. From its day on it is no longer the customer's to use but
 * a debt of ours, until it is paid out. Never more than is unallocated, on any day since.
 */
export async function approveRefund(tx: Tx, input: ApproveRefund): Promise<RefundRow> {
  const { source, amount } = input
  const { customer_id, currency } = await requireMoney(tx, source)
  await lockCustomers(tx, [customer_id])
  const date = input.approvalDate ?? tx.today
  if (date > tx.today) throw dateInFuture('approval_date', date, tx.today)

  if (source.kind === 'payment') await drawPayment(tx, { id: source.id, amount }, 'refunded_amount')
  else await drawCreditNote(tx, { id: source.id, amount })
  await requireFree(tx, source, amount, date)
  const entryId = newId()
  await postMoney(tx, [
    {
      entryId,
      customerId: customer_id,
      currency,
      amount: -amount,
      happening: 'refund_approved',
      counterAccount: 'refunds_payable',
      effectiveDate: date,
      source,
      origin: 'own',
      undoesId: null,
    },
  ])
  const refund = await tx.db
    .insertInto('refund')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      customer_id,
      payment_id: source.kind === 'payment' ? source.id : null,
      credit_note_id: source.kind === 'credit_note' ? source.id : null,
      status: 'approved',
      currency,
      amount,
      method: input.method,
      reference: input.reference,
      reason: input.reason,
      approval_date: date,
      approval_entry_id: entryId,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, refundFact('refund.approved', refund, tx))
  return refund
}
