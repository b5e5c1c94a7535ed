import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { newId } from '../../foundation/id.ts'
import { dateInFuture, invalidFields, Problem } from '../../foundation/problem.ts'
import { postEntries } from '../../ledger/post-entries.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { refundFact } from './events.ts'
import { requireRefund } from './queries.ts'
import type { RefundRow } from './table.ts'

export interface PayRefund {
  id: string
  /** The day the money left our account; today unless given. */
  paidDate: CalendarDate | null
  /** What the bank calls it, when that is known only now. */
  reference: string | null
  ifMatch: number | undefined
}

/** Records that an approved refund has left our account. */
export async function payRefund(tx: Tx, input: PayRefund): Promise<RefundRow> {
  const { customer_id } = await requireRefund(tx, input.id)
  await lockCustomers(tx, [customer_id])
  const refund = await requireRefund(tx, input.id)
  requireVersion(refund.version, input.ifMatch)
  if (refund.status !== 'approved')
    throw new Problem('invalid_state', {
      current_status: refund.status,
      allowed_actions: refund.status === 'paid' ? ['cancel'] : [],
    })
  const date = input.paidDate ?? tx.today
  if (date > tx.today) throw dateInFuture('paid_date', date, tx.today)
  if (date < refund.approval_date)
    throw invalidFields({
      pointer: '#/paid_date',
      code: 'before_approval_date',
      detail: 'must not be before approval_date',
      params: { approval_date: refund.approval_date },
    })

  const entryId = newId()
  await postEntries(tx, [
    {
      entryId,
      happening: 'refund_paid',
      effectiveDate: date,
      currency: refund.currency,
      amount: refund.amount,
      debitAccount: 'refunds_payable',
      creditAccount: 'cash',
      customerId: customer_id,
      source: { kind: 'refund', id: refund.id },
      undoesId: null,
    },
  ])
  const paid = await tx.db
    .updateTable('refund')
    .set({
      status: 'paid',
      paid_date: date,
      paid_entry_id: entryId,
      reference: input.reference ?? refund.reference,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', refund.id)
    .where('status', '=', 'approved')
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, refundFact('refund.paid', paid, tx))
  return paid
}
