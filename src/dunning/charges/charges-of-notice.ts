import { addDays } from '../../foundation/calendar.ts'
import { chargeRefusal } from '../law/charge-refusal.ts'
import type { ChargeFacts } from './charge-facts.ts'
import {
  blank,
  type Charged,
  type ChargingNotice,
  defaultOf,
  judged,
  proposal,
  type Stamp,
} from './charge-row.ts'
import { afterCredit, type CreditedFee, creditFees } from './earlier-fees.ts'
import { explainInterest } from './explain-interest.ts'
import { feeOfNotice } from './fee-of-notice.ts'
import type { ChargeRow } from './table.ts'

/**
 * The charges a notice claims, ready to be written, and those the law refuses, with the reason: a lump sum and the
 * interest since the last claim for each item whose level says so, then one fee at the level of the notice. Pure.
 */
export function chargesOfNotice(
  stamp: Stamp,
  notice: ChargingNotice,
  { accruals, before }: ChargeFacts,
): ChargeRow[] {
  const charged = notice.steps.flatMap((step): Charged[] => {
    const accrual = accruals.get(step.item.id)
    const sofar = before.get(step.item.id)
    return accrual && sofar ? [{ ...step, accrual, before: sofar }] : []
  })
  const ofItems = [
    ...lumpSumsOf(stamp, notice, charged.filter(asksLumpSum)),
    ...charged.flatMap((one) => interestOf(stamp, notice, one)),
  ]
  return [...ofItems, ...feeOfNotice(stamp, notice, charged, ofItems)]
}

const asksLumpSum = ({ level, before }: Charged): boolean => level.lump_sum && before.lumpSum === 0

/** Lump sums, each cut by what of the earlier fees has not cut another. */
function lumpSumsOf(
  stamp: Stamp,
  notice: ChargingNotice,
  [first, ...others]: readonly Charged[],
): ChargeRow[] {
  if (first === undefined) return []
  const credits = creditFees(first, first.accrual.lumpSumAmount)
  const rest = others.map((one) => afterCredit(one, first.item.id, credits))
  return [lumpSumOf(stamp, notice, first, credits), ...lumpSumsOf(stamp, notice, rest)]
}

function lumpSumOf(
  stamp: Stamp,
  notice: ChargingNotice,
  charged: Charged,
  credited_fees: CreditedFee[],
): ChargeRow {
  const { accrual } = charged
  const amount = accrual.lumpSumAmount
  const proposed = { ...proposal(charged, notice), kind: 'lump_sum', amount } as const
  const refusal = chargeRefusal(accrual.law, proposed)
  const base_amount = accrual.defaultedAmount
  const cut = credited_fees.length === 0 ? {} : { credited_fees }
  const explanation = { asked_amount: amount, base_amount, ...cut, ...defaultOf(accrual) }
  return judged(stamp, notice, { kind: 'lump_sum', explanation, charged }, amount, refusal)
}

/**
 * The interest since the last claim, as far as the law lets it be charged, and what runs on from tomorrow. Where a rate is
 * missing nothing is claimed now, but it runs.
 */
function interestOf(stamp: Stamp, notice: ChargingNotice, charged: Charged): ChargeRow[] {
  const { level, accrual, before } = charged
  const { interest, interestRefusal } = accrual
  if (level.interest.kind === 'none') return []
  const draft = { kind: 'interest', charged } as const
  const begun = defaultOf(accrual)
  const explanation = { ...explainInterest(interest, before.interest), ...begun }
  const amount = (interest?.amount ?? 0) - before.interest
  const refusal = chargeRefusal(accrual.law, { ...proposal(charged, notice), ...draft, amount })
  const reason = refusal?.code ?? interestRefusal
  const running = runningOf(stamp, notice, charged)
  if (reason !== null) {
    const row = blank(stamp, notice, { ...draft, explanation })
    const refused: ChargeRow = { ...row, reason, rule: refusal?.rule ?? null }
    return reason === 'reference_rate_unknown' ? [refused, running] : [refused]
  }
  if (amount <= 0) return [running]
  const claimed = judged(stamp, notice, { ...draft, explanation }, amount, null)
  const { percent } = running
  const from_date = begun.default_from_date
  return [{ ...claimed, percent, from_date, until_date: stamp.today }, running]
}

/** Interest that runs from tomorrow on, with what of it had been claimed so far. */
function runningOf(stamp: Stamp, notice: ChargingNotice, charged: Charged): ChargeRow {
  const { level, accrual, before } = charged
  const asked_amount = accrual.interest?.amount ?? before.interest
  const explanation = { asked_amount, settled_before_amount: before.interest }
  const tomorrow = addDays(stamp.today, 1)
  return {
    ...blank(stamp, notice, { kind: 'interest', charged, explanation }),
    status: 'accrued',
    percent: level.interest.percent ?? null,
    from_date: tomorrow,
    next_look_date: tomorrow,
  }
}
