import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../foundation/calendar.ts'
import type { Json } from '../foundation/database/columns.ts'
import type { DeliveryStatus, Evidence, NoticeStatus } from './notices/delivery.ts'
import type { NoticeContent } from './notices/notice-content.ts'
import type { Channel, PolicyDefinition } from './policy.ts'
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
    /** The day on which it reached that level; null at level 0. */
    level_date: CalendarDate | null
    /** Until when the last notice asks to pay; null when it names no day. */
    deadline_date: CalendarDate | null
    version: Generated<number>
    /** The level it came with from the system before this one, and since when; null for what began here. */
    taken_over_level: number | null
    taken_over_date: CalendarDate | null
  }
  dunning_run: {
    tenant_id: string
    id: string
    run_date: CalendarDate
    trigger: 'schedule' | 'request'
    status: RunStatus
    customer_id: string | null
    item_count: Generated<number>
    proposed_count: Generated<number>
    escalated_count: Generated<number>
    notice_count: Generated<number>
    reversed_count: Generated<number>
    reversal_reason: string | null
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
    /** A courtesy tells of what is due soon, at level 0. */
    kind: Generated<'demand' | 'courtesy'>
    release: Generated<'automatic' | 'review'>
    status: Generated<NoticeStatus>
    deadline_date: CalendarDate | null
    send_from_at: Instant | null
    /** Which of its recipients it is to reach now, from 0; null when nobody can be reached. */
    recipient_place: number | null
    /** Why it was reversed. */
    status_reason: string | null
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
    reversed_date: CalendarDate | null
  }
  dunning_courtesy: {
    tenant_id: string
    item_id: string
    cycle: number
    days_before_due: number
    invoice_id: string | null
    notice_id: string
    courtesy_date: CalendarDate
  }
  dunning_delivery: {
    tenant_id: string
    id: string
    notice_id: string
    status: DeliveryStatus
    channel: Channel
    recipient: string | null
    occurred_at: Instant
    evidence: Evidence
    detail: string | null
    created_at: Instant
  }
  settlement_cursor: { tenant_id: string; position: number }
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
    /** Days before the due date of a courtesy. */
    courtesy: number | null
    status: Generated<DecisionStatus>
    /** The lower level a reviewer has chosen instead of `to_level`. */
    reviewed_level: number | null
    /** The deadline a reviewer has chosen. */
    deadline_date: CalendarDate | null
    exclusion_reason: string | null
    lapse_reason: DecisionReason | null
    notice_id: string | null
    version: Generated<number>
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

/** How far a run is. */
export const runStatuses = [
  'running',
  'proposed',
  'releasing',
  'discarding',
  'discarded',
  'completed',
  'reversing',
  'reversed',
] as const
export type RunStatus = (typeof runStatuses)[number]

/** What became of a decision: `recorded` when there was nothing to carry out. */
export const decisionStatuses = [
  'recorded',
  'proposed',
  'excluded',
  'released',
  'lapsed',
  'discarded',
  'reversed',
] as const
export type DecisionStatus = (typeof decisionStatuses)[number]

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
export type DeliveryRow = Selectable<DunningTables['dunning_delivery']>
export type CourtesyRow = Selectable<DunningTables['dunning_courtesy']>
export type StepRow = Selectable<DunningTables['dunning_step']>
export type DecisionRow = Selectable<DunningTables['dunning_decision']>
export type MigrationRow = Selectable<DunningTables['dunning_migration']>
export type MigrationItemRow = Selectable<DunningTables['dunning_migration_item']>
export type LimitRow = Selectable<DunningTables['dunning_limit']>
export type HoldRow = Selectable<DunningTables['dunning_hold']>
