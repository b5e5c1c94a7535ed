import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../foundation/calendar.ts'

export const taskStatuses = ['open', 'done', 'cancelled'] as const

export interface TaskTables {
  task: {
    tenant_id: string
    id: string
    customer_id: string
    invoice_id: string | null
    item_id: string | null
    notice_id: string | null
    kind: string
    title: string
    note: string | null
    assignee: string
    due_date: CalendarDate
    status: Generated<(typeof taskStatuses)[number]>
    outcome: string | null
    ended_date: CalendarDate | null
    origin: 'person' | 'service'
    reason: string | null
    origin_key: string | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type TaskRow = Selectable<TaskTables['task']>
