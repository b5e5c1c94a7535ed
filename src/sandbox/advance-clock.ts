import { sql } from 'kysely'
import { sequenceTenant } from '../events/sequence-events.ts'
import type { Instant } from '../foundation/calendar.ts'
import { byTheService, commit, type Tx } from '../foundation/database/commit.ts'
import type { Context } from '../foundation/http/context.ts'
import { type Begun, beginSlot, type RunJob, workSlot } from '../foundation/jobs/run-slot.ts'
import { reschedule } from '../foundation/jobs/schedule.ts'
import { enqueueTask } from '../foundation/jobs/tasks.ts'
import { type JobName, timetable } from '../foundation/jobs/timetable.ts'
import { Problem } from '../foundation/problem.ts'
import { atClock, type ClockState, clockState } from './set-clock.ts'
import { nextRun, playRun } from './simulators/play-runs.ts'

/**
 * Sends the test clock on its way. To where it stands already is nothing to do; to before is refused; so is a second
 * journey before the first has arrived.
 */
export async function beginAdvance(tx: Tx, to: Instant): Promise<ClockState> {
  const { target, frozen } = await clockState(tx)
  if (target !== null) throw new Problem('clock_advancing')
  const { rows } = await sql<{ order: -1 | 0 | 1 }>`
    select case when ${to}::timestamptz < ${tx.now}::timestamptz then -1
      when ${to}::timestamptz = ${tx.now}::timestamptz then 0 else 1 end as "order"
  `.execute(tx.db)
  const order = rows[0]?.order
  if (order === -1) {
    throw new Problem('instant_in_past', {
      errors: [
        {
          in: 'body',
          pointer: '#/to',
          code: 'before_now',
          detail: 'must not be before the clock',
          params: { now: tx.now },
        },
      ],
    })
  }
  const started = await tx.db
    .updateTable('tenant')
    .set({ clock_at: tx.now, clock_target: order === 0 ? null : to })
    .where('tenant_id', '=', tx.tenant.id)
    .where('clock_target', 'is', null)
    .returning('clock_target')
    .executeTakeFirst()
  if (started === undefined) throw new Problem('clock_advancing')
  if (!frozen) await reschedule(tx, 'not_yet_due')
  if (order !== 0) await enqueueTask(tx, 'clock_advance', tx.tenant.id)
  return { now: tx.now, target: started.clock_target, frozen: true }
}

/**
 * Moves the clock through every slot up to its target, in order, day by day, and runs each slot's job at its own
 * instant, as well as what simulators were asked to do by then. Where it stands is committed before each job, so that a crash resumes at the slot it died in. It arrives
 * when everything that happened has its place in the feed.
 */
export async function runAdvance(
  context: Context,
  jobs: Record<JobName, RunJob>,
  tenantId: string,
  signal: AbortSignal,
): Promise<void> {
  const options = { tenantId, cause: byTheService }
  let step = await commit(context.workers, options, nextStep)
  while (step !== null) {
    signal.throwIfAborted()
    step =
      step === 'simulator_run'
        ? await commit(context.workers, options, playOnTheWay)
        : await workSlot(context, tenantId, step, jobs[step.job], signal, nextStep)
  }
  await sequenceTenant(context, tenantId)
  await commit(context.workers, options, arrive)
}

/** What is next on the way: something that was scheduled to happen, or a slot; null when the target is all that is left. */
type Step = 'simulator_run' | Begun | null

/** What was scheduled for the instant of a slot happens before it. */
async function nextStep(tx: Tx): Promise<Step> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select 1 from simulator_run as run
      join tenant on tenant.tenant_id = run.tenant_id
      where run.tenant_id = ${tx.tenant.id} and run.status = 'scheduled' and run.run_at <= tenant.clock_target
        and run.run_at <= coalesce((select min(next_at) from schedule where tenant_id = ${tx.tenant.id}), 'infinity')
    ) as found
  `.execute(tx.db)
  return rows[0]?.found === true ? 'simulator_run' : beginNextSlot(tx)
}

/** Puts the clock on what was scheduled next, and lets it happen in the same commit. */
async function playOnTheWay(tx: Tx): Promise<Step> {
  const { target } = await clockState(tx)
  const run = target === null ? undefined : await nextRun(tx, target)
  if (run !== undefined) {
    const { now } = await tx.db
      .updateTable('tenant')
      .set({ clock_at: sql<Instant>`greatest(clock_at, ${run.run_at}::timestamptz)` })
      .where('tenant_id', '=', tx.tenant.id)
      .returning(sql<Instant>`clock_at`.as('now'))
      .executeTakeFirstOrThrow()
    await playRun(await atClock(tx, now), run)
  }
  return nextStep(tx)
}

/** Puts the clock on the next slot that is due on the way, and claims it; null when none is left. */
async function beginNextSlot(tx: Tx): Promise<Begun | null> {
  for (;;) {
    const { rows } = await sql<Pick<Tx, 'now' | 'today'> & { job: JobName }>`
      with next as (
        select schedule.job, schedule.next_at from schedule
        join tenant on tenant.tenant_id = schedule.tenant_id
        where schedule.tenant_id = ${tx.tenant.id} and schedule.next_at <= tenant.clock_target
        order by schedule.next_at, array_position(${timetable.map(({ job }) => job)}::text[], schedule.job)
        limit 1
      )
      update tenant set clock_at = greatest(clock_at, next.next_at)
      from next
      where tenant.tenant_id = ${tx.tenant.id} and tenant.clock_target is not null
      returning next.job, clock_at as now, (clock_at at time zone time_zone)::date as today
    `.execute(tx.db)
    const [next] = rows
    if (next === undefined) return null
    const begun = await beginSlot({ ...tx, now: next.now, today: next.today }, next.job)
    if (begun !== null) return begun
  }
}

async function arrive(tx: Tx): Promise<void> {
  await tx.db
    .updateTable('tenant')
    .set({ clock_at: sql<Instant>`coalesce(clock_target, clock_at)`, clock_target: null })
    .where('tenant_id', '=', tx.tenant.id)
    .execute()
}
