import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Json } from '../../foundation/database/columns.ts'
import type { Exposure } from '../exposure/exposure.ts'
import type { Outcome } from '../policies/policy.ts'
import type { RuleFinding } from './evaluate.ts'

/** What became of a check: as it was decided, or as a person has decided after it. */
export const checkStatuses = [
  'approved',
  'referred',
  'denied',
  'released',
  'rejected',
  'rechecked',
] as const
export type CheckStatus = (typeof checkStatuses)[number]

/** Exposure as a check found it, with the limit it was measured by. */
export interface MeasuredExposure extends Exposure {
  limit_id: string | null
  limit_amount: number | null
  /** What was asked for, in the currency of the exposure; null where it cannot be converted. */
  asked_amount: number | null
}

export interface CheckTables {
  credit_check: {
    tenant_id: string
    id: string
    customer_id: string
    /** The reference that order, reservation and invoice share. */
    external_id: string | null
    currency: string
    amount: number
    net_days: number | null
    /** How long credit was to be held, seconds; null when nothing was to be held. */
    reserve_seconds: number | null
    status: CheckStatus
    outcome: Outcome
    policy_id: string | null
    policy_version: number | null
    rules: Json<RuleFinding[]>
    exposure: Json<MeasuredExposure>
    group_exposure: Json<MeasuredExposure> | null
    human_review: boolean
    reservation_id: string | null
    recheck_of_id: string | null
    checked_date: CalendarDate
    /** Which transactions the decision could know of, as `pg_current_snapshot` writes it. */
    snapshot: string
    /** The transaction it was decided in. */
    decided_tx: Generated<string>
    decided_by: string | null
    decided_role: string | null
    decided_reason: string | null
    decided_at: Instant | null
    /** Until when a release stands. */
    valid_until: Instant | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  /** A person's word against rules; never changed. */
  credit_override: {
    tenant_id: string
    id: string
    check_id: string
    customer_id: string
    rules: string[]
    currency: string
    amount: number
    role: string
    reason: string
    actor: string | null
    /** From when on the rules react again. */
    reacts_from_date: CalendarDate
    created_at: Instant
  }
}

export type CheckRow = Selectable<CheckTables['credit_check']>
