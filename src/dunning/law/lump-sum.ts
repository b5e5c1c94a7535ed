import type { LumpSumTerms } from './rule.ts'

type LumpSumStep = LumpSumTerms['steps'][number]

/**
 * The fixed compensation for one principal item, in the item's currency; 0 where the law knows none, or knows it in
 * another currency: nothing is converted. Terms exist for debts of businesses only; once per item is the caller's.
 */
export function lumpSumOf(
  terms: LumpSumTerms | undefined,
  principal: number,
  currency: string,
): number {
  if (terms === undefined || terms.currency !== currency || principal <= 0) return 0
  const reached = terms.steps.findLast(({ from }) => principal >= from)
  return (reached as LumpSumStep).amount
}
