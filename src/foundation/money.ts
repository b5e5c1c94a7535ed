import assert from 'node:assert'

/**
 * Money is a whole number of minor units of the currency beside it: 148810 with `EUR` is 1,488.10 euros. It is a safe
 * integer everywhere, so that it survives JSON; rates are multiplied with BigInt and rounded once, half-up.
 */

/** An amount with its currency. */
export interface MoneyAmount {
  currency: string
  /** Minor units. */
  amount: number
}

/** The largest amount the service carries: 2^53 - 1 minor units. */
export const MAX_AMOUNT = Number.MAX_SAFE_INTEGER

/** Adds amounts; throws a `RangeError` rather than lose a cent beyond 2^53 - 1. */
export function sum(amounts: Iterable<number>): number {
  let total = 0n
  for (const amount of amounts) total += BigInt(amount)
  return exact(total)
}

/**
 * `amount × numerator ÷ denominator`, rounded once to the nearest minor unit, halves away from zero.
 * Both factors are whole numbers: a rate of 9.27 % is 927 over 10,000.
 */
export function share(amount: number, numerator: number, denominator: number): number {
  return proportion(amount, BigInt(numerator), BigInt(denominator))
}

/** A share by factors of any size, as of an exchange rate; throws a `RangeError` beyond 2^53 - 1. */
export function proportion(amount: number, numerator: bigint, denominator: bigint): number {
  assert(denominator > 0n, 'a share needs a positive denominator')
  const product = BigInt(amount) * numerator
  const magnitude = ((product < 0n ? -product : product) * 2n + denominator) / (denominator * 2n)
  return exact(product < 0n ? -magnitude : magnitude)
}

/** A share given in percent as a decimal of up to four places, rounded once: `2.5` percent of 10,000 is 250. */
export function percentOf(amount: number, percent: string): number {
  const [whole = '', fraction = ''] = percent.split('.')
  return share(amount, Number(whole + fraction), 100 * 10 ** fraction.length)
}

/**
 * Splits an amount by weights without losing a minor unit: each part is rounded down, and what remains goes one unit
 * each to the parts that were cut most (largest remainder), the first of equals first.
 */
export function split(amount: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((total, weight) => total + BigInt(weight), 0n)
  assert(whole > 0n && amount >= 0, 'a split needs a non-negative amount and positive weights')
  const exactParts = weights.map((weight) => BigInt(amount) * BigInt(weight))
  const parts = exactParts.map((part) => part / whole)
  let rest = BigInt(amount) - parts.reduce((total, part) => total + part, 0n)
  const byRemainder = exactParts
    .map((part, index) => ({ index, remainder: part % whole }))
    .sort((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1,
    )
  for (const { index } of byRemainder) {
    if (rest === 0n) break
    parts[index] = (parts[index] as bigint) + 1n
    rest -= 1n
  }
  return parts.map(exact)
}

/** Currencies that do not have two decimal places (ISO 4217, list one). All others have two. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
}

/** Decimal places of a currency's minor unit (ISO 4217). */
export const exponentOf = (currency: string): number => EXPONENTS[currency] ?? 2

const known = new Set(Intl.supportedValuesOf('currency'))

/** True for a currency code that ISO 4217 knows. */
export const isCurrency = (code: string): boolean => known.has(code)

/** An amount as machines read it, with the decimal places of its currency: `-1488.10`. */
export function decimalOf(amount: number, currency: string): string {
  const exponent = exponentOf(currency)
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0')
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`
  return `${amount < 0 ? '-' : ''}${digits.slice(0, digits.length - exponent)}${fraction}`
}

/** An amount as people read it, for summaries: `1,488.10 EUR`. */
export function formatAmount(amount: number, currency: string): string {
  const grouped = decimalOf(amount, currency).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',')
  return `${grouped} ${currency}`
}

function exact(value: bigint): number {
  if (value > BigInt(MAX_AMOUNT) || value < -BigInt(MAX_AMOUNT)) {
    throw new RangeError('amount beyond 2^53 - 1 minor units')
  }
  return Number(value)
}
