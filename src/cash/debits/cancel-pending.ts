import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { paymentFact } from '../events.ts'
import type { PaymentRow } from '../table.ts'

/**
 * Takes back payments that never came, set-based. No entry was made for them, so none is undone. The caller has locked
 * the customers.
 */
export async function cancelPending(
  tx: Tx,
  paymentIds: readonly string[],
  reason: string,
  reasonCode: string | null = null,
): Promise<void> {
  const { rows } = await sql<PaymentRow>`
    update payment
    set status = 'reversed', reversed_amount = amount, reversal_date = ${tx.today}, reversal_reason = ${reason},
      reversal_reason_code = ${reasonCode}, version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and id = any(${paymentIds}) and status = 'pending'
    returning *
  `.execute(tx.db)
  announce(
    tx,
    ...rows.map((payment) => ({
      ...paymentFact('payment.reversed', { payment, allocations: [] }, tx),
      previous: { status: 'pending' },
    })),
  )
}
