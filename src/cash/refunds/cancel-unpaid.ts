import { type CalendarDate, laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { cancelRefund } from './cancel-refund.ts'

/** Cancels the refunds of a payment that goes back: what has not been paid out must not be any more. */
export async function cancelUnpaidRefunds(
  tx: Tx,
  paymentId: string,
  date: CalendarDate,
  reason: string,
): Promise<void> {
  const unpaid = await tx.db
    .selectFrom('refund')
    .select(['id', 'approval_date'])
    .where('tenant_id', '=', tx.tenant.id)
    .where('payment_id', '=', paymentId)
    .where('status', '=', 'approved')
    .orderBy('id')
    .execute()
  for (const { id, approval_date } of unpaid) {
    const cancellationDate = laterOf(date, approval_date)
    await cancelRefund(tx, { id, reason, cancellationDate, ifMatch: undefined })
  }
}
