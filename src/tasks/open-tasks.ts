import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { taskFact } from './events.ts'
import type { TaskRow } from './table.ts'

/** What the service wants somebody to do. */
export interface NewTask {
  /** The one occasion it is opened for; a second task of the same key is not opened, whatever became of the first. */
  originKey: string
  /** Why it is opened, a code. */
  reason: string
  kind: string
  title: string
  note: string | null
  /** The role that is to do it. */
  assignee: string
  dueDate: CalendarDate
  customerId: string
  invoiceId: string | null
  itemId: string | null
  noticeId: string | null
}

/** Opens the service's own tasks, each once. Answers those that are new. */
export async function openTasks(tx: Tx, tasks: readonly NewTask[]): Promise<TaskRow[]> {
  if (tasks.length === 0) return []
  const { rows: opened } = await sql<TaskRow>`
    insert into task (tenant_id, id, customer_id, invoice_id, item_id, notice_id, kind, title, note, assignee, due_date,
      origin, reason, origin_key, created_at, updated_at)
    select ${tx.tenant.id}, id, customer_id, invoice_id, item_id, notice_id, kind, title, note, assignee, due_date,
      'service', reason, origin_key, ${tx.now}, ${tx.now}
    from json_to_recordset(${JSON.stringify(tasks.map(toRow))}) as task(
      id uuid, customer_id uuid, invoice_id uuid, item_id uuid, notice_id uuid, kind text, title text, note text,
      assignee text, due_date date, reason text, origin_key text)
    on conflict (tenant_id, origin_key) do nothing
    returning *
  `.execute(tx.db)
  announce(tx, ...opened.map((task) => taskFact('task.opened', task, tx)))
  return opened
}

const toRow = (task: NewTask) => ({
  id: newId(),
  customer_id: task.customerId,
  invoice_id: task.invoiceId,
  item_id: task.itemId,
  notice_id: task.noticeId,
  kind: task.kind,
  title: task.title,
  note: task.note,
  assignee: task.assignee,
  due_date: task.dueDate,
  reason: task.reason,
  origin_key: task.originKey,
})
