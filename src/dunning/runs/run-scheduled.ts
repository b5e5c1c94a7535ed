import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { sequenceTenant } from '../../events/sequence-events.ts'
import { byTheService, commit, type Tx } from '../../foundation/database/commit.ts'
import type { Context } from '../../foundation/http/context.ts'
import { newId } from '../../foundation/id.ts'
import { runFact } from '../events.ts'
import { followSettings } from '../follow-settings.ts'
import { cancelNoticesOf } from '../notices/cancel-settled-notices.ts'
import type { RunRow } from '../table.ts'
import { runDunning } from './run-dunning.ts'

/**
 * The dunning run of the tenant's day. Where nothing is due for a look there is no run to speak of. One run per day:
 * repeated after a crash it goes on, repeated after its end it does nothing.
 */
export async function runScheduledDunning(
  context: Context,
  tenantId: string,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const options = { tenantId, cause: byTheService }
  await sequenceTenant(context, tenantId)
  await cancelNoticesOf(context, tenantId, signal)
  const run = await commit(context.workers, options, async (tx) => {
    await followSettings(tx)
    return beginRun(tx)
  })
  if (run?.status !== 'running') return { items: 0 }
  const { item_count, proposed_count, escalated_count, notice_count } = await runDunning(
    { context, tenantId, runId: run.id, signal },
    run,
  )
  return {
    items: item_count,
    proposed: proposed_count,
    escalated: escalated_count,
    notices: notice_count,
  }
}

/**
 * The run of the day, begun or taken up again; undefined when nothing is due for a look. The earliest look is the first
 * entry of its index; asked whether any is due, the database may read them all.
 */
async function beginRun(tx: Tx): Promise<RunRow | undefined> {
  const id = newId()
  const { rows } = await sql<RunRow>`
    with begun as (
      insert into dunning_run (tenant_id, id, run_date, trigger, status, created_at, updated_at)
      select ${tx.tenant.id}, ${id}::uuid, ${tx.today}, 'schedule', 'running', ${tx.now}, ${tx.now}
      where (select min(next_look_date) from item_watch where tenant_id = ${tx.tenant.id}) <= ${tx.today}
        and exists (select 1 from dunning_policy where tenant_id = ${tx.tenant.id})
      on conflict (tenant_id, run_date) where trigger = 'schedule' do nothing
      returning *
    )
    select * from begun
    union all
    select * from dunning_run where tenant_id = ${tx.tenant.id} and run_date = ${tx.today} and trigger = 'schedule'
    limit 1
  `.execute(tx.db)
  const run = rows[0]
  if (run?.id === id) announce(tx, runFact('dunning_run.started', run, tx))
  return run
}
