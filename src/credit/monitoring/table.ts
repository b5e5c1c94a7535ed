import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Json } from '../../foundation/database/columns.ts'

/** What monitoring tells; each is the type of its event. */
export const alertTypes = [
  'credit_limit.exceeded',
  'credit_limit.back_within',
  'credit_utilisation.reached',
  'credit_score.dropped',
  'customer.first_overdue',
  'customer.pays_later_than_habit',
  'credit_policy.review_due',
] as const
export type AlertType = (typeof alertTypes)[number]

/** What an alert was judged by; which of them it has follows from its type. */
export interface AlertFigures {
  limit_id?: string
  /** Null for the customer's own limit. */
  group_id?: string | null
  currency?: string
  limit_amount?: number
  exposure_amount?: number
  excess_amount?: number
  /** Null for a limit of nothing. */
  utilisation_percent?: number | null
  threshold_percent?: number
  previous_score?: number
  score?: number
  first_overdue_date?: CalendarDate
  days_late?: number
  habit_days_late?: string
  policy_id?: string
  owner?: string
  next_review_date?: CalendarDate
}

export interface MonitoringTables {
  credit_follower: { tenant_id: string; position: Generated<number> }
  credit_alert: {
    tenant_id: string
    id: string
    type: AlertType
    customer_id: string | null
    item_id: string | null
    figures: Json<AlertFigures>
    /** The one occasion it may be told for. */
    once_key: string | null
    created_at: Instant
  }
}

export type CreditAlertRow = Selectable<MonitoringTables['credit_alert']>
