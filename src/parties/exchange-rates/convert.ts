import { exponentOf, proportion } from '../../foundation/money.ts'

/** A rate between two currencies, and which way it was given. */
export interface RateBetween {
  /** What one unit costs: a decimal above zero, `0.9234`. */
  rate: string
  /** True when the rate is of one unit of the target currency in the source's, so that it divides. */
  inverse: boolean
}

/**
 * An amount in another currency, exact in both their minor units and rounded once, halves away from zero: 100.00 USD
 * at 0.9234 are 92.34 EUR, 1,000 JPY at 0.0061 are 6.10 EUR. Throws a `RangeError` beyond 2^53 - 1.
 */
export function convert(
  amount: number,
  from: string,
  to: string,
  { rate, inverse }: RateBetween,
): number {
  const [whole = '', fraction = ''] = rate.split('.')
  const above = BigInt(whole + fraction)
  const below = 10n ** BigInt(fraction.length)
  const [target, source] = [10n ** BigInt(exponentOf(to)), 10n ** BigInt(exponentOf(from))]
  return inverse
    ? proportion(amount, below * target, above * source)
    : proportion(amount, above * target, below * source)
}
