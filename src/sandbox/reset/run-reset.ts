import { sql } from 'kysely'
import { restartChain } from '../../audit/seal-events.ts'
import { announce } from '../../events/announce.ts'
import type { Instant } from '../../foundation/calendar.ts'
import { byTheService, commit, type Tx } from '../../foundation/database/commit.ts'
import { RESET_LOCK, RESET_ROLE } from '../../foundation/database/frame.ts'
import type { Context } from '../../foundation/http/context.ts'
import { reschedule } from '../../foundation/jobs/schedule.ts'
import { findTenant } from '../../parties/queries.ts'
import { tenantCreated } from '../../parties/tenants/events.ts'
import { atClock } from '../set-clock.ts'
import type { Keepable } from './begin-reset.ts'
import { rowsToDelete, tablesToEmpty } from './what-goes.ts'

/**
 * Empties a test tenant whose reset has begun, a commit for each stage of tables. Interrupted anywhere and called again
 * it begins anew, and finds less to do; one that has ended has nothing left.
 */
export async function runReset(
  context: Context,
  tenantId: string,
  _subjectId: string,
  signal: AbortSignal,
): Promise<void> {
  const options = { tenantId, cause: byTheService, inReset: true }
  const plan = await commit(context.workers, options, planReset)
  if (plan === null) return
  for (const tables of plan.stages) {
    signal.throwIfAborted()
    await commit(context.workers, options, (tx) => emptyTables(tx, tables, plan.keep))
  }
  await commit(context.workers, options, endReset)
}

async function planReset(tx: Tx): Promise<{ stages: string[][]; keep: Keepable[] } | null> {
  const { reset_at, reset_keeps } = await findTenant(tx)
  if (reset_at === null) return null
  const keep = reset_keeps as Keepable[]
  return { stages: await tablesToEmpty(tx, keep), keep }
}

/**
 * Deletes what the tenant has in some tables, in one statement, at the end of which foreign keys are checked. It waits
 * until nobody is left inside who has not seen the reset begin, and works under a role that can do nothing else.
 */
async function emptyTables(tx: Tx, tables: readonly string[], keep: readonly Keepable[]) {
  await sql`select pg_advisory_xact_lock(${sql.raw(RESET_LOCK)})`.execute(tx.db)
  await sql`select set_config('role', ${RESET_ROLE}, true)`.execute(tx.db)
  const deletions = tables.map(
    (table) => sql`${sql.ref(`deleted_${table}`)} as (
      delete from ${sql.table(table)} where tenant_id = ${tx.tenant.id} and ${rowsToDelete(table, keep)})`,
  )
  await sql`with ${sql.join(deletions)} select`.execute(tx.db)
}

/** Opens the tenant again, its clock where it was wished to be, and says so: the first event of its new life. */
async function endReset(tx: Tx): Promise<void> {
  const ended = await tx.db
    .updateTable('tenant')
    .set({
      clock_at: sql<Instant | null>`reset_to`,
      reset_at: null,
      reset_to: null,
      reset_keeps: [],
      version: sql<number>`version + 1`,
      updated_at: sql<Instant>`coalesce(reset_to, now())`,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('reset_at', 'is not', null)
    .returningAll()
    .executeTakeFirst()
  if (ended === undefined) return
  const there = await atClock(tx, ended.updated_at)
  await reschedule(there, 'all')
  await restartChain(there)
  announce(there, { ...tenantCreated(ended), type: 'tenant.reset' })
}
