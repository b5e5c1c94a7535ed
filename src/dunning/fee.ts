import { percentOf } from '../foundation/money.ts'
import type { Fee } from './policy.ts'

/** The fee of a level in a currency; undefined where it has none. */
export const feeIn = (fees: readonly Fee[], currency: string): Fee | undefined =>
  fees.find((fee) => fee.currency === currency)

/** What a fee comes to, minor units: an amount, a percentage of what is overdue, or the last step that it reaches. */
export const feeAmount = ({ amount, percent, steps }: Fee, overdueAmount: number): number =>
  amount ??
  (percent === undefined
    ? (steps?.findLast(({ from_amount }) => from_amount <= overdueAmount)?.amount ?? 0)
    : percentOf(overdueAmount, percent))
