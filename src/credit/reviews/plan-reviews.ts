import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { effectiveStandingSql } from '../effective-standing.ts'
import { rulesInForce } from '../policies/queries.ts'
import { rememberStandings } from '../remember-standings.ts'

/**
 * Sets when customers are to be reviewed next: so many months after the last review, else after the first limit, else
 * after the customer became known here; the last day of a month that has no such day. It is worked out anew when one of
 * these, the standing or the policy has changed, and then a day a person has chosen goes first. The customers are locked.
 */
export async function planReviews(
  tx: Tx,
  customerIds: readonly string[],
  chosenDate: CalendarDate | null = null,
): Promise<void> {
  const { definition, version } = await rulesInForce(tx)
  const intervals = definition.reviews?.intervals ?? []
  await sql`
    with known as (
      select * from credit_standing where tenant_id = ${tx.tenant.id} and customer_id = any(${customerIds})
    ), planned as (
      select known.customer_id, ${chosenDate}::date as chosen_date, last.date + make_interval(months => due.months) as next_date,
        concat_ws('/', due.standing, ${version}::int, last.date) as basis
      from known
      cross join lateral (
        select coalesce(known.reviewed_date, (
          select valid_from from credit_limit
          where tenant_id = ${tx.tenant.id} and customer_id = known.customer_id and status = 'approved'
          order by ordinal
          limit 1
        ), (known.created_at at time zone ${tx.tenant.timeZone})::date) as date
      ) as last
      left join json_to_recordset(${JSON.stringify(intervals)}) as due(standing text, months int)
        on due.standing = ${effectiveStandingSql(sql<CalendarDate>`${tx.today}::date`)}
    )
    update credit_standing
    set next_review_date = coalesce(planned.chosen_date, planned.next_date), review_basis = planned.basis
    from planned
    where credit_standing.tenant_id = ${tx.tenant.id} and credit_standing.customer_id = planned.customer_id
      and (credit_standing.review_basis is distinct from planned.basis or planned.chosen_date is not null)
  `.execute(tx.db)
  await rememberStandings(tx, customerIds)
}
