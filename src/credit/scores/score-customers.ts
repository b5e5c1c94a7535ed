import { isDeepStrictEqual } from 'node:util'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { findCustomers } from '../../parties/queries.ts'
import type { CreditPolicyDefinition } from '../policies/policy.ts'
import { rulesInForce } from '../policies/queries.ts'
import type { CreditStandingRow } from '../table.ts'
import { standingChanged } from './events.ts'
import { followStandings } from './follow-standings.ts'
import { keepScores, type Scored, writeStandings } from './keep-scores.ts'
import { measureCustomers } from './measure-customers.ts'
import { standingsOf } from './queries.ts'
import { type ScoredFactor, scoreOf } from './scorecard.ts'
import { standingOf } from './standing.ts'

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
  const changed = scored.filter((one) => differs(one, standings.get(one.customerId)))
  await keepScores(tx, changed, rules)
  const after = await writeStandings(tx, scored, new Set(changed), rules)
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

/** Whether anything is worth an entry: the score, what earned it, the standing or the habit. Figures alone are not. */
function differs(
  { measured, score, standing }: Scored,
  known: CreditStandingRow | undefined,
): boolean {
  if (known === undefined || known.basis === null) return true
  const habit = known.habit_days_late === null ? null : Number(known.habit_days_late)
  return (
    (score?.scoreClass ?? null) !== known.score_class ||
    standing !== known.derived_standing ||
    measured.basis.days_late !== habit ||
    !isDeepStrictEqual(earned(score?.factors ?? []), earned(known.factors))
  )
}

const earned = (factors: readonly ScoredFactor[]) =>
  factors.map(({ factor, points, weight }) => ({ factor, points, weight }))

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
