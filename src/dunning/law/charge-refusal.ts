import type { Law } from './jurisdiction.ts'
import { onScale } from './scale.ts'

/** How far the notice that the law wants before a fee has come: not given, not sent, its term running, or over. */
export type TermState = 'missing' | 'not_sent' | 'running' | 'has_run'

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
  /** How far the notice that the law wants before has come (NL from receipt, BE from dispatch). */
  statutoryTerm: TermState
  /** Fees charged for this claim before, and the lump sum charged for it, whatever became of them save waivers. */
  feesBefore: number
  lumpSum: number
  /** The costs that lump sum stands for: itself, and the fees charged before it that it was cut by. */
  lumpSumCovers: number
}

/** Why a charge is not, or not wholly, allowed. */
export const chargeRefusals = [
  'not_in_default',
  'no_lump_sum',
  'lump_sum_charged_before',
  'fees_charged_before',
  'percentage_fee',
  'statutory_notice_missing',
  'statutory_notice_not_sent',
  'statutory_notice_term_running',
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
 * once per claim; fees only beyond a lump sum, and a lump sum only beyond fees, since it covers the first costs.
 */
export function chargeRefusal(law: Law, charge: ProposedCharge): ChargeRefusal | null {
  if (charge.kind === 'fee') return feeRefusal(law, charge)
  if (!charge.inDefault) return refused('not_in_default', law.default?.code ?? null)
  if (charge.kind === 'interest') return null
  if (law.lump_sum === undefined) return refused('no_lump_sum', null)
  if (charge.lumpSum > 0) return refused('lump_sum_charged_before', law.lump_sum.code)
  if (charge.feesBefore === 0) return null
  const allowedAmount = Math.max(0, charge.amount - charge.feesBefore)
  return { code: 'fees_charged_before', allowedAmount, rule: law.lump_sum.code }
}

function feeRefusal(law: Law, charge: ProposedCharge): ChargeRefusal | null {
  const { fees } = law
  if (fees?.terms.refusesPercentage && charge.isPercentage)
    return refused('percentage_fee', fees.code)
  if (!charge.inDefault) return refused('not_in_default', fees?.code ?? law.default?.code ?? null)
  if (fees?.terms.afterNotice && charge.statutoryTerm !== 'has_run')
    return refused(termRefusals[charge.statutoryTerm], fees.code)

  const { noticeCap = null, cap = null } = fees?.terms ?? {}
  const rule = fees?.code ?? null
  const together = charge.feesBefore + charge.amount
  const limits: { code: ChargeRefusalCode; amount: number; rule: string | null }[] = []
  if (noticeCap?.currency === charge.currency)
    limits.push({ code: 'above_notice_cap', amount: noticeCap.amount, rule })
  if (cap?.currency === charge.currency) {
    const left = onScale(cap, charge.principal) - charge.lumpSum - charge.feesBefore
    limits.push({ code: 'above_cap', amount: Math.max(0, left), rule })
  } else if (charge.lumpSum > 0) {
    const beyond = Math.min(charge.amount, Math.max(0, together - charge.lumpSumCovers))
    limits.push({ code: 'within_lump_sum', amount: beyond, rule: law.lump_sum?.code ?? null })
  }
  const tightest = limits.sort((a, b) => a.amount - b.amount)[0]
  if (tightest === undefined || tightest.amount >= charge.amount) return null
  return { code: tightest.code, allowedAmount: tightest.amount, rule: tightest.rule }
}

const termRefusals = {
  missing: 'statutory_notice_missing',
  not_sent: 'statutory_notice_not_sent',
  running: 'statutory_notice_term_running',
} as const satisfies Record<Exclude<TermState, 'has_run'>, ChargeRefusalCode>

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
