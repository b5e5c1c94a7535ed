import { sql } from 'kysely'
import { queue, type Tx } from '../database/commit.ts'
import type { Database } from '../database/pool.ts'
import type { Context } from '../http/context.ts'
import { newId } from '../id.ts'
import { isAwake } from './awake.ts'
import { LEASE_MS, underLease } from './lease.ts'
import { type DueSlot, type RunJob, runSlot } from './run-slot.ts'
import type { JobName } from './timetable.ts'

interface Due {
  tenant_id: string
  job: JobName
  token: string
}

const RETRY_MS = 30_000

/**
 * Runs every slot that is due, one after the other, until none is left. Any number of replicas may tick at once: each
 * due row is leased to one of them, and a row whose holder died is due again when its lease ends.
 */
export async function runDueSlots(
  context: Context,
  jobs: Record<JobName, RunJob>,
  signal: AbortSignal,
): Promise<number> {
  let count = 0
  while (!signal.aborted) {
    const due = await claim(context.workers)
    if (due === undefined) break
    try {
      await underLease(
        () => extend(context.workers, due, LEASE_MS),
        signal,
        (held) => runSlot(context, dueSlot(due), jobs[due.job], held),
      )
      count += 1
    } catch (error) {
      if (signal.aborted) break
      context.log.error(
        { err: error, job: due.job },
        'a scheduled job failed and will be tried again',
      )
      await extend(context.workers, due, RETRY_MS).catch(() => undefined)
    }
  }
  return count
}

async function claim(database: Database): Promise<Due | undefined> {
  const token = newId()
  return queue(database, async (db) => {
    const { rows } = await sql<Omit<Due, 'token'>>`
      with due as (
        select tenant_id, job from schedule
        where not frozen and next_at <= now() and (lease_until is null or lease_until < now())
          and ${isAwake('schedule')}
        order by next_at
        limit 1
        for update skip locked
      )
      update schedule
      set lease_until = now() + ${LEASE_MS} * interval '1 millisecond', lease_token = ${token}
      from due
      where schedule.tenant_id = due.tenant_id and schedule.job = due.job
      returning schedule.tenant_id, schedule.job
    `.execute(db)
    return rows[0] && { ...rows[0], token }
  })
}

const dueSlot = ({ tenant_id, job, token }: Due): DueSlot => ({
  tenantId: tenant_id,
  job,
  isStillDue: async ({ db }: Tx) => {
    const { rows } = await sql`
      select from schedule where tenant_id = ${tenant_id} and job = ${job} and lease_token = ${token} for update
    `.execute(db)
    return rows.length > 0
  },
})

/** Holds a due row for another while: as a heartbeat, or to let time pass before the next try. */
const extend = (database: Database, due: Due, ms: number): Promise<boolean> =>
  queue(database, async (db) => {
    const { numAffectedRows } = await sql`
      update schedule set lease_until = now() + ${ms} * interval '1 millisecond'
      where tenant_id = ${due.tenant_id} and job = ${due.job} and lease_token = ${due.token} and ${isAwake('schedule')}
    `.execute(db)
    return numAffectedRows === 1n
  })
