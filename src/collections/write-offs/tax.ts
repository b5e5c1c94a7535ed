import { share, sum } from '../../foundation/money.ts'

/** What was claimed, and the tax in it, as the document says. */
export interface TaxedClaim {
  total_amount: number
  tax_amount: number
}

/**
 * The tax in what is lost of a claim: its share of the document's tax, and never more than what of that tax has not been
 * claimed back yet for other parts of the same claim.
 */
export const reliefFor = (claim: TaxedClaim, lost: number, relievedBefore: number): number =>
  Math.min(
    share(lost, claim.tax_amount, claim.total_amount),
    Math.max(0, claim.tax_amount - relievedBefore),
  )

/** A write-off as far as its tax goes: what was given up, and the tax claimed back for it. */
interface Relieved {
  amount: number
  recovered_amount: number
  relieved_amount: number
}

/**
 * The tax in what is recovered: owed again as far as it had been claimed back. The last recovery takes what the ones
 * before have left, so that no relief is kept for a claim that was recovered whole. No recovery is all tax.
 */
export function taxOfRecovery(
  claim: TaxedClaim,
  writeOff: Relieved,
  amount: number,
  owedAgain: readonly number[],
): number {
  const left = Math.max(0, writeOff.relieved_amount - sum(owedAgain))
  const isLast = writeOff.recovered_amount + amount === writeOff.amount
  const due = isLast ? left : share(amount, claim.tax_amount, claim.total_amount)
  return Math.min(due, left, amount - 1)
}
