import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'

export const activityKinds = [
  'call',
  'email',
  'letter',
  'sms',
  'visit',
  'meeting',
  'other',
] as const

export const directions = ['outgoing', 'incoming'] as const

export const outcomes = [
  'reached',
  'not_reached',
  'message_left',
  'wrong_contact',
  'promise',
  'dispute',
  'refusal',
  'other',
] as const

export interface ActivityTables {
  activity: {
    tenant_id: string
    id: string
    customer_id: string
    invoice_id: string | null
    kind: (typeof activityKinds)[number]
    direction: (typeof directions)[number]
    outcome: (typeof outcomes)[number] | null
    contact_name: string | null
    occurred_at: Instant
    /** The tenant's day on which it happened. */
    occurred_date: CalendarDate
    note: string | null
    /** Whether it counts for the customer's contact budget. */
    collection: boolean
    cancelled_date: CalendarDate | null
    cancel_reason: string | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type ActivityRow = Selectable<ActivityTables['activity']>
