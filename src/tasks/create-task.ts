import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { type NamedSubject, requireSubject } from '../parties/subject.ts'
import { taskFact } from './events.ts'
import type { TaskRow } from './table.ts'

export interface CreateTask {
  subject: NamedSubject
  kind: string
  title: string
  note: string | null
  assignee: string
  /** By when; today when null. */
  dueDate: CalendarDate | null
}

/** Opens a task that a person asks for. */
export async function createTask(tx: Tx, input: CreateTask): Promise<TaskRow> {
  const { customerId, invoiceId } = await requireSubject(tx, input.subject)
  const task = await tx.db
    .insertInto('task')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      customer_id: customerId,
      invoice_id: invoiceId,
      item_id: input.subject.itemId,
      notice_id: input.subject.noticeId,
      kind: input.kind,
      title: input.title,
      note: input.note,
      assignee: input.assignee,
      due_date: input.dueDate ?? tx.today,
      origin: 'person',
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, taskFact('task.opened', task, tx))
  return task
}
