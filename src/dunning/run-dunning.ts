import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import { commit, type Tx } from '../foundation/database/commit.ts'
import type { Context } from '../foundation/http/context.ts'
import { type BatchOutcome, dunBatch } from './dun-batch.ts'
import { runFact } from './events.ts'
import type { RunRow } from './table.ts'

const bySchedule = { origin: 'schedule', actor: null, requestId: null } as const

/**
 * Carries a run through, batch by batch, each a commit of its own that splits no customer. Interrupted and called
 * again, it goes on with the customers that are still due for a look.
 */
export async function runDunning(
  context: Context,
  tenantId: string,
  run: RunRow,
  signal: AbortSignal,
): Promise<RunRow> {
  const options = { tenantId, cause: bySchedule }
  let after: string | null = null
  do {
    signal.throwIfAborted()
    const from: string | null = after
    const outcome = await commit(context.workers, options, async (tx) => {
      const done = await dunBatch(tx, run, from)
      if (done.itemCount > 0) await count(tx, run.id, done)
      return done
    })
    after = outcome.after
  } while (after !== null)
  return commit(context.workers, options, (tx) => complete(tx, run.id))
}

const count = (tx: Tx, runId: string, { itemCount, escalatedCount, noticeCount }: BatchOutcome) =>
  tx.db
    .updateTable('dunning_run')
    .set({
      item_count: sql<number>`item_count + ${itemCount}`,
      escalated_count: sql<number>`escalated_count + ${escalatedCount}`,
      notice_count: sql<number>`notice_count + ${noticeCount}`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', runId)
    .execute()

async function complete(tx: Tx, runId: string): Promise<RunRow> {
  const completed = await tx.db
    .updateTable('dunning_run')
    .set({ status: 'completed', version: sql<number>`version + 1`, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', runId)
    .where('status', '=', 'running')
    .returningAll()
    .executeTakeFirst()
  if (completed !== undefined) {
    announce(tx, runFact('dunning_run.completed', completed, tx))
    return completed
  }
  return tx.db
    .selectFrom('dunning_run')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', runId)
    .executeTakeFirstOrThrow()
}
