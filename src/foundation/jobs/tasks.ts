import { sql } from 'kysely'
import { queue, type Tx } from '../database/commit.ts'
import type { Database } from '../database/pool.ts'
import type { Context } from '../http/context.ts'
import { newId } from '../id.ts'
import { traced, workSpan } from '../traces/traces.ts'
import { isAwake } from './awake.ts'
import { LEASE_MS, underLease } from './lease.ts'

/** Work that somebody asked for and that outlives the request. */
export type TaskKind =
  | 'bank_matching'
  | 'clock_advance'
  | 'dunning_run'
  | 'dunning_simulation'
  | 'import'
  | 'reservation_expiry'
  | 'webhook_recovery'
  | 'simulator_runs'
  | 'tenant_reset'

/** What does a task. It may be started again after a crash, so it goes on from what is committed. */
export type TaskRunner = (
  context: Context,
  tenantId: string,
  subjectId: string,
  signal: AbortSignal,
) => Promise<void>

interface Claimed {
  tenant_id: string
  kind: TaskKind
  subject_id: string
  attempt: number
  token: string
}

const POLL_MS = 1_000
const PARALLEL = 4
const RETRY_MS_MAX = 60_000

/**
 * Hands a task to the workers, with the commit. Where the same task stands there still, because the worker that has
 * done it has not yet taken it away, it is a new one from here on, which that worker's lease does not cover. With
 * `delaySeconds` it is due only then, in real time.
 */
export async function enqueueTask(
  tx: Tx,
  kind: TaskKind,
  subjectId: string,
  delaySeconds = 0,
): Promise<void> {
  await enqueueing(tx, kind, [{ subjectId, delaySeconds }]).execute(tx.db)
  tx.wakes.add('tasks')
}

/** Hands tasks to the workers as `enqueueTask` does, in a statement that travels with the commit. */
export function enqueueWithCommit(tx: Tx, kind: TaskKind, tasks: readonly NewTask[]): void {
  if (tasks.length === 0) return
  tx.closing.push(() => enqueueing(tx, kind, tasks).compile(tx.db))
  tx.wakes.add('tasks')
}

/** A task that is due so many seconds from now. */
interface NewTask {
  subjectId: string
  delaySeconds: number
}

const enqueueing = (tx: Tx, kind: TaskKind, tasks: readonly NewTask[]) => sql`
  insert into task_queue (tenant_id, kind, subject_id, due_at)
  select ${tx.tenant.id}, ${kind}, "subjectId", now() + make_interval(secs => "delaySeconds")
  from json_to_recordset(${JSON.stringify(tasks)}) as task("subjectId" uuid, "delaySeconds" double precision)
  on conflict (tenant_id, kind, subject_id) do update
  set due_at = excluded.due_at, attempt = 0, lease_until = null, lease_token = null
`

/** Takes tasks, a few at a time, until the signal says stop. A task that fails is tried again, later and later. */
export async function runTasks(
  context: Context,
  runners: Record<TaskKind, TaskRunner>,
  signal: AbortSignal,
): Promise<void> {
  const running = new Set<Promise<void>>()
  while (!signal.aborted) {
    const task =
      running.size < PARALLEL ? await claim(context.workers).catch(() => undefined) : undefined
    if (task === undefined) {
      await context.wake.wait('tasks', POLL_MS, signal)
      continue
    }
    const run = perform(context, runners[task.kind], task, signal).finally(() => {
      running.delete(run)
      context.wake('tasks')
    })
    running.add(run)
  }
  await Promise.allSettled(running)
}

async function perform(
  context: Context,
  runner: TaskRunner,
  task: Claimed,
  signal: AbortSignal,
): Promise<void> {
  const { workers, log, traces } = context
  try {
    await underLease(
      () => renew(workers, task),
      signal,
      (held) =>
        traced(traces, workSpan(`task ${task.kind}`, task.tenant_id), () =>
          runner(context, task.tenant_id, task.subject_id, held),
        ),
    )
    await queue(workers, (db) => sql`delete from task_queue where ${mine(task)}`.execute(db))
  } catch (error) {
    const stopping = signal.aborted
    if (!stopping)
      log.error(
        { err: error, kind: task.kind, attempt: task.attempt },
        'a task failed and will be tried again',
      )
    const delayMs = stopping ? 0 : Math.min(RETRY_MS_MAX, 500 * 2 ** task.attempt)
    await queue(workers, (db) =>
      sql`
        update task_queue set lease_until = null, lease_token = null, due_at = now() + ${delayMs} * interval '1 millisecond'
        where ${mine(task)}
      `.execute(db),
    ).catch(() => undefined)
  }
}

async function claim(database: Database): Promise<Claimed | undefined> {
  const token = newId()
  return queue(database, async (db) => {
    const { rows } = await sql<Omit<Claimed, 'token'>>`
      with next as (
        select tenant_id, kind, subject_id from task_queue
        where due_at <= now() and (lease_until is null or lease_until < now()) and ${isAwake('task_queue')}
        order by due_at
        limit 1
        for update skip locked
      )
      update task_queue
      set lease_until = now() + ${LEASE_MS} * interval '1 millisecond', lease_token = ${token}, attempt = attempt + 1
      from next
      where task_queue.tenant_id = next.tenant_id and task_queue.kind = next.kind and task_queue.subject_id = next.subject_id
      returning task_queue.tenant_id, task_queue.kind, task_queue.subject_id, task_queue.attempt
    `.execute(db)
    return rows[0] && { ...rows[0], token }
  })
}

const renew = (database: Database, task: Claimed): Promise<boolean> =>
  queue(database, async (db) => {
    const { numAffectedRows } = await sql`
      update task_queue set lease_until = now() + ${LEASE_MS} * interval '1 millisecond'
      where ${mine(task)} and ${isAwake('task_queue')}
    `.execute(db)
    return numAffectedRows === 1n
  })

const mine = (task: Claimed) => sql<boolean>`
  tenant_id = ${task.tenant_id} and kind = ${task.kind} and subject_id = ${task.subject_id} and lease_token = ${task.token}`
