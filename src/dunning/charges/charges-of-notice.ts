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
  const ofItems = charged.flatMap((one) => [
    ...lumpSumOf(stamp, notice, one),
    ...interestOf(stamp, notice, one),
  ])
  return [...ofItems, ...feeOfNotice(stamp, notice, charged, ofItems)]
}

function lumpSumOf(stamp: Stamp, notice: ChargingNotice, charged: Charged): ChargeRow[] {
  const { level, accrual, before } = charged
  if (!level.lump_sum || before.lumpSum > 0) return []
  const amount = accrual.lumpSumAmount
  const proposed = { ...proposal(charged, notice), kind: 'lump_sum', amount } as const
  const refusal = chargeRefusal(accrual.law, proposed)
  const base = accrual.claim.principal
  const explanation = { asked_amount: amount, base_amount: base, ...defaultOf(accrual) }
  return [judged(stamp, notice, { kind: 'lump_sum', explanation, charged }, amount, refusal)]
}

function interestOf(stamp: Stamp, notice: ChargingNotice, charged: Charged): ChargeRow[] {
  const { level, accrual, before } = charged
  const { interest, interestRefusal } = accrual
  if (level.interest.kind === 'none') return []
  const draft = { kind: 'interest', charged } as const
  const explanation = { ...explainInterest(interest, before.interest), ...defaultOf(accrual) }
  if (interest === null) {
    const row = blank(stamp, notice, { ...draft, explanation })
    return [{ ...row, status: 'refused', reason: interestRefusal }]
  }
  const percent = level.interest.percent ?? null
  const tomorrow = addDays(stamp.today, 1)
  const running: ChargeRow = {
    ...blank(stamp, notice, { ...draft, explanation: { asked_amount: 0 } }),
    status: 'accrued',
    percent,
    from_date: tomorrow,
    next_look_date: tomorrow,
  }
  const amount = interest.amount - before.interest
  if (amount <= 0) return [running]
  const claimed = judged(stamp, notice, { ...draft, explanation }, amount, null)
  const from_date = accrual.default?.date ?? null
  return [{ ...claimed, percent, from_date, until_date: stamp.today }, running]
}
