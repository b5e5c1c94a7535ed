import { sql } from 'kysely'
import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { Period } from '../period.ts'

/** By what the contacts are counted: a week begins on Monday (ISO 8601). */
export const contactPeriods = ['week', 'month'] as const

export interface ContactQuestion extends Period {
  by: (typeof contactPeriods)[number]
}

/** How often customers were contacted in one week or month. */
export interface ContactRow {
  period_from_date: CalendarDate
  customer_count: number
  contact_count: number
  notice_contact_count: number
  activity_contact_count: number
  average_contacts: string
  max_contacts: number
  customers_1_count: number
  customers_2_count: number
  customers_3_count: number
  customers_over_3_count: number
  budget_exceeded_customer_count: number
}

/** A budget looks back over no more days than this. */
const BUDGET_DAYS_MAX = 366

/**
 * How often customers were contacted, by week or month.
 *
 * - A contact: what one run released to one customer on one day, whatever its currencies, or a collection activity of a
 *   person. Fall-back channels are no further contact; what was cancelled is none.
 * - Average and distribution are over the customers that were contacted in the week or month at all.
 * - Budget exceeded: customers with a contact of the period after which they had, within the days that the budget of
 *   their last notice's policy looks back, more contacts than it allows. Statutory notices are exempt.
 */
export async function contactsOf(
  { db, tenant }: Reader,
  { fromDate, toDate, by }: ContactQuestion,
): Promise<ContactRow[]> {
  const since = addDays(fromDate, -BUDGET_DAYS_MAX)
  const { rows } = await sql<ContactRow>`
    with contact as (
      select customer_id, notice_date as contact_date, true as by_notice,
        bool_or(content ->> 'statutory_notice' is null) as counts
      from dunning_notice
      where tenant_id = ${tenant.id} and notice_date >= ${since} and notice_date <= ${toDate} and status <> 'cancelled'
      group by customer_id, notice_date, run_id
      union all
      select customer_id, occurred_date, false, true from activity
      where tenant_id = ${tenant.id} and occurred_date >= ${since} and occurred_date <= ${toDate}
        and collection and cancelled_date is null
    ), judged as (
      select contact.*, budget.contacts < (
        select count(*) from contact as earlier
        where earlier.customer_id = contact.customer_id and earlier.counts
          and earlier.contact_date > contact.contact_date - budget.days and earlier.contact_date <= contact.contact_date
      ) as is_exceeded
      from contact
      left join lateral (
        select (definition -> 'contact_budget' ->> 'contacts')::int as contacts, (definition -> 'contact_budget' ->> 'days')::int as days
        from dunning_notice as notice
        join dunning_policy_version as version on version.tenant_id = notice.tenant_id
          and version.policy_id = notice.policy_id and version.version = notice.policy_version
        where notice.tenant_id = ${tenant.id} and notice.customer_id = contact.customer_id and notice.notice_date <= contact.contact_date
        order by notice.notice_date desc, notice.id desc
        limit 1
      ) as budget on contact.counts
      where contact_date >= ${fromDate}
    ), per_customer as (
      select date_trunc(${sql.lit(by)}, contact_date)::date as period_from_date, customer_id, count(*) as contacts,
        count(*) filter (where by_notice) as notices, bool_or(is_exceeded) as is_exceeded
      from judged group by 1, 2
    )
    select period_from_date, count(*)::int as customer_count, sum(contacts)::int as contact_count,
      sum(notices)::int as notice_contact_count, sum(contacts - notices)::int as activity_contact_count,
      round(avg(contacts), 2)::text as average_contacts, max(contacts)::int as max_contacts,
      count(*) filter (where contacts = 1)::int as customers_1_count,
      count(*) filter (where contacts = 2)::int as customers_2_count,
      count(*) filter (where contacts = 3)::int as customers_3_count,
      count(*) filter (where contacts > 3)::int as customers_over_3_count,
      count(*) filter (where is_exceeded)::int as budget_exceeded_customer_count
    from per_customer group by period_from_date order by period_from_date
  `.execute(db)
  return rows
}
