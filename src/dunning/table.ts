import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../foundation/calendar.ts'
import type { Json } from '../foundation/database/columns.ts'
import type { NoticeContent } from './notice.ts'
import type { PolicyDefinition } from './policy.ts'
import type { DecisionReason, Outcome } from './reasons.ts'

export interface DunningTables {
  dunning_policy: {
    tenant_id: string
    id: string
    name: string
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  dunning_policy_version: {
    tenant_id: string
    policy_id: string
    version: number
    definition: Json<PolicyDefinition>
    created_at: Instant
  }
  dunning_state: {
    tenant_id: string
    item_id: string
    invoice_id: string | null
    customer_id: string
    policy_id: string
    policy_version: number
    cycle: Generated<number>
    level: number
    level_date: CalendarDate
    deadline_date: CalendarDate | null
    version: Generated<number>
  }
  dunning_run: {
    tenant_id: string
    id: string
    run_date: CalendarDate
    trigger: 'schedule' | 'request'
    status: 'running' | 'completed'
    customer_id: string | null
    item_count: Generated<number>
    escalated_count: Generated<number>
    notice_count: Generated<number>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  dunning_notice: {
    tenant_id: string
    id: string
    run_id: string
    customer_id: string
    currency: string
    policy_id: string
    policy_version: number
    level: number
    level_name: string
    notice_date: CalendarDate
    content: Json<NoticeContent>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  dunning_step: {
    tenant_id: string
    item_id: string
    cycle: number
    level: number
    from_level: number
    invoice_id: string | null
    notice_id: string
    step_date: CalendarDate
    days_overdue: number
  }
  dunning_decision: {
    tenant_id: string
    id: string
    run_id: string
    item_id: string
    invoice_id: string | null
    customer_id: string
    outcome: Outcome
    reason: DecisionReason
    inputs: Json<Record<string, unknown>>
    from_level: number
    to_level: number
    next_look_date: CalendarDate | null
  }
  dunning_hold: {
    tenant_id: string
    id: string
    customer_id: string
    invoice_id: string | null
    item_id: string | null
    reason: HoldReason
    note: string | null
    from_date: CalendarDate
    until_date: CalendarDate | null
    lifted_date: CalendarDate | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  dunning_limit: {
    tenant_id: string
    id: string
    item_id: string
    customer_id: string
    maximum_level: number | null
    reason: string
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  dunning_migration: {
    tenant_id: string
    id: string
    policy_id: string
    from_versions: number[] | null
    to_version: number
    customer_count: number
    item_count: number
    changed_count: number
    remaining_count: number
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  dunning_migration_item: {
    tenant_id: string
    migration_id: string
    item_id: string
    invoice_id: string | null
    customer_id: string
    from_version: number
    level: number
    before_level: number | null
    before_date: CalendarDate | null
    before_reason: DecisionReason
    after_level: number | null
    after_date: CalendarDate | null
    after_reason: DecisionReason
  }
  dunning_cursor: { tenant_id: string; position: number }
}

/** Why dunning waits. */
export const holdReasons = [
  'dispute',
  'promise',
  'deferral',
  'payment_expected',
  'goodwill',
  'legal',
  'insolvency',
  'other',
] as const
export type HoldReason = (typeof holdReasons)[number]

export type PolicyRow = Selectable<DunningTables['dunning_policy']>
export type RunRow = Selectable<DunningTables['dunning_run']>
export type NoticeRow = Selectable<DunningTables['dunning_notice']>
export type StepRow = Selectable<DunningTables['dunning_step']>
export type DecisionRow = Selectable<DunningTables['dunning_decision']>
export type MigrationRow = Selectable<DunningTables['dunning_migration']>
export type MigrationItemRow = Selectable<DunningTables['dunning_migration_item']>
export type LimitRow = Selectable<DunningTables['dunning_limit']>
export type HoldRow = Selectable<DunningTables['dunning_hold']>
