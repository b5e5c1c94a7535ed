import { announce } from '../../events/announce.ts'
import { sequenceTenant } from '../../events/sequence-events.ts'
import { byTheService, commit, type Tx } from '../../foundation/database/commit.ts'
import type { Context } from '../../foundation/http/context.ts'
import { newId } from '../../foundation/id.ts'
import { enqueueTask } from '../../foundation/jobs/tasks.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { runFact } from '../events.ts'
import { followSettings } from '../follow-settings.ts'
import { cancelNoticesOf } from '../notices/cancel-settled-notices.ts'
import { requireRun } from '../queries.ts'
import type { DecisionRow, RunRow } from '../table.ts'
import { carryOnRun } from './carry-on-run.ts'
import { previewBatch } from './dun-customers.ts'

/** A run that somebody asks for: over everything that is due for a look, or over one customer. */
export async function startRun(tx: Tx, customerId: string | null): Promise<RunRow> {
  if (customerId !== null) await requireCustomer(tx, customerId)
  const run = await insertRun(tx, customerId)
  await enqueueTask(tx, 'dunning_run', run.id)
  return run
}

/** What a run would do now: the same evaluation and the same writes, of which the caller keeps nothing. */
export async function previewRun(
  tx: Tx,
  customerId: string | null,
): Promise<{ run: RunRow; decisions: DecisionRow[] }> {
  if (customerId !== null) await requireCustomer(tx, customerId)
  await followSettings(tx)
  const run = await insertRun(tx, customerId)
  const decisions: DecisionRow[] = []
  let after: string | null = null
  do {
    const outcome = await previewBatch(tx, run, after)
    after = outcome.after
    decisions.push(...outcome.decisions)
    run.item_count += outcome.itemCount
    run.proposed_count += outcome.proposedCount
    run.escalated_count += outcome.escalatedCount
    run.notice_count += outcome.noticeCount
  } while (after !== null)
  return { run, decisions }
}

/** Carries out what was asked of a run: to run it, or to release, discard or reverse what it came to. */
export async function performRun(
  context: Context,
  tenantId: string,
  runId: string,
  signal: AbortSignal,
): Promise<void> {
  const options = { tenantId, cause: byTheService }
  await sequenceTenant(context, tenantId)
  await cancelNoticesOf(context, tenantId, signal)
  const run = await commit(context.workers, options, async (tx) => {
    await followSettings(tx)
    return requireRun(tx, runId)
  })
  await carryOnRun({ context, tenantId, runId, signal }, run)
}

async function insertRun(tx: Tx, customerId: string | null): Promise<RunRow> {
  const run = await tx.db
    .insertInto('dunning_run')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      run_date: tx.today,
      trigger: 'request',
      status: 'running',
      customer_id: customerId,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, runFact('dunning_run.started', run, tx))
  return run
}
