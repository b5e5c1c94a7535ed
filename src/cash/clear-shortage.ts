import { discountOn } from '../billing/early-payment-discount.ts'
import { percentOf, share, sum } from '../foundation/money.ts'
import type { Deduction, Money } from './allocation.ts'
import type { Claim } from './claim.ts'
import type { AllocationSettings, Tolerance } from './settings.ts'

/** The tolerance in a currency, where there is one. */
export const toleranceIn = (
  currency: string,
  { tolerances }: AllocationSettings,
): Tolerance | undefined => tolerances.find((tolerance) => tolerance.currency === currency)

/**
 * The early-payment discount a claim still allows on the day of the money, within what may be cleared of it. It is taken
 * of the whole claim: who has paid a part in time may keep the discount on all of it with the last part.
 */
export function allowedDiscount(
  claim: Claim,
  clearable: number,
  { date }: Money,
  { discount_grace_days }: AllocationSettings,
): number {
  const whole = discountOn(
    claim.early_payment_discounts,
    claim.discountable_amount,
    date,
    discount_grace_days,
  )
  return Math.max(0, Math.min(whole - claim.discounted_amount, clearable))
}

/** The tax in a discount: what the tax is of its invoice. */
export const taxOf = (claim: Claim, discount: number): number =>
  Math.min(share(discount, claim.invoice_tax_amount, claim.invoice_total_amount), discount - 1)

/** A claim, and how much of it may be cleared without money. */
export interface Clearable {
  claim: Claim
  /** What was to be paid of it. */
  open: number
  /** The most that may be cleared; of a claim that has had no money yet, some must be paid. */
  clearable: number
}

/**
 * How a shortage over some claims is cleared: by the early-payment discounts they still allow, the first claim first,
 * and what they do not cover by the tolerance, on the largest claim. Empty when the shortage is more than both: then all
 * of it stays open.
 */
export function clearShortage(
  claims: readonly Clearable[],
  short: number,
  money: Money,
  settings: AllocationSettings,
): Map<Claim, Deduction[]> {
  const cleared = new Map<Claim, Deduction[]>()
  if (short <= 0) return cleared
  let uncovered = short
  const rests = claims.map(({ claim, clearable }) => {
    const discount = Math.min(uncovered, allowedDiscount(claim, clearable, money, settings))
    uncovered -= discount
    if (discount > 0)
      cleared.set(claim, [
        { itemId: claim.id, kind: 'discount', amount: discount, taxAmount: taxOf(claim, discount) },
      ])
    return { claim, rest: clearable - discount }
  })
  if (uncovered === 0) return cleared
  const [largest] = rests.sort((a, b) => b.rest - a.rest)
  const tolerated = toleratedOf(sum(claims.map(({ open }) => open)), money.currency, settings)
  if (largest === undefined || uncovered > tolerated || uncovered > largest.rest) return new Map()
  const difference: Deduction = {
    itemId: largest.claim.id,
    kind: 'payment_difference',
    amount: uncovered,
    taxAmount: 0,
  }
  return cleared.set(largest.claim, [...(cleared.get(largest.claim) ?? []), difference])
}

/** How much may be missing of an amount: the smaller of what the tolerance says absolutely and in percent. */
function toleratedOf(amount: number, currency: string, settings: AllocationSettings): number {
  const tolerance = toleranceIn(currency, settings)
  if (tolerance === undefined) return 0
  const { short_amount, short_percent } = tolerance
  return short_percent == null
    ? short_amount
    : Math.min(short_amount, percentOf(amount, short_percent))
}
