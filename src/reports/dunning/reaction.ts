import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import type { Period } from '../period.ts'

/** How soon items under one policy were first told of. */
export interface ReactionRow {
  policy_id: string
  item_count: number
  average_days: string
  median_days: string
  p90_days: number
  max_days: number
  days_1_7_count: number
  days_8_14_count: number
  days_15_30_count: number
  days_over_30_count: number
}

/**
 * From overdue to the first notice: the days an item was overdue when it was first told of in its first cycle, for
 * first notices of the period, by policy. The 90th percentile is the smallest number of days that 90 % do not exceed.
 */
export async function firstNotices(
  { db, tenant }: Reader,
  { fromDate, toDate }: Period,
): Promise<ReactionRow[]> {
  const { rows } = await sql<ReactionRow>`
    select notice.policy_id, count(*)::int as item_count, round(avg(days_overdue), 1)::text as average_days,
      round(percentile_cont(0.5) within group (order by days_overdue)::numeric, 1)::text as median_days,
      percentile_disc(0.9) within group (order by days_overdue) as p90_days, max(days_overdue) as max_days,
      count(*) filter (where days_overdue <= 7)::int as days_1_7_count,
      count(*) filter (where days_overdue > 7 and days_overdue <= 14)::int as days_8_14_count,
      count(*) filter (where days_overdue > 14 and days_overdue <= 30)::int as days_15_30_count,
      count(*) filter (where days_overdue > 30)::int as days_over_30_count
    from dunning_step as step
    join dunning_notice as notice on notice.tenant_id = step.tenant_id and notice.id = step.notice_id
    where step.tenant_id = ${tenant.id} and step.cycle = 1 and step.from_level = 0 and step.reversed_date is null
      and step.step_date >= ${fromDate} and step.step_date <= ${toDate}
    group by notice.policy_id order by item_count desc, notice.policy_id
  `.execute(db)
  return rows
}

/** How soon a notice that bounced was sent another way, by the channel it bounced on. */
export interface FallBackRow {
  channel: string
  bounced_count: number
  followed_count: number
  average_hours: string | null
  max_hours: string | null
}

/**
 * From bounce to next channel: for each bounce or failure heard of in the period, the hours until the same notice was
 * next sent or delivered, to another recipient or on another channel.
 */
export async function fallBacks(
  { db, tenant }: Reader,
  { fromDate, toDate }: Period,
): Promise<FallBackRow[]> {
  const { rows } = await sql<FallBackRow>`
    with bounced as (
      select delivery.channel, (
        select min(next.occurred_at) from dunning_delivery as next
        where next.tenant_id = delivery.tenant_id and next.notice_id = delivery.notice_id
          and next.status in ('sent', 'delivered') and next.occurred_at >= delivery.occurred_at
          and (next.channel, next.recipient) is distinct from (delivery.channel, delivery.recipient)
      ) - delivery.occurred_at as took
      from dunning_delivery as delivery
      where delivery.tenant_id = ${tenant.id} and delivery.status in ('bounced', 'failed')
        and (delivery.occurred_at at time zone ${tenant.timeZone})::date >= ${fromDate}
        and (delivery.occurred_at at time zone ${tenant.timeZone})::date <= ${toDate}
    )
    select channel, count(*)::int as bounced_count, count(took)::int as followed_count,
      round(avg(extract(epoch from took)) / 3600, 1)::text as average_hours,
      round(max(extract(epoch from took)) / 3600, 1)::text as max_hours
    from bounced group by channel order by channel
  `.execute(db)
  return rows
}
