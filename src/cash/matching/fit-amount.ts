import { sum } from '../../foundation/money.ts'
import type { CandidateClaim, Reason } from './match.ts'

/** What matching allows for. */
export interface FitSettings {
  /** What banks on the way may have kept, at most. */
  bankFeeMaxAmount: number
}

/** The claims an amount goes to, and what makes it fit. */
export interface Fit {
  claims: readonly CandidateClaim[]
  reason: Reason | null
}

const SEARCHED_CLAIMS_MAX = 14
/** A fee is a small part of what was sent, whatever the allowance. */
const FEE_SHARE_MAX = 0.05

const amountOf = (claims: readonly CandidateClaim[]): number =>
  sum(claims.map(({ amount }) => amount))

/** A claim as it is paid by whoever takes its early-payment discount. */
const discounted = (claim: CandidateClaim): CandidateClaim => ({
  ...claim,
  amount: claim.amount - claim.discountAmount,
})

const fit = (
  claims: readonly CandidateClaim[],
  code: Reason['code'],
  weight: number,
  inputs: Reason['inputs'] = {},
): Fit => ({ claims, reason: { code, weight, inputs: { claims: claims.length, ...inputs } } })

/** How an amount fits claims the payer has named; `others` are the open claims that were not. */
export function fitNamed(
  amount: number,
  named: readonly CandidateClaim[],
  others: readonly CandidateClaim[],
  settings: FitSettings,
): Fit {
  const open = amountOf(named)
  if (open === amount) return fit(named, 'amount_exact', 60, { amount })
  const payable = named.map(discounted)
  if (amountOf(payable) === amount) return fit(payable, 'amount_less_discount', 60, { amount })
  if (open > amount) {
    const part = theOnlySum(amount, named)
    if (part !== undefined) return fit(part, 'amount_adds_up', 60, { amount })
    if (isFee(open - amount, open, settings))
      return fit(named, 'amount_less_fee', 20, { fee: open - amount })
    if (new Set(named.map(({ invoiceId }) => invoiceId)).size > 1)
      return fit(named, 'amount_unclear', -20, { open, amount })
  } else {
    const rest = theOnlySum(amount - open, others)
    if (rest !== undefined) return fit([...named, ...rest], 'amount_adds_up', 50, { amount })
  }
  return { claims: named, reason: null }
}

/** How an amount fits what is open, where the payer has named nothing; undefined when it does not. */
export function fitUnnamed(
  amount: number,
  open: readonly CandidateClaim[],
  settings: FitSettings,
): Fit | undefined {
  const same = open.filter((claim) => claim.amount === amount)
  const [first] = same
  if (first !== undefined) {
    return same.length === 1
      ? fit([first], 'amount_one_item', 60, { amount })
      : fit([first], 'amount_several_items', 5, { amount, items: same.length })
  }
  const [payable, another] = open.map(discounted).filter((claim) => claim.amount === amount)
  if (payable !== undefined && another === undefined)
    return fit([payable], 'amount_less_discount', 50, { amount })
  if (open.length > 1 && amountOf(open) === amount)
    return fit(open, 'amount_balance', 60, { amount })
  const some = theOnlySum(amount, open)
  if (some !== undefined) return fit(some, 'amount_adds_up', 45, { amount })
  const short = open.filter((claim) => isFee(claim.amount - amount, claim.amount, settings))
  return short.length === 1
    ? fit(short, 'amount_less_fee', 5, { fee: amountOf(short) - amount })
    : undefined
}

/** True when a difference can be what a bank kept. */
const isFee = (difference: number, open: number, settings: FitSettings): boolean =>
  difference > 0 && difference <= settings.bankFeeMaxAmount && difference <= open * FEE_SHARE_MAX

/**
 * The claims that add up to an amount, when there is exactly one such choice; undefined when there is none, more than
 * one, or more claims than can be tried.
 */
export function theOnlySum(
  amount: number,
  claims: readonly CandidateClaim[],
): CandidateClaim[] | undefined {
  if (claims.length > SEARCHED_CLAIMS_MAX) return undefined
  const found: CandidateClaim[][] = []
  const search = (from: number, left: number, chosen: CandidateClaim[]): void => {
    if (left === 0) found.push(chosen)
    if (left <= 0 || found.length > 1) return
    for (const [offset, claim] of claims.slice(from).entries())
      search(from + offset + 1, left - claim.amount, [...chosen, claim])
  }
  search(0, amount, [])
  return found.length === 1 ? found[0] : undefined
}
