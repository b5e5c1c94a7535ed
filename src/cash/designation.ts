import { sum } from '../foundation/money.ts'
import type { Deduction, Money, Plan } from './allocation.ts'
import type { Claim } from './claim.ts'
import { taxOf } from './clear-shortage.ts'
import type { AllocationSettings } from './settings.ts'
import { Spread } from './spread.ts'

/** What the payer, or the ERP, has decided about a part of some money: an invoice or one open item, and how much. */
export interface Designation {
  invoiceId?: string
  itemId?: string
  amount: number
  /** What is to be cleared with it. */
  deductions?: readonly Pick<Deduction, 'kind' | 'amount'>[]
}

/** A designation that cannot be met in full, and what is open of what it names. */
export interface Unmet {
  designation: Designation
  openAmount: number
}

/**
 * Spreads money as told, over the items of an invoice the earliest due date first. All of it is met in full, or none:
 * then the first designation that is not is answered. What nothing was said about is left. Where all the money is
 * used, what is missing of an item is cleared as for any other money, unless it was told what to deduct.
 */
export function designate(
  money: Money,
  designations: readonly Designation[],
  claims: readonly Claim[],
  settings: AllocationSettings,
): Plan | Unmet {
  const spread = new Spread(money, claims, settings)
  for (const designation of designations) {
    const named = claims.filter((claim) => isNamed(claim, designation) && spread.openOf(claim) > 0)
    const openAmount = sum(named.map((claim) => spread.openOf(claim)))
    if (wantedOf(designation) > openAmount) return { designation, openAmount }
    let left = designation.amount
    for (const claim of named)
      left -= spread.take(claim, left, 'designated', { code: 'designated' })
    for (const deduction of designation.deductions ?? []) deductFrom(spread, named, deduction)
  }
  spread.clearRests()
  return spread.plan()
}

const isNamed = ({ id, invoice_id }: Claim, { itemId, invoiceId }: Designation): boolean =>
  itemId === undefined ? invoice_id === invoiceId : id === itemId

/** What a designation takes of what is open: its money and its deductions. */
const wantedOf = ({ amount, deductions = [] }: Designation): number =>
  sum([amount, ...deductions.map((deduction) => deduction.amount)])

function deductFrom(
  spread: Spread,
  claims: readonly Claim[],
  { kind, amount }: Pick<Deduction, 'kind' | 'amount'>,
): void {
  let left = amount
  for (const claim of claims) {
    const part = Math.min(left, spread.openOf(claim))
    const taxAmount = kind === 'discount' && part > 0 ? taxOf(claim, part) : 0
    left -= spread.deduct(claim, { kind, amount: part, taxAmount })
  }
}
