import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'

/** Why nothing is to be sold on account. */
export const creditHoldReasons = [
  'overdue',
  'limit_exceeded',
  'insolvency',
  'legal',
  'fraud',
  'unknown_identity',
  'other',
] as const

/** Who placed it: a person, a dunning level, or the credit policy. */
export const creditHoldOrigins = ['person', 'dunning', 'policy'] as const

export interface CreditHoldTables {
  credit_hold: {
    tenant_id: string
    id: string
    customer_id: string
    reason: (typeof creditHoldReasons)[number]
    note: string | null
    from_date: CalendarDate
    lifted_date: CalendarDate | null
    lift_reason: string | null
    origin: (typeof creditHoldOrigins)[number]
    notice_id: string | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type CreditHoldRow = Selectable<CreditHoldTables['credit_hold']>
