import { announce } from '../events/announce.ts'
import type { EventType } from '../events/catalogue.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { replacedFields } from '../foundation/merge.ts'
import { Problem } from '../foundation/problem.ts'
import { taskFact } from './events.ts'
import { taskToJson } from './schema.ts'
import type { TaskRow } from './table.ts'

/** A task somebody wants to change, and the version they believe to be current. */
export interface NamedTask {
  id: string
  ifMatch: number | undefined
}

/** What of an open task can be changed; what is left out stays. */
export type TaskPatch = Partial<Pick<TaskRow, 'title' | 'note' | 'assignee' | 'due_date'>>

/** Changes an open task. A patch that changes nothing makes no version and announces nothing. */
export async function updateTask(tx: Tx, named: NamedTask, patch: TaskPatch): Promise<TaskRow> {
  return change(tx, await lockTask(tx, named, 'open'), patch, 'task.updated')
}

/** Ends an open task because it was done. */
export async function completeTask(
  tx: Tx,
  named: NamedTask,
  outcome: string | null,
): Promise<TaskRow> {
  const before = await lockTask(tx, named, 'open')
  const ended = { status: 'done', outcome, ended_date: tx.today } as const
  return change(tx, before, ended, 'task.completed')
}

/** Ends an open task that is not to be done any more. */
export async function cancelTask(tx: Tx, named: NamedTask, reason: string): Promise<TaskRow> {
  const before = await lockTask(tx, named, 'open')
  const ended = { status: 'cancelled', outcome: reason, ended_date: tx.today } as const
  return change(tx, before, ended, 'task.cancelled')
}

/** Opens a task again that was done or cancelled. */
export async function reopenTask(tx: Tx, named: NamedTask): Promise<TaskRow> {
  const before = await lockTask(tx, named, 'ended')
  return change(tx, before, { status: 'open', outcome: null, ended_date: null }, 'task.reopened')
}

const actions = { open: ['update', 'complete', 'cancel'], ended: ['reopen'] }

/** The task, locked until the commit, so that of two who end it one is told that it has ended. */
async function lockTask(
  tx: Tx,
  { id, ifMatch }: NamedTask,
  expected: 'open' | 'ended',
): Promise<TaskRow> {
  const task = await tx.db
    .selectFrom('task')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (task === undefined) throw new Problem('task_not_found')
  requireVersion(task.version, ifMatch)
  const state = task.status === 'open' ? 'open' : 'ended'
  if (state !== expected) {
    throw new Problem('invalid_state', {
      current_status: task.status,
      allowed_actions: actions[state],
    })
  }
  return task
}

async function change(
  tx: Tx,
  before: TaskRow,
  set: Partial<TaskRow>,
  type: Extract<EventType, `task.${string}`>,
): Promise<TaskRow> {
  const previous = replacedFields(taskToJson(before, tx), taskToJson({ ...before, ...set }, tx))
  if (previous === undefined) return before
  const after = await tx.db
    .updateTable('task')
    .set({ ...set, version: before.version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, taskFact(type, after, tx, previous))
  return after
}
