import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../foundation/calendar.ts'
import type { Kind } from '../foundation/id.ts'

/** What can wait for an approval. Each has its effects, wired in `app.ts`. */
export const approvalSubjects = ['credit_limit', 'write_off'] as const satisfies readonly Kind[]
export type ApprovalSubject = (typeof approvalSubjects)[number]

export const approvalStatuses = ['requested', 'approved', 'rejected', 'withdrawn'] as const

export interface ApprovalTables {
  /** What one principal has asked for and another decides. */
  approval: {
    tenant_id: string
    id: string
    subject_kind: ApprovalSubject
    subject_id: string
    customer_id: string | null
    summary: string
    currency: string | null
    amount: number | null
    reason: string
    /** The principal that asked; null for the service itself. */
    requested_by: string | null
    requested_date: CalendarDate
    status: Generated<(typeof approvalStatuses)[number]>
    decided_by: string | null
    decided_date: CalendarDate | null
    decision_reason: string | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type ApprovalRow = Selectable<ApprovalTables['approval']>
