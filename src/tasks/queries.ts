import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { type Order, type Page, type Paged, pageOf } from '../foundation/http/paging.ts'
import { uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import type { TaskRow } from './table.ts'

/** The task, or `task_not_found`. */
export async function requireTask({ db, tenant }: Reader, id: string): Promise<TaskRow> {
  const task = await db
    .selectFrom('task')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (task === undefined) throw new Problem('task_not_found')
  return task
}

/** What the list of tasks can be narrowed to. */
export interface TaskFilters extends Page {
  customer_id?: string
  invoice_id?: string
  item_id?: string
  notice_id?: string
  kind?: string
  assignee?: string
  origin?: TaskRow['origin']
  status?: TaskRow['status'][]
  due_date_gte?: string
  due_date_lte?: string
}

const byDueDate: Order = { column: 'due_date', direction: 'asc', type: 'date' }

/** One page of tasks, the earliest due date first. */
export function listTasks({ db, tenant }: Reader, by: TaskFilters): Promise<Paged<TaskRow>> {
  let select = db.selectFrom('task').selectAll().where('tenant_id', '=', tenant.id)
  for (const column of ['customer_id', 'invoice_id', 'item_id', 'notice_id'] as const) {
    const id = by[column]
    if (id !== undefined) select = select.where(column, '=', uuidOf(id))
  }
  for (const column of ['kind', 'assignee', 'origin'] as const) {
    const word = by[column]
    if (word !== undefined) select = select.where(column, '=', word)
  }
  if (by.status !== undefined) select = select.where('status', '=', sql<'open'>`any(${by.status})`)
  if (by.due_date_gte !== undefined) select = select.where('due_date', '>=', by.due_date_gte)
  if (by.due_date_lte !== undefined) select = select.where('due_date', '<=', by.due_date_lte)
  return pageOf<TaskRow>(select, by, byDueDate)
}
