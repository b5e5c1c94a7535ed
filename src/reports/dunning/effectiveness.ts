import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import type { Period } from '../period.ts'

/** Days after a notice within which what is paid is put down to it. */
export const windowDays = [7, 14, 30] as const

/** Which notices the report looks at. */
export interface EffectivenessQuestion extends Period {
  /** Only notices under any version of this policy. */
  policyId: string | null
}

/** What the notices of one level and currency came to. */
export interface EffectivenessRow {
  level: number
  currency: string
  notice_count: number
  customer_count: number
  item_count: number
  noticed_amount: number
  paid_before_amount: number
  /** By the days of the window, as text. */
  windows: Record<
    string,
    { observed_items: number; paid_items: number; observed: number; paid: number }
  >
  paid_up_item_count: number
  average_days_to_pay: string | null
  median_days_to_pay: string | null
  escalated_item_count: number
}

/**
 * What became of the items that notices of the period lifted to a level, per level of the notice and currency. Steps
 * that were taken back are left out.
 *
 * - noticed: what was open of an item as the ledger knew it when the notice was made (entries recorded by then).
 * - money: entries that settle the item from a payment, less their undoing; credit notes and write-offs do not count.
 * - paid before: money recorded after the notice that counts from a day before it: a notice that was not needed.
 * - paid within n: money recorded after the notice that counts from its day up to n days later, at most the noticed
 *   amount; an item is paid within n when that is all of it. Only notices whose n days are over are observed.
 * - days to pay: from the notice to the last money, of items that nothing is open of today and that were paid last.
 * - escalated: items that have since reached a higher level in the same cycle.
 */
export async function effectivenessOf(
  { db, tenant, today }: Reader,
  { fromDate, toDate, policyId }: EffectivenessQuestion,
): Promise<EffectivenessRow[]> {
  const { rows } = await sql<EffectivenessRow>`
    with noticed as (
      select notice.id as notice_id, notice.level, notice.currency, notice.customer_id, notice.notice_date, notice.created_at,
        step.item_id, step.cycle
      from dunning_notice as notice
      join dunning_step as step on step.tenant_id = notice.tenant_id and step.notice_id = notice.id
        and step.reversed_date is null
      where notice.tenant_id = ${tenant.id} and notice.notice_date >= ${fromDate} and notice.notice_date <= ${toDate}
        and (${policyId}::uuid is null or notice.policy_id = ${policyId}::uuid)
    ), movement as (
      select noticed.notice_id, noticed.item_id, entry.effective_date, entry.effective_date - noticed.notice_date as days,
        entry.recorded_at <= noticed.created_at as was_known,
        case when debit_account = 'receivable' then entry.amount else -entry.amount end as amount,
        entry.source_kind = 'payment' and 'unallocated' in (debit_account, credit_account) as is_money
      from noticed
      join ledger_entry as entry on entry.tenant_id = ${tenant.id} and entry.item_id = noticed.item_id
        and 'receivable' in (debit_account, credit_account)
    ), moved as (
      select notice_id, item_id,
        coalesce(sum(amount) filter (where was_known), 0)::bigint as noticed,
        greatest(0, -coalesce(sum(amount) filter (where not was_known and is_money and days < 0), 0))::bigint as paid_before,
        ${sql.join(windowDays.map((days) => paidWithin(days)))},
        max(effective_date) filter (where is_money and amount < 0) as last_money_date
      from movement group by notice_id, item_id
    ), told as (
      select noticed.*, moved.noticed, moved.paid_before, ${sql.join(windowDays.map((days) => sql.ref(`paid_${days}`)))},
        case when item.open_amount = 0 and last_money_date >= notice_date then last_money_date - notice_date end as days_to_pay,
        exists (select 1 from dunning_step as later where later.tenant_id = ${tenant.id} and later.item_id = noticed.item_id
          and later.cycle = noticed.cycle and later.level > noticed.level
          and later.reversed_date is null) as is_escalated
      from noticed
      join moved on moved.notice_id = noticed.notice_id and moved.item_id = noticed.item_id
      join open_item as item on item.tenant_id = ${tenant.id} and item.id = noticed.item_id
    )
    select level, currency, count(distinct notice_id)::int as notice_count, count(distinct customer_id)::int as customer_count,
      count(*)::int as item_count, sum(noticed)::bigint as noticed_amount, sum(paid_before)::bigint as paid_before_amount,
      json_build_object(${sql.join(windowDays.map((days) => windowOf(days, today)))}) as windows,
      count(days_to_pay)::int as paid_up_item_count,
      round(avg(days_to_pay), 1)::text as average_days_to_pay,
      round(percentile_cont(0.5) within group (order by days_to_pay)::numeric, 1)::text as median_days_to_pay,
      count(*) filter (where is_escalated)::int as escalated_item_count
    from told group by level, currency order by level, currency
  `.execute(db)
  return rows
}

/** The column `paid_<n>`: the money of the first n days, never more than what the notice was about. */
const paidWithin = (days: number) => sql`
  greatest(0, least(sum(amount) filter (where was_known),
    -coalesce(sum(amount) filter (where not was_known and is_money and days >= 0 and days <= ${days}), 0)))::bigint
    as ${sql.ref(`paid_${days}`)}`

/** A member of the object of windows. */
function windowOf(days: number, today: string) {
  const paid = sql.ref(`paid_${days}`)
  const isOver = sql`notice_date + ${days}::int < ${today}`
  return sql`${sql.lit(String(days))}, json_build_object(
    'observed_items', count(*) filter (where ${isOver}),
    'paid_items', count(*) filter (where ${isOver} and noticed > 0 and ${paid} = noticed),
    'observed', coalesce(sum(noticed) filter (where ${isOver}), 0),
    'paid', coalesce(sum(${paid}) filter (where ${isOver}), 0))`
}
