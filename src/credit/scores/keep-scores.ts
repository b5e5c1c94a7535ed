import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import type { Standing } from '../policies/policy.ts'
import type { RulesInForce } from '../policies/queries.ts'
import { rememberStandings } from '../remember-standings.ts'
import type { CreditStandingRow } from '../table.ts'
import type { MeasuredForScore } from './measure-customers.ts'
import type { Score } from './scorecard.ts'

/** A customer as it scores now. */
export interface Scored {
  customerId: string
  measured: MeasuredForScore
  /** Null where the policy has no scorecard. */
  score: Score | null
  /** Null where the policy says nothing of standings. */
  standing: Standing | null
}

/** Keeps scores for good, with what they were made of. */
export async function keepScores(
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
export async function writeStandings(
  tx: Tx,
  scored: readonly Scored[],
  changed: ReadonlySet<Scored>,
  { version }: RulesInForce,
): Promise<CreditStandingRow[]> {
  const rows = scored.map((one) => ({
    customer_id: one.customerId,
    score: one.score?.score ?? null,
    score_class: one.score?.scoreClass ?? null,
    derived_standing: one.standing,
    habit_days_late: one.measured.basis.days_late,
    factors: one.score?.factors ?? [],
    basis: one.measured.basis,
    change: changed.has(one) ? 1 : 0,
  }))
  const { rows: written } = await sql<CreditStandingRow>`
    insert into credit_standing as known (tenant_id, customer_id, score, score_class, derived_standing, habit_days_late,
      factors, basis, policy_version, scored_date, version, created_at, updated_at)
    select ${tx.tenant.id}, customer_id, score, score_class, derived_standing, habit_days_late, factors, basis,
      ${version}::int, ${tx.today}, change, ${tx.now}, ${tx.now}
    from json_to_recordset(${JSON.stringify(rows)}) as scored(
      customer_id uuid, score int, score_class text, derived_standing text, habit_days_late numeric(6,1),
      factors jsonb, basis jsonb, change int)
    on conflict (tenant_id, customer_id) do update
    set score = excluded.score, score_class = excluded.score_class, derived_standing = excluded.derived_standing,
      habit_days_late = excluded.habit_days_late, factors = excluded.factors, basis = excluded.basis,
      policy_version = excluded.policy_version, scored_date = excluded.scored_date,
      version = known.version + excluded.version,
      updated_at = case when excluded.version = 0 then known.updated_at else excluded.updated_at end
    returning *
  `.execute(tx.db)
  await rememberStandings(
    tx,
    [...changed].map(({ customerId }) => customerId),
  )
  return written
}
