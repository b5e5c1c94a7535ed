import type { Reader } from '../../foundation/database/frame.ts'
import { Problem } from '../../foundation/problem.ts'
import { findExchangeRates } from '../../parties/exchange-rates/queries.ts'
import { conversionsBy } from '../exposure/conversions.ts'
import { type ConversionsInto, measurer } from '../exposure/measure.ts'
import { momentOf } from '../exposure/moment.ts'
import { factsAt } from '../exposure/past-facts.ts'
import type { Outcome } from '../policies/policy.ts'
import { rulesOf } from '../policies/queries.ts'
import {
  type CheckRule,
  evaluate,
  type RuleFinding,
  type Situation,
  type Verdict,
} from './evaluate.ts'
import { countedAt, situationOf } from './situation.ts'
import type { CheckRow } from './table.ts'

/** A rule that does not find the same of the same moment; null where it was not asked. */
export interface Difference {
  rule: CheckRule
  said: Outcome | null
  says: Outcome | null
}

/** A decision made once more, and where it differs from what was decided. */
export interface Replay {
  check: CheckRow
  situation: Situation
  verdict: Verdict
  differences: Difference[]
}

/**
 * Decides a check once more from what was known at its moment: money from the ledger, all else from the events, by the
 * version of the policy and the rates that decided. Nothing of what the check has kept as its inputs is used, so that
 * an agreement proves both.
 */
export async function replayCheck(reader: Reader, check: CheckRow): Promise<Replay> {
  const moment = momentOf({
    day: check.checked_date,
    at: check.created_at,
    snapshot: check.snapshot,
    transaction: check.decided_tx,
  })
  const policy = await rulesOf(reader, check.policy_id, check.policy_version)
  const past = await factsAt(reader, [check.customer_id], moment, policy.definition.exposure)
  const counted = countedAt(past.states, check, moment, policy.definition.exposure)
  const measure = measurer(past, policy.definition.exposure, await ratesOfCheck(reader, check))
  const measured = await measure(check.customer_id)
  if (measured === undefined) throw new Problem('customer_not_found')
  const situation = situationOf(measured, {
    currency: check.currency,
    amount: check.amount,
    netDays: check.net_days,
    counted,
    today: check.checked_date,
  })
  const verdict = evaluate(situation, policy.definition)
  return { check, situation, verdict, differences: differencesOf(check.rules, verdict.findings) }
}

/** The rates that decided, read again by their ids: rates are never changed. */
async function ratesOfCheck(reader: Reader, check: CheckRow): Promise<ConversionsInto> {
  const kept = [check.exposure, ...(check.group_exposure === null ? [] : [check.group_exposure])]
  const known = await findExchangeRates(
    reader,
    kept.flatMap(({ rates }) => rates.map(({ rateId }) => rateId)),
  )
  return async (currency) =>
    conversionsBy(
      currency,
      kept
        .filter((exposure) => exposure.currency === currency)
        .flatMap(({ rates }) => rates)
        .flatMap((used) => {
          const supplied = known.get(used.rateId)
          return supplied === undefined
            ? []
            : [{ ...used, rate: supplied.rate, rateDate: supplied.rate_date }]
        }),
    )
}

/** Rules that find something else, by outcome or by any figure they looked at. */
function differencesOf(then: readonly RuleFinding[], now: readonly RuleFinding[]): Difference[] {
  const text = (finding: RuleFinding | undefined) =>
    JSON.stringify(
      finding,
      finding && [...Object.keys(finding), ...Object.keys(finding.inputs)].sort(),
    )
  return Array.from({ length: Math.max(then.length, now.length) }, (_, index) => ({
    said: then[index],
    says: now[index],
  })).flatMap(({ said, says }) =>
    text(said) === text(says)
      ? []
      : [
          {
            rule: (said ?? says)?.rule as CheckRule,
            said: said?.outcome ?? null,
            says: says?.outcome ?? null,
          },
        ],
  )
}
