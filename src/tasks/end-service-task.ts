import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { taskFact } from './events.ts'

/** Ends the task that the service had opened for an occasion, if it is still open: what it asked for has happened. */
export async function endServiceTask(
  tx: Tx,
  originKey: string,
  status: 'done' | 'cancelled',
  outcome: string,
): Promise<void> {
  const ended = await tx.db
    .updateTable('task')
    .set({
      status,
      outcome,
      ended_date: tx.today,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('origin_key', '=', originKey)
    .where('status', '=', 'open')
    .returningAll()
    .executeTakeFirst()
  if (ended === undefined) return
  const previous = { status: 'open', outcome: null, ended_date: null }
  const type = status === 'done' ? 'task.completed' : 'task.cancelled'
  announce(tx, taskFact(type, ended, tx, previous))
}
