import { sql } from 'kysely'
import type { CalendarDate } from '../calendar.ts'
import type { Tx } from '../database/commit.ts'
import type { Reader } from '../database/frame.ts'
import { type JobName, timetable } from './timetable.ts'

const slots = JSON.stringify(timetable)

/** The instant of a slot on a day, and on the next, in the tenant's zone. */
const instants = ({ tenant, today }: Reader) => sql`
  json_to_recordset(${slots}) as slot(job text, at text),
  lateral (select tenant_row.dunning_time from tenant as tenant_row where tenant_row.tenant_id = ${tenant.id}) as own,
  lateral (select coalesce(slot.at, own.dunning_time)::time as local_time) as clock,
  lateral (select
    (${today}::date + clock.local_time) at time zone ${tenant.timeZone} as today_at,
    (${today}::date + 1 + clock.local_time) at time zone ${tenant.timeZone} as tomorrow_at) as instant`

/** Which jobs get another time: one, all, or those that are not due yet. */
export type Rescheduled = JobName | 'all' | 'not_yet_due'

/**
 * Sets when jobs of the tenant are due next: at their first slot strictly after now. All of them when a tenant is
 * created and when its test clock is set by hand; one when a slot of it is done; those that are not yet due when the
 * tenant's zone or dunning time changes and when its clock is stopped to be advanced: somebody may be at what is due,
 * or has to try it again. A slot that is passed over so, because the one before lasted past it or its hour was put where
 * it had been already, is recorded as skipped; not when the clock was set, which leaves whole years out.
 */
export async function reschedule(tx: Tx, which: Rescheduled): Promise<void> {
  const isSweeping = which === 'all' || which === 'not_yet_due'
  await sql`
    with following as (
      select slot.job, case when today_at > ${tx.now} then today_at else tomorrow_at end as next_at
      from ${instants(tx)}
      where ${isSweeping} or slot.job = ${which}
    ), passed as (
      insert into job_run (tenant_id, job, slot, status, reason, finished_at)
      select ${tx.tenant.id}, following.job, day::date, 'skipped', 'its hour had passed when the next slot was set', now()
      from following
      join schedule on schedule.tenant_id = ${tx.tenant.id} and schedule.job = following.job
      cross join generate_series(
        (schedule.next_at at time zone ${tx.tenant.timeZone})::date - ${which === 'not_yet_due' ? 1 : 0}::int,
        (following.next_at at time zone ${tx.tenant.timeZone})::date - 1, interval '1 day') as day
      where ${which !== 'all'} and (${which !== 'not_yet_due'} or schedule.next_at > ${tx.now}) and exists (
        select from job_run as earlier
        where earlier.tenant_id = ${tx.tenant.id} and earlier.job = following.job and earlier.slot < day::date)
      on conflict do nothing
    )
    insert into schedule (tenant_id, job, next_at, frozen)
    select ${tx.tenant.id}, following.job, following.next_at, exists (
      select 1 from tenant where tenant_id = ${tx.tenant.id} and clock_at is not null)
    from following
    on conflict (tenant_id, job) do update
    set next_at = excluded.next_at, frozen = excluded.frozen, lease_until = null, lease_token = null
    where ${which !== 'not_yet_due'} or schedule.next_at > ${tx.now}
  `.execute(tx.db)
}

/** The latest slot of a job that has begun, as a table of one row: today's, or yesterday's before today's hour. */
export const currentSlotOf = (reader: Reader, job: JobName) => sql`(
    select case when today_at <= ${reader.now} then ${reader.today}::date else ${reader.today}::date - 1 end as slot
    from ${instants(reader)}
    where slot.job = ${job})`

/** The day of that slot. */
export async function currentSlot(reader: Reader, job: JobName): Promise<CalendarDate> {
  const { rows } = await sql<{ slot: CalendarDate }>`
    select slot from ${currentSlotOf(reader, job)} as current
  `.execute(reader.db)
  return (rows[0] as { slot: CalendarDate }).slot
}
