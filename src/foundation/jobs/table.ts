import type { Generated } from 'kysely'
import type { CalendarDate, Instant } from '../calendar.ts'
import type { Json } from '../database/columns.ts'

export interface JobTables {
  schedule: {
    tenant_id: string
    job: string
    next_at: Instant
    frozen: Generated<boolean>
    lease_until: Instant | null
    lease_token: string | null
  }
  job_run: {
    tenant_id: string
    job: string
    slot: CalendarDate
    status: 'running' | 'done' | 'failed' | 'skipped'
    attempt: Generated<number>
    reason: string | null
    figures: Json<Record<string, unknown>> | null
    started_at: Generated<Instant>
    finished_at: Instant | null
  }
  task_queue: {
    tenant_id: string
    kind: string
    subject_id: string
    due_at: Generated<Instant>
    attempt: Generated<number>
    lease_until: Instant | null
    lease_token: string | null
  }
}
