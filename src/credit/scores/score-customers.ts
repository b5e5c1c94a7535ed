import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { findCustomers } from '../../parties/queries.ts'
import type { CreditPolicyDefinition } from '../policies/policy.ts'
import { type RulesInForce, rulesInForce } from '../policies/queries.ts'
import type { CreditStandingRow } from '../table.ts'
import { standingChanged } from './events.ts'
import { followStandings } from './follow-standings.ts'
import { type MeasuredForScore, measureCustomers } from './measure-customers.ts'
import { latestScoresOf, standingsOf } from './queries.ts'
import { type Score, scoreOf } from './scorecard.ts'
import { standingOf } from './standing.ts'
import type { CreditScoreRow } from './table.ts'

/** A customer as it scores now. */
interface Scored {
  customerId: string
  measured: MeasuredForScore
  /** Null where the policy has no scorecard. */
  score: Score | null
  standing: CreditStandingRow['derived_standing']
}

/** Whether a policy says anything about scores or standings. */
export const makesScores = ({ scorecard, standing }: CreditPolicyDefinition): boolean =>
  scorecard !== null || standing !== null

/**
 * Scores customers by the policy in force, keeps each score that differs from the one before, and lets their classes
 * follow their standings. What has not changed is not announced. Locks the customers; unknown ids are left out.
 */
export async function scoreCustomers(tx: Tx, customerIds: readonly string[]): Promise<void> {
  const rules = await rulesInForce(tx)
  if (customerIds.length === 0 || !makesScores(rules.definition)) return
  await lockCustomers(tx, customerIds)
  const scored = await scoresNow(tx, customerIds, rules.definition)
  const standings = await standingsOf(tx, customerIds)
  const latest = await latestScoresOf(tx, customerIds)
  const changed = scored.filter((one) =>
    differs(one, standings.get(one.customerId), latest.get(one.customerId)),
  )
  await keepScores(tx, changed, rules)
  const after = await writeStandings(tx, scored, new Set(changed))
  await announceChanges(tx, after, standings)
  await followStandings(tx, after, rules.definition)
}

async function scoresNow(
  tx: Tx,
  customerIds: readonly string[],
  { scorecard, standing }: CreditPolicyDefinition,
): Promise<Scored[]> {
  const settledItemsMax = standing?.new_below_settled_items ?? 0
  const measured = await measureCustomers(tx, customerIds, settledItemsMax)
  return [...measured].map(([customerId, one]) => ({
    customerId,
    measured: one,
    score: scorecard && scoreOf(one.figures, scorecard),
    standing: standing && standingOf(one.basis, standing),
  }))
}

/** Whether anything is worth a new entry: the score, what earned it, the standing or the habit. Figures alone are not. */
function differs(
  { measured, score, standing }: Scored,
  known: CreditStandingRow | undefined,
  latest: CreditScoreRow | undefined,
): boolean {
  if (known === undefined || latest === undefined) return true
  const habit = known.habit_days_late === null ? null : Number(known.habit_days_late)
  const earned = (factors: CreditScoreRow['factors']) =>
    factors.map(({ factor, points, weight }) => ({ factor, points, weight }))
  return (
    score?.scoreClass !== (known.score_class ?? undefined) ||
    standing !== known.derived_standing ||
    measured.basis.days_late !== habit ||
    !isDeepStrictEqual(earned(score?.factors ?? []), earned(latest.factors))
  )
}

async function keepScores(
  tx: Tx,
  changed: readonly Scored[],
  { policyId, version }: RulesInForce,
): Promise<void> {
  const rows = changed.map(({ customerId, measured, score, standing }) => ({
    id: newId(),
    customer_id: customerId,
    score: score?.score ?? null,
    score_class: score?.scoreClass ?? null,
    standing,
    factors: score?.factors ?? [],
    basis: measured.basis,
  }))
  if (rows.length === 0) return
  await sql`
    insert into credit_score (tenant_id, id, customer_id, score_date, score, score_class, standing, policy_id,
      policy_version, factors, basis, created_at)
    select ${tx.tenant.id}, id, customer_id, ${tx.today}, score, score_class, standing, ${policyId}, ${version}, factors,
      basis, ${tx.now}
    from json_to_recordset(${JSON.stringify(rows)}) as scored(
      id uuid, customer_id uuid, score int, score_class text, standing text, factors jsonb, basis jsonb)
  `.execute(tx.db)
}

/** Writes every standing that was looked at, so that tonight does not come back to it; only changes make a version. */
async function writeStandings(
  tx: Tx,
  scored: readonly Scored[],
  changed: ReadonlySet<Scored>,
): Promise<CreditStandingRow[]> {
  const rows = scored.map((one) => ({
    customer_id: one.customerId,
    score: one.score?.score ?? null,
    score_class: one.score?.scoreClass ?? null,
    derived_standing: one.standing,
    habit_days_late: one.measured.basis.days_late,
    change: changed.has(one) ? 1 : 0,
  }))
  const { rows: written } = await sql<CreditStandingRow>`
    insert into credit_standing as known (tenant_id, customer_id, score, score_class, derived_standing, habit_days_late,
      scored_date, version, created_at, updated_at)
    select ${tx.tenant.id}, customer_id, score, score_class, derived_standing, habit_days_late, ${tx.today}, change,
      ${tx.now}, ${tx.now}
    from json_to_recordset(${JSON.stringify(rows)}) as scored(
      customer_id uuid, score int, score_class text, derived_standing text, habit_days_late numeric(6,1), change int)
    on conflict (tenant_id, customer_id) do update
    set score = excluded.score, score_class = excluded.score_class, derived_standing = excluded.derived_standing,
      habit_days_late = excluded.habit_days_late, scored_date = excluded.scored_date,
      version = known.version + excluded.version,
      updated_at = case when excluded.version = 0 then known.updated_at else excluded.updated_at end
    returning *
  `.execute(tx.db)
  return written
}

async function announceChanges(
  tx: Tx,
  after: readonly CreditStandingRow[],
  before: ReadonlyMap<string, CreditStandingRow>,
): Promise<void> {
  const changed = after.filter(
    ({ customer_id, version }) => version !== (before.get(customer_id)?.version ?? 0),
  )
  const customers = await findCustomers(
    tx,
    changed.map(({ customer_id }) => customer_id),
  )
  announce(
    tx,
    ...changed.map((standing) =>
      standingChanged(tx, standing, before.get(standing.customer_id), customers),
    ),
  )
}
