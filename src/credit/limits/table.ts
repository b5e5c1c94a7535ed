import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { JsonDefault } from '../../foundation/database/columns.ts'

export const limitKinds = ['standing', 'temporary'] as const
export const limitStatuses = ['requested', 'approved', 'rejected', 'withdrawn'] as const

export const collateralKinds = [
  'bank_guarantee',
  'parent_guarantee',
  'personal_guarantee',
  'deposit',
  'pledge',
  'retention_of_title',
  'other',
] as const

/** What secures a limit. */
export interface Collateral {
  kind: (typeof collateralKinds)[number]
  currency: string
  /** Minor units. */
  amount: number
  description: string
  /** The last day on which it secures; null for no end. */
  valid_until: CalendarDate | null
}

export interface CreditLimitTables {
  /** What a customer, or a group of them, may owe; exactly one of both. Its terms never change once approved. */
  credit_limit: {
    tenant_id: string
    id: string
    customer_id: string | null
    group_id: string | null
    kind: (typeof limitKinds)[number]
    currency: string
    amount: number
    valid_from: CalendarDate
    /** The last day; null for no end. */
    valid_until: CalendarDate | null
    reason: string
    status: (typeof limitStatuses)[number]
    /** Its place among the approved limits of its subject; null while it is not. */
    ordinal: number | null
    /** The approval it waits or waited for; null where none was needed. */
    approval_id: string | null
    decided_at: Instant | null
    /** From this day on it holds no more. */
    ended_date: CalendarDate | null
    ended_reason: string | null
    ended_at: Instant | null
    insured_amount: number | null
    insurer: string | null
    insurance_policy_number: string | null
    insured_until: CalendarDate | null
    insured_deductible_percent: number | null
    /** Days past its due date within which an item that is not paid has to be reported to the insurer. */
    insured_reporting_days: number | null
    collateral: JsonDefault<Collateral[]>
    /** When the night found that its last day had passed. */
    expired_date: CalendarDate | null
    insurance_expired_date: CalendarDate | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type CreditLimitRow = Selectable<CreditLimitTables['credit_limit']>
