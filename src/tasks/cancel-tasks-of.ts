import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { taskFact } from './events.ts'

/** Ends the open tasks that the service had opened because of some notices, in one statement. */
export async function cancelTasksOf(
  tx: Tx,
  noticeIds: readonly string[],
  reason: string,
): Promise<void> {
  const cancelled = await tx.db
    .updateTable('task')
    .set({
      status: 'cancelled',
      outcome: reason,
      ended_date: tx.today,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('notice_id', '=', sql<string>`any(${noticeIds})`)
    .where('origin', '=', 'service')
    .where('status', '=', 'open')
    .returningAll()
    .execute()
  const previous = { status: 'open', outcome: null, ended_date: null }
  announce(tx, ...cancelled.map((task) => taskFact('task.cancelled', task, tx, previous)))
}
