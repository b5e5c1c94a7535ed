import type { Account } from '../ledger/accounts.ts'

/** What may settle an item together with money. */
export const deductionKinds = [
  'discount',
  'payment_difference',
  'bank_charges',
  'tax_withheld',
] as const
export type DeductionKind = (typeof deductionKinds)[number]

/** What a deduction means in the ledger: what happened, the account it is booked on, the item's amount it becomes. */
export const deductionPostings = {
  discount: { happening: 'discount_taken', account: 'discount_allowed', part: 'discounted' },
  payment_difference: {
    happening: 'difference_cleared',
    account: 'payment_difference',
    part: 'deducted',
  },
  bank_charges: { happening: 'bank_charges_deducted', account: 'bank_charges', part: 'deducted' },
  tax_withheld: { happening: 'tax_withheld', account: 'tax_withheld', part: 'deducted' },
} as const satisfies Record<
  DeductionKind,
  { happening: string; account: Account; part: 'discounted' | 'deducted' }
>
