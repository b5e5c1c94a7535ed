import type { Law } from './jurisdiction.ts'
import { onScale } from './scale.ts'

/** A fee, interest or lump sum that somebody wants to charge for one claim. */
export interface ProposedCharge {
  kind: 'fee' | 'interest' | 'lump_sum'
  amount: number
  currency: string
  /** What is open of the claim it belongs to. */
  principal: number
  /** Whether a fee was set in percent of the claim. */
  isPercentage: boolean
  /** Whether the debtor is in default with the claim before the notice that carries the charge. */
  inDefault: boolean
  /** Whether the term of the notice that the law wants before has run (NL from receipt, BE from dispatch). */
  statutoryNoticeTermHasRun: boolean
  /** Fees charged for this claim before, and the lump sum charged for it, whatever became of them save waivers. */
  feesBefore: number
  lumpSum: number
}

/** Why a charge is not, or not wholly, allowed. */
export const chargeRefusals = [
  'not_in_default',
  'no_lump_sum',
  'lump_sum_charged_before',
  'percentage_fee',
  'statutory_notice_missing',
  'within_lump_sum',
  'above_notice_cap',
  'above_cap',
] as const
export type ChargeRefusalCode = (typeof chargeRefusals)[number]

export interface ChargeRefusal {
  code: ChargeRefusalCode
  /** What is allowed of it: nothing, or what lies within the cap or beyond the lump sum. */
  allowedAmount: number
  /** The rule that says so; null for what follows from default itself. */
  rule: string | null
}

/**
 * Why the law refuses a charge, or all of it beyond an amount; null when it allows the whole. Nothing is due before
 * default: so the notice that causes default carries no fee where it has to be free. Lump sums are for businesses only,
 * once per claim; fees only beyond a lump sum, since that covers the first costs.
 */
export function chargeRefusal(law: Law, charge: ProposedCharge): ChargeRefusal | null {
  if (charge.kind === 'fee') return feeRefusal(law, charge)
  if (!charge.inDefault) return refused('not_in_default', law.default?.code ?? null)
  if (charge.kind === 'interest') return null
  if (law.lump_sum === undefined) return refused('no_lump_sum', null)
  return charge.lumpSum > 0 ? refused('lump_sum_charged_before', law.lump_sum.code) : null
}

function feeRefusal(law: Law, charge: ProposedCharge): ChargeRefusal | null {
  const { fees } = law
  if (fees?.terms.refusesPercentage && charge.isPercentage)
    return refused('percentage_fee', fees.code)
  if (!charge.inDefault) return refused('not_in_default', fees?.code ?? law.default?.code ?? null)
  if (fees?.terms.afterNotice && !charge.statutoryNoticeTermHasRun)
    return refused('statutory_notice_missing', fees.code)

  const { noticeCap, cap } = fees?.terms ?? { noticeCap: null, cap: null }
  const together = charge.feesBefore + charge.amount
  const limits: { code: ChargeRefusalCode; amount: number; rule: string | null }[] = []
  if (noticeCap?.currency === charge.currency)
    limits.push({ code: 'above_notice_cap', amount: noticeCap.amount, rule: fees?.code ?? null })
  if (cap?.currency === charge.currency) {
    const left = onScale(cap, charge.principal) - charge.lumpSum - charge.feesBefore
    limits.push({ code: 'above_cap', amount: Math.max(0, left), rule: fees?.code ?? null })
  } else if (charge.lumpSum > 0) {
    const beyond = Math.min(charge.amount, Math.max(0, together - charge.lumpSum))
    limits.push({ code: 'within_lump_sum', amount: beyond, rule: law.lump_sum?.code ?? null })
  }
  const tightest = limits.sort((a, b) => a.amount - b.amount)[0]
  if (tightest === undefined || tightest.amount >= charge.amount) return null
  return { code: tightest.code, allowedAmount: tightest.amount, rule: tightest.rule }
}

/**
 * The most that all fees for a claim may come to by a statutory scale: the collection costs of the Netherlands, the cap
 * of Belgium. Null where there is none in that currency.
 */
export function costCapOf(law: Law, principal: number, currency: string): number | null {
  const cap = law.fees?.terms.cap ?? null
  return cap === null || cap.currency !== currency ? null : onScale(cap, principal)
}

const refused = (code: ChargeRefusalCode, rule: string | null): ChargeRefusal => ({
  code,
  allowedAmount: 0,
  rule,
})
