import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { lookAtCustomer } from '../../ledger/watch-items.ts'
import { activityFact } from './events.ts'
import { requireActivity } from './queries.ts'
import type { ActivityRow } from './table.ts'

export interface CancelActivity {
  id: string
  reason: string
  ifMatch: number | undefined
}

/** Takes back what was logged by mistake: it stays readable and counts no more. What it kept back is looked at again. */
export async function cancelActivity(tx: Tx, input: CancelActivity): Promise<ActivityRow> {
  await lockCustomers(tx, [(await requireActivity(tx, input.id)).customer_id])
  const before = await requireActivity(tx, input.id)
  requireVersion(before.version, input.ifMatch)
  if (before.cancelled_date !== null) {
    throw new Problem('invalid_state', {
      current_status: 'cancelled',
      allowed_actions: [],
      cancelled_date: before.cancelled_date,
    })
  }
  const cancelled = await tx.db
    .updateTable('activity')
    .set({
      cancelled_date: tx.today,
      cancel_reason: input.reason,
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', input.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  if (before.collection) await lookAtCustomer(tx, before.customer_id)
  const previous = { cancelled_date: null, cancel_reason: null }
  announce(tx, activityFact('activity.cancelled', cancelled, tx, previous))
  return cancelled
}
