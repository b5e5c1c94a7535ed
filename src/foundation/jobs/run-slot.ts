import { sql } from 'kysely'
import type { CalendarDate } from '../calendar.ts'
import { byTheService, commit, type Tx } from '../database/commit.ts'
import type { Context } from '../http/context.ts'
import { traced, workSpan } from '../traces/traces.ts'
import { currentSlotOf, reschedule } from './schedule.ts'
import type { JobName } from './timetable.ts'

/** What does a job's work for one tenant. */
export type RunJob = (run: {
  context: Context
  tenantId: string
  signal: AbortSignal
}) => Promise<Record<string, unknown>>

/** A slot as one attempt holds it; a later attempt takes it over. */
export interface Begun {
  job: JobName
  slot: CalendarDate
  attempt: number
}

/** A job that was found to be due. */
export interface DueSlot {
  tenantId: string
  job: JobName
  /** Whether nobody has set another time for it since; until the end of the transaction nobody does. */
  isStillDue: (tx: Tx) => Promise<boolean>
}

/**
 * Runs the slot of a job that has begun, and sets when the job is due next. The slot's row is its guard: a slot that is
 * done is not done again, one that a crash left running is taken up again. Slots that passed while nobody looked are
 * recorded as skipped; the one that is current stands for them, since every job here works from the state as it is.
 */
export async function runSlot(
  context: Context,
  { tenantId, job, isStillDue }: DueSlot,
  run: RunJob,
  signal: AbortSignal,
): Promise<void> {
  const options = { tenantId, cause: byTheService }
  const begun = await commit(context.workers, options, async (tx) =>
    (await isStillDue(tx)) ? beginSlot(tx, job) : null,
  )
  if (begun !== null) await workSlot(context, tenantId, begun, run, signal, async () => undefined)
}

/**
 * Does the work of a slot that has begun and ends it. What comes next is decided in the commit that ends it.
 */
export async function workSlot<T>(
  context: Context,
  tenantId: string,
  begun: Begun,
  run: RunJob,
  signal: AbortSignal,
  next: (tx: Tx) => Promise<T>,
): Promise<T> {
  const options = { tenantId, cause: byTheService }
  const { job } = begun
  try {
    const span = workSpan(`job ${job}`, tenantId)
    const figures = await traced(context.traces, span, () => run({ context, tenantId, signal }))
    const told = await commit(context.workers, options, async (tx) => {
      if (await endSlot(tx, begun, 'done', { figures })) await reschedule(tx, job)
      return next(tx)
    })
    context.metrics.jobRuns.inc({ job, outcome: 'done' })
    return told
  } catch (error) {
    if (!signal.aborted) {
      context.metrics.jobRuns.inc({ job, outcome: 'failed' })
      const reason = error instanceof Error ? error.message : String(error)
      await commit(context.workers, options, (tx) =>
        endSlot(tx, begun, 'failed', { reason }),
      ).catch(() => undefined)
    }
    throw error
  }
}

/** Claims the current slot; where it is done already, null, and the job is due at its next. */
export async function beginSlot(tx: Tx, job: JobName): Promise<Begun | null> {
  const { rows } = await sql<Begun>`
    with current as materialized ${currentSlotOf(tx, job)}, passed as (
      insert into job_run (tenant_id, job, slot, status, reason, finished_at)
      select ${tx.tenant.id}, ${job}, day::date, 'skipped', 'the service was down; the next slot covered it', now()
      from schedule, current,
        generate_series((schedule.next_at at time zone ${tx.tenant.timeZone})::date, current.slot - 1, interval '1 day') as day
      where schedule.tenant_id = ${tx.tenant.id} and schedule.job = ${job}
      on conflict do nothing
    )
    insert into job_run (tenant_id, job, slot, status)
    select ${tx.tenant.id}, ${job}, slot, 'running' from current
    on conflict (tenant_id, job, slot) do update
    set status = 'running', attempt = job_run.attempt + 1, started_at = now(), finished_at = null, reason = null,
      figures = null
    where job_run.status in ('running', 'failed')
    returning job, slot, attempt
  `.execute(tx.db)
  if (rows[0] === undefined) await reschedule(tx, job)
  return rows[0] ?? null
}

/** Ends a slot, unless another attempt has taken it over; answers whether it was still ours. */
async function endSlot(
  tx: Tx,
  { job, slot, attempt }: Begun,
  status: 'done' | 'failed',
  {
    figures = null,
    reason = null,
  }: { figures?: Record<string, unknown> | null; reason?: string | null },
): Promise<boolean> {
  const ended = await tx.db
    .updateTable('job_run')
    .set({
      status,
      reason,
      figures: figures === null ? null : JSON.stringify(figures),
      finished_at: sql<string>`now()`,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('job', '=', job)
    .where('slot', '=', slot)
    .where('status', '=', 'running')
    .where('attempt', '=', attempt)
    .returning('slot')
    .executeTakeFirst()
  return ended !== undefined
}
