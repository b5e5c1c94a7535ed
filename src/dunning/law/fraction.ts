import assert from 'node:assert'
import { MAX_AMOUNT } from '../../foundation/money.ts'

/** An exact quotient of whole numbers, its denominator positive: what interest is until it is rounded, once. */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

export const zero: Fraction = { numerator: 0n, denominator: 1n }

/** A whole number as a fraction. */
export const whole = (value: number): Fraction => ({ numerator: BigInt(value), denominator: 1n })

/** The exact sum, in lowest terms, so that years of it stay small. */
export const plus = (a: Fraction, b: Fraction): Fraction =>
  reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

/** The exact product with `above ÷ below`, in lowest terms. */
export function times(a: Fraction, above: bigint, below: bigint): Fraction {
  assert(below > 0n, 'a fraction needs a positive denominator')
  return reduced(a.numerator * above, a.denominator * below)
}

/** The nearest whole number, halves away from zero; throws a `RangeError` beyond 2^53 - 1. */
export function rounded(fraction: Fraction): number {
  const value = nearest(fraction)
  if (absolute(value) > BigInt(MAX_AMOUNT))
    throw new RangeError('amount beyond 2^53 - 1 minor units')
  return Number(value)
}

/** The fraction as a decimal of six places, the last rounded, halves away from zero: `712.328767`. */
export function decimal(fraction: Fraction): string {
  const millionths = nearest(times(fraction, 1_000_000n, 1n))
  const digits = String(absolute(millionths)).padStart(7, '0')
  return `${millionths < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value)

function nearest({ numerator, denominator }: Fraction): bigint {
  const magnitude = (absolute(numerator) * 2n + denominator) / (denominator * 2n)
  return numerator < 0n ? -magnitude : magnitude
}

function reduced(numerator: bigint, denominator: bigint): Fraction {
  let [a, b] = [absolute(numerator), denominator]
  while (b !== 0n) [a, b] = [b, a % b]
  return { numerator: numerator / a, denominator: denominator / a }
}
