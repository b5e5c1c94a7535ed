import type { Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Json } from '../../foundation/database/columns.ts'
import type { Standing } from '../policies/policy.ts'
import type { ScoredFactor } from './scorecard.ts'
import type { StandingBasis } from './standing.ts'

export interface ScoreTables {
  credit_score: {
    tenant_id: string
    id: string
    customer_id: string
    score_date: CalendarDate
    score: number | null
    score_class: string | null
    standing: Standing | null
    policy_id: string
    policy_version: number
    factors: Json<ScoredFactor[]>
    basis: Json<StandingBasis>
    created_at: Instant
  }
}

export type CreditScoreRow = Selectable<ScoreTables['credit_score']>
