import type { MoneyAmount } from '../../foundation/money.ts'
import type { CreditPolicyDefinition, LimitFormula, Standing } from '../policies/policy.ts'
import { limitByFormula } from './limit-by-formula.ts'

/** What a recommendation is made from. */
export interface ReviewFigures {
  /** Net of credit notes, in the twelve months up to the day, in the currency of the policy's formula. Minor units. */
  invoicedAmount: number
  scoreClass: string | null
  standing: Standing | null
  /** The customer's own standing limit, also when it has expired; null for none. */
  limit: MoneyAmount | null
  /** Exposure in percent of the limit in force; null without one. */
  utilisationPercent: number | null
  /** The net days the customer is invoiced with; null where nothing is agreed. */
  netDays: number | null
  /** A consumer or a sole trader. */
  naturalPerson: boolean
}

/** Why something is recommended: a code, and the figures it was judged by. */
export interface RecommendationReason {
  code: ReasonCode
  inputs: Record<string, string | number | null>
}

export const reasonCodes = [
  /** The formula gives more, or less, than the limit. */
  'formula_gives_more',
  'formula_gives_less',
  /** The difference is not worth a change by the policy. */
  'change_too_small',
  /** Pays promptly and needs the limit, so that a small raise is worth it too. */
  'prompt_payer_near_limit',
  /** The policy has no formula, or the customer no score class, so that nothing can be worked out. */
  'no_formula',
  'no_score_class',
  /** The limit is in another currency than the formula. */
  'other_currency',
  /** The terms the policy finds fitting for the standing. */
  'fitting_terms',
  /** The policy names no terms for the standing, or the customer has none to compare with. */
  'no_fitting_terms',
  'no_agreed_terms',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

export const limitActions = ['raise', 'keep', 'lower'] as const
export const termsActions = ['longer', 'keep', 'shorter', 'prepayment'] as const

/** What a review recommends. Only a person applies it. */
export interface Recommendation {
  limit: {
    action: (typeof limitActions)[number]
    /** The limit that is recommended; null where it is kept. */
    amount: number | null
    currency: string | null
    reasons: RecommendationReason[]
  }
  terms: {
    action: (typeof termsActions)[number]
    /** The net days that are recommended; null where they are kept. */
    net_days: number | null
    reasons: RecommendationReason[]
  }
  /** True for natural persons: nothing of it may be decided by a machine (GDPR art. 22). */
  human_review_required: boolean
}

type Rules = Pick<CreditPolicyDefinition, 'limit_formula' | 'reviews' | 'monitoring'>

/** What limit and terms are fitting for a customer. Pure, and exact to the cent. */
export const recommend = (figures: ReviewFigures, rules: Rules): Recommendation => ({
  limit: recommendLimit(figures, rules),
  terms: recommendTerms(figures, rules),
  human_review_required: figures.naturalPerson,
})

function recommendLimit(figures: ReviewFigures, rules: Rules): Recommendation['limit'] {
  const { limit, scoreClass } = figures
  const { limit_formula: formula } = rules
  if (formula === null) return keep('no_formula', {})
  if (scoreClass === null) return keep('no_score_class', {})
  if (limit !== null && limit.currency !== formula.currency)
    return keep('other_currency', { currency: limit.currency, formula_currency: formula.currency })
  return byFormula(figures, formula, rules)
}

const keep = (
  code: ReasonCode,
  inputs: RecommendationReason['inputs'],
): Recommendation['limit'] => ({
  action: 'keep',
  amount: null,
  currency: null,
  reasons: [{ code, inputs }],
})

function byFormula(
  { limit, scoreClass, invoicedAmount, standing, utilisationPercent }: ReviewFigures,
  formula: LimitFormula,
  { reviews, monitoring }: Rules,
): Recommendation['limit'] {
  const percent = formula.percents.find(({ score_class }) => score_class === scoreClass)?.percent
  // A class that the formula does not name gets nothing, not even the minimum.
  const amount = percent === undefined ? 0 : limitByFormula(invoicedAmount, percent, formula)
  const current = limit?.amount ?? 0
  const inputs = {
    invoiced_amount: invoicedAmount,
    months: formula.months,
    score_class: scoreClass,
    percent: percent ?? 0,
    formula_amount: amount,
    limit_amount: limit?.amount ?? null,
  }
  const change = { amount, currency: formula.currency }
  const more = { code: 'formula_gives_more', inputs } as const
  const changePercent = reviews?.limit_change_percent ?? 0
  if (isWorthwhile(amount, current, changePercent)) {
    return amount > current
      ? { action: 'raise', ...change, reasons: [more] }
      : { action: 'lower', ...change, reasons: [{ code: 'formula_gives_less', inputs }] }
  }
  const nearPercent = Math.min(...monitoring.utilisation_percents)
  if (amount > current && standing === 'good' && (utilisationPercent ?? 0) >= nearPercent) {
    const near = { utilisation_percent: utilisationPercent, near_percent: nearPercent }
    const prompt = { code: 'prompt_payer_near_limit', inputs: { standing, ...near } } as const
    return { action: 'raise', ...change, reasons: [more, prompt] }
  }
  return keep('change_too_small', { ...inputs, limit_change_percent: changePercent })
}

/** Whether the formula's amount differs from the limit, and by so many percent of it. */
const isWorthwhile = (amount: number, current: number, changePercent: number): boolean =>
  amount !== current &&
  BigInt(Math.abs(amount - current)) * 100n >= BigInt(changePercent) * BigInt(current)

function recommendTerms(
  { standing, netDays }: ReviewFigures,
  { reviews }: Rules,
): Recommendation['terms'] {
  const fitting = reviews?.terms.find((terms) => terms.standing === standing)?.net_days
  const inputs = { standing, net_days: netDays, fitting_net_days: fitting ?? null }
  const answer = (
    action: (typeof termsActions)[number],
    code: ReasonCode,
  ): Recommendation['terms'] => ({
    action,
    net_days: action === 'keep' ? null : (fitting ?? null),
    reasons: [{ code, inputs }],
  })
  if (fitting === undefined) return answer('keep', 'no_fitting_terms')
  if (netDays === null) return answer('keep', 'no_agreed_terms')
  if (fitting === netDays) return answer('keep', 'fitting_terms')
  if (fitting === 0) return answer('prepayment', 'fitting_terms')
  return answer(fitting > netDays ? 'longer' : 'shorter', 'fitting_terms')
}
