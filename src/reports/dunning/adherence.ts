import { sql } from 'kysely'
import type { DecisionReason, Outcome } from '../../dunning/reasons.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { Period } from '../period.ts'

/** How the steps of one level were executed. */
export interface AdherenceLevel {
  level: number
  executed_count: number
  in_time_count: number
  late_count: number
  average_late_days: string | null
  max_late_days: number
}

/** Why items were not escalated when they were looked at. */
export interface AdherenceReason {
  outcome: Outcome
  reason: DecisionReason
  item_count: number
  decision_count: number
}

export interface Adherence {
  levels: AdherenceLevel[]
  reasons: AdherenceReason[]
  overdue_look_count: number
}

/**
 * Whether what the policy asked for was done in time.
 *
 * - A step was due on the day the decision before it named as the next look: the first day on which the item was
 *   eligible and nothing stood in the way. Where none named a day (a hold without an end, a new item), or something
 *   made it eligible earlier, it was due on the day a run decided for it.
 * - Late is a step that was taken after that day, be it that no run looked or that nobody released what it proposed.
 *   On average over the late ones.
 * - Reasons: the decisions of the period's runs that did not escalate.
 * - Overdue looks: open items that were to be looked at before today and have not been.
 */
export async function adherenceOf(reader: Reader, period: Period): Promise<Adherence> {
  const [levels, reasons, overdue_look_count] = await Promise.all([
    levelsOf(reader, period),
    reasonsOf(reader, period),
    overdueLooks(reader),
  ])
  return { levels, reasons, overdue_look_count }
}

async function levelsOf({ db, tenant }: Reader, { fromDate, toDate }: Period) {
  const { rows } = await sql<AdherenceLevel>`
    with step as (
      select item_id, level, from_level, step_date from dunning_step
      where tenant_id = ${tenant.id} and step_date >= ${fromDate} and step_date <= ${toDate}
        and reversed_date is null
    ), decided as (
      select step.level, step.item_id, step.step_date, first.id as decision_id, first.run_date as decided_date
      from step
      left join lateral (
        select decision.id, run.run_date from dunning_decision as decision
        join dunning_run as run on run.tenant_id = decision.tenant_id and run.id = decision.run_id
        where decision.tenant_id = ${tenant.id} and decision.item_id = step.item_id and decision.outcome = 'escalate'
          and decision.from_level = step.from_level and decision.to_level >= step.level and run.run_date <= step.step_date
        order by decision.id
        limit 1
      ) as first on true
    ), planned as (
      select level, step_date, least(decided_date, (
        select before.next_look_date from dunning_decision as before
        where before.tenant_id = ${tenant.id} and before.item_id = decided.item_id and before.id < decided.decision_id
        order by before.id desc
        limit 1
      )) as planned_date
      from decided
    ), late as (
      select level, step_date - coalesce(planned_date, step_date) as days from planned
    )
    select level, count(*)::int as executed_count, count(*) filter (where days = 0)::int as in_time_count,
      count(*) filter (where days > 0)::int as late_count,
      round(avg(days) filter (where days > 0), 1)::text as average_late_days, max(days) as max_late_days
    from late group by level order by level
  `.execute(db)
  return rows
}

async function reasonsOf({ db, tenant }: Reader, { fromDate, toDate }: Period) {
  const { rows } = await sql<AdherenceReason>`
    select decision.outcome, decision.reason, count(distinct decision.item_id)::int as item_count, count(*)::int as decision_count
    from dunning_run as run
    join dunning_decision as decision on decision.tenant_id = run.tenant_id and decision.run_id = run.id
    where run.tenant_id = ${tenant.id} and run.run_date >= ${fromDate} and run.run_date <= ${toDate}
      and decision.outcome in ('wait', 'blocked')
    group by decision.outcome, decision.reason
    order by decision.outcome, item_count desc, decision.reason
  `.execute(db)
  return rows
}

async function overdueLooks({ db, tenant, today }: Reader): Promise<number> {
  const { count } = await db
    .selectFrom('item_watch')
    .select(sql<number>`count(*)`.as('count'))
    .where('tenant_id', '=', tenant.id)
    .where('next_look_date', '<', today)
    .executeTakeFirstOrThrow()
  return count
}
