import type { LimitFormula } from '../policies/policy.ts'

/**
 * Average monthly invoicing of the year × months × percent, within bounds and rounded down to a step: a multiple of the
 * step, or the minimum itself.
 */
export function limitByFormula(
  invoicedAmount: number,
  percent: number,
  { months, minimum_amount, maximum_amount, step_amount }: LimitFormula,
): number {
  const exact = (BigInt(invoicedAmount) * BigInt(months) * BigInt(percent)) / (12n * 100n)
  const most = BigInt(maximum_amount)
  const bounded = exact < most ? exact : most
  const stepped = Number(bounded - (bounded % BigInt(step_amount)))
  return Math.max(minimum_amount, stepped)
}
