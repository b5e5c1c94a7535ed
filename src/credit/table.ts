import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../foundation/calendar.ts'
import type { Json, JsonDefault } from '../foundation/database/columns.ts'
import type { CreditPolicyDefinition, Standing } from './policies/policy.ts'
import type { ScoredFactor } from './scores/scorecard.ts'
import type { StandingBasis } from './scores/standing.ts'

export interface CreditTables {
  credit_policy: {
    tenant_id: string
    id: string
    name: string
    /** From when on it decides nothing; null while it is in force. */
    retired_date: CalendarDate | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  credit_policy_version: {
    tenant_id: string
    policy_id: string
    version: number
    name: string
    definition: Json<CreditPolicyDefinition>
    created_at: Instant
  }
  /** What is known of a customer as a debtor, in short; what of it decides is remembered in `credit_standing_past`. */
  credit_standing: {
    tenant_id: string
    id: Generated<string>
    customer_id: string
    score: number | null
    score_class: string | null
    derived_standing: Standing | null
    override_standing: Standing | null
    override_reason: string | null
    override_until: CalendarDate | null
    /** Average days late, one decimal, as PostgreSQL writes it. */
    habit_days_late: string | null
    next_review_date: CalendarDate | null
    reviewed_date: CalendarDate | null
    over_limit: Generated<boolean>
    /** The highest utilisation of the policy that is reached, percent; 0 for none. */
    utilisation_reached: Generated<number>
    first_overdue_date: CalendarDate | null
    /** When monitoring last had its nightly look, and the score it saw then. */
    monitored_date: Generated<CalendarDate>
    monitored_score: number | null
    /** What the next review date was derived from. */
    review_basis: string | null
    /** The last day on which it was scored, by which version of the policy, and what was seen then. */
    scored_date: Generated<CalendarDate>
    policy_version: number | null
    factors: JsonDefault<ScoredFactor[]>
    basis: Json<StandingBasis> | null
    /** How often it was announced. */
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type CreditPolicyRow = Selectable<CreditTables['credit_policy']>
export type CreditStandingRow = Selectable<CreditTables['credit_standing']>
