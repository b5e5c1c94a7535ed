import { sql } from 'kysely'
import type { Instant } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { reschedule } from '../foundation/jobs/schedule.ts'
import { Problem } from '../foundation/problem.ts'

/** Where a test tenant's clock stands, and whether it is on its way. */
export interface ClockState {
  now: Instant
  target: Instant | null
  frozen: boolean
}

/** The test clock; live tenants have none. */
export async function clockState({
  db,
  tenant,
  now,
}: Pick<Tx, 'db' | 'tenant' | 'now'>): Promise<ClockState> {
  if (tenant.mode !== 'test') throw new Problem('test_tenant_only')
  const { clock_at, clock_target } = await db
    .selectFrom('tenant')
    .select(['clock_at', 'clock_target'])
    .where('tenant_id', '=', tenant.id)
    .executeTakeFirstOrThrow()
  return { now, target: clock_target, frozen: clock_at !== null }
}

/**
 * Sets the test clock by hand; from then on it stands still until it is advanced. No job runs. Back it goes only while
 * nothing has happened yet: no invoice, payment or ledger entry.
 */
export async function setClock(tx: Tx, to: Instant): Promise<ClockState> {
  const { target } = await clockState(tx)
  if (target !== null) throw new Problem('clock_advancing')
  const { rows } = await sql<{ clock_at: Instant }>`
    update tenant
    set clock_at = ${to}::timestamptz
    where tenant_id = ${tx.tenant.id} and clock_target is null and (
      ${to}::timestamptz >= ${tx.now}::timestamptz
      or not exists (select 1 from invoice where tenant_id = ${tx.tenant.id})
        and not exists (select 1 from payment where tenant_id = ${tx.tenant.id})
        and not exists (select 1 from ledger_entry where tenant_id = ${tx.tenant.id}))
    returning clock_at
  `.execute(tx.db)
  const stands = rows[0]?.clock_at
  if (stands === undefined) throw new Problem('clock_has_history', { now: tx.now })
  const there = await atClock(tx, stands)
  if (there.now < tx.now) await forgetSlotsFrom(there)
  await reschedule(there, 'all')
  await skipRunning(there)
  return { now: stands, target: null, frozen: true }
}

/** Days the clock has been set back over come again, and their jobs with them. */
const forgetSlotsFrom = (tx: Tx) =>
  tx.db
    .updateTable('job_run')
    .set({
      status: 'failed',
      reason: 'the test clock was set back over this day',
      finished_at: sql<string>`now()`,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('slot', '>=', tx.today)
    .execute()

/** What is running belongs to a time that is gone: nobody takes it up again. */
const skipRunning = (tx: Tx) =>
  tx.db
    .updateTable('job_run')
    .set({
      status: 'skipped',
      reason: 'the test clock was set while this ran',
      finished_at: sql<string>`now()`,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('status', '=', 'running')
    .execute()

/** The same transaction, seen from where the clock stands now. */
export async function atClock(tx: Tx, now: Instant): Promise<Tx> {
  const { rows } = await sql<{
    today: string
  }>`select (${now}::timestamptz at time zone ${tx.tenant.timeZone})::date as today`.execute(tx.db)
  return { ...tx, now, today: (rows[0] as { today: string }).today }
}
