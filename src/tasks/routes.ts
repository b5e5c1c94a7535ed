import type { Static } from '@sinclair/typebox'
import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf, uuidOrNull } from '../foundation/id.ts'
import { cancelTask, completeTask, reopenTask, updateTask } from './change-task.ts'
import { createTask } from './create-task.ts'
import { listTasks, requireTask } from './queries.ts'
import * as wire from './schema.ts'

const params = IdParams('task', 'task')
const answers = { 200: wire.Task }
const changes = {
  tag: 'Tasks',
  scope: 'tasks:write',
  params,
  answers,
  problems: ['task_not_found', 'invalid_state'],
} as const

/** What people are to do. */
export function taskRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/tasks',
    operationId: 'createTask',
    tag: 'Tasks',
    summary: 'Open a task',
    description: 'About a customer, and optionally one invoice, open item or notice of it.',
    scope: 'tasks:write',
    body: wire.CreateTask,
    answers: { 201: wire.Task },
    problems: [
      'customer_not_found',
      'invoice_not_found',
      'open_item_not_found',
      'dunning_notice_not_found',
      'customer_mismatch',
    ],
    work: async (tx, { body }) => wire.taskToJson(await createTask(tx, newTask(body)), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/tasks',
    operationId: 'listTasks',
    tag: 'Tasks',
    summary: 'List tasks',
    description: 'The earliest due date first; `status=open` is the worklist.',
    scope: 'tasks:read',
    query: wire.TaskQuery,
    answers: { 200: wire.TaskList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listTasks(reader, filters), (task) => wire.taskToJson(task, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/tasks/:id',
    operationId: 'getTask',
    tag: 'Tasks',
    summary: 'Read a task',
    description: 'What is to be done, by whom and by when.',
    scope: 'tasks:read',
    params,
    answers,
    problems: ['task_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.taskToJson(await requireTask(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    ...changes,
    method: 'PATCH',
    url: '/v1/tasks/:id',
    operationId: 'updateTask',
    summary: 'Change an open task',
    description: 'What is left out stays.',
    body: wire.TaskPatch,
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.taskToJson(await updateTask(tx, { id: uuidOf(id), ifMatch }, body), tx),
  })

  command(http, context, {
    ...changes,
    method: 'POST',
    url: '/v1/tasks/:id/complete',
    operationId: 'completeTask',
    summary: 'Complete a task',
    description: 'It is done. Of two who complete it at once, one is told that it has ended.',
    body: wire.CompleteTask,
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.taskToJson(
        await completeTask(tx, { id: uuidOf(id), ifMatch }, body.outcome ?? null),
        tx,
      ),
  })

  command(http, context, {
    ...changes,
    method: 'POST',
    url: '/v1/tasks/:id/cancel',
    operationId: 'cancelTask',
    summary: 'Cancel a task',
    description: 'It is not to be done any more.',
    body: wire.CancelTask,
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.taskToJson(await cancelTask(tx, { id: uuidOf(id), ifMatch }, body.reason), tx),
  })

  command(http, context, {
    ...changes,
    method: 'POST',
    url: '/v1/tasks/:id/reopen',
    operationId: 'reopenTask',
    summary: 'Reopen a task',
    description: 'One that was done or cancelled is to be done after all.',
    work: async (tx, { params: { id }, ifMatch }) =>
      wire.taskToJson(await reopenTask(tx, { id: uuidOf(id), ifMatch }), tx),
  })
}

const newTask = (body: Static<typeof wire.CreateTask>) => ({
  subject: {
    customerId: uuidOrNull(body.customer_id),
    invoiceId: uuidOrNull(body.invoice_id),
    itemId: uuidOrNull(body.item_id),
    noticeId: uuidOrNull(body.notice_id),
  },
  kind: body.kind,
  title: body.title,
  note: body.note ?? null,
  assignee: body.assignee ?? 'collector',
  dueDate: body.due_date ?? null,
})
