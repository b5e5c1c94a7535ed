import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Json } from '../../foundation/database/columns.ts'
import type { Recommendation } from './recommend.ts'

export const reviewStatuses = ['open', 'due', 'completed', 'dismissed'] as const

export interface CreditReviewTables {
  /** A look at a customer's limit and terms; a customer has one at most that is not decided. */
  credit_review: {
    tenant_id: string
    id: string
    customer_id: string
    status: (typeof reviewStatuses)[number]
    /** The day of the calendar that made it due; null while only a person has asked for it. */
    due_date: CalendarDate | null
    recommendation: Json<Recommendation>
    decided_date: CalendarDate | null
    decision_reason: string | null
    /** What was applied; null where it was kept. */
    limit_id: string | null
    net_days: number | null
    /** When the next review is due, as it was decided; null for what the calendar says. */
    next_review_date: CalendarDate | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type CreditReviewRow = Selectable<CreditReviewTables['credit_review']>
