import { sql } from 'kysely'
import { addMonths, type CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { endedItems } from '../foresight/ended-items.ts'

/** How a customer has behaved, from the books. Days and percents have one decimal; null where nothing happened. */
export interface Behaviour {
  days_late: number | null
  late_percent: number | null
  trend_days: number | null
  relation_months: number | null
  returns: number
  disputes: number
  external_score: number | null
  trade_references: number | null
  /** Items settled, counted up to as many as were asked for. */
  settled_items: number
}

/**
 * Measures the behaviour of customers, all in one statement. "The year" is what came after the same day a year ago.
 * Averages are weighted by amount within a currency and by the number of items across currencies, so that nothing is
 * converted.
 */
export async function measureBehaviour(
  reader: Reader,
  customerIds: readonly string[],
  settledItemsMax: number,
): Promise<Map<string, Behaviour>> {
  const { tenant, today } = reader
  const yearFrom = addMonths(today, -12)
  const touched = sql<{ item_id: string }>`
    select distinct entry.item_id
    from asked
    join ledger_entry as entry on entry.tenant_id = ${tenant.id} and entry.credit_customer_id = asked.customer_id
      and entry.credit_account = 'receivable' and entry.effective_date > ${yearFrom}`
  const { rows } = await sql<Behaviour & { customer_id: string }>`
    with asked as (
      select unnest(${customerIds}::uuid[]) as customer_id
    ), settled as (
      select customer_id, currency, total_amount::numeric as amount, greatest(0, ended_date - due_date) as days,
        ended_date > ${addMonths(today, -3)} as is_recent
      from (${endedItems(reader, touched)}) as ended
      where lost_amount = 0 and ended_date > ${yearFrom}
    ), by_currency as (
      select customer_id, count(*) as items, count(*) filter (where days > 0) as late_items,
        sum(days * amount) / sum(amount) as days,
        count(*) filter (where is_recent) as recent_items,
        sum(days * amount) filter (where is_recent) / sum(amount) filter (where is_recent) as recent_days,
        count(*) filter (where not is_recent) as earlier_items,
        sum(days * amount) filter (where not is_recent) / sum(amount) filter (where not is_recent) as earlier_days
      from settled
      group by customer_id, currency
    ), paid as (
      select customer_id, round(sum(days * items) / sum(items), 1) as days_late,
        round(100 * sum(late_items) / sum(items), 1) as late_percent,
        round(sum(recent_days * recent_items) / nullif(sum(recent_items), 0)
          - sum(earlier_days * earlier_items) / nullif(sum(earlier_items), 0), 1) as trend_days
      from by_currency
      group by customer_id
    )
    select asked.customer_id, paid.days_late::float8, paid.late_percent::float8, paid.trend_days::float8,
      relation.months as relation_months, returned.count as returns, disputed.count as disputes, report.score as external_score,
      reference.rating::float8 as trade_references, ever.count as settled_items
    from asked
    left join paid on paid.customer_id = asked.customer_id
    cross join lateral (
      select (extract(year from age) * 12 + extract(month from age))::int as months
      from (
        select age(${today}::date, min(issue_date)) as age from invoice
        where tenant_id = ${tenant.id} and customer_id = asked.customer_id and status not in ('draft', 'void')) as first
    ) as relation
    cross join lateral (
      select count(*)::int from payment
      where tenant_id = ${tenant.id} and customer_id = asked.customer_id and status = 'reversed'
        and reversal_date > ${yearFrom} and reversal_reason_code is not null
    ) as returned
    cross join lateral (
      select count(distinct coalesce(item_id, invoice_id, customer_id))::int from dunning_hold as hold
      where tenant_id = ${tenant.id} and customer_id = asked.customer_id and reason = 'dispute'
        and from_date > ${yearFrom} and from_date <= ${today}
    ) as disputed
    left join lateral (
      select score from credit_report
      where tenant_id = ${tenant.id} and customer_id = asked.customer_id and ${isValidReport(today)}
      order by report_date desc, created_at desc, id desc
      limit 1
    ) as report on true
    cross join lateral (
      select round(avg(rating), 1) as rating from trade_reference
      where tenant_id = ${tenant.id} and customer_id = asked.customer_id
    ) as reference
    cross join lateral (
      select count(*)::int from (
        select 1 from open_item
        where tenant_id = ${tenant.id} and customer_id = asked.customer_id and open_amount = 0 and kind = 'invoice'
          and paid_amount > 0
        limit ${settledItemsMax}) as item
    ) as ever
  `.execute(reader.db)
  return new Map(rows.map(({ customer_id, ...behaviour }) => [customer_id, behaviour]))
}

const isValidReport = (day: CalendarDate) =>
  sql<boolean>`report_date <= ${day} and coalesce(valid_until >= ${day}, true)`
