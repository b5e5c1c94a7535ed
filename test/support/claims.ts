import type { Money } from '../../src/cash/allocation.ts'
import type { Claim } from '../../src/cash/claim.ts'

/** A claim that is right in every way the test does not mention: 100 open since 1 March 2026, 19 % tax. */
export const claimOf = (more: Partial<Claim>): Claim => ({
  id: 'item',
  customer_id: 'customer',
  currency: 'EUR',
  invoice_id: null,
  kind: 'invoice',
  charge_kind: null,
  due_date: '2026-03-01',
  open_amount: 100,
  discounted_amount: 0,
  discountable_amount: more.open_amount ?? 100,
  number: null,
  creditor_reference: null,
  early_payment_discounts: [],
  invoice_tax_amount: 19,
  invoice_total_amount: 119,
  ...more,
})

/** Money of 5 March 2026 without a word. */
export const moneyOf = (amount: number, more: Partial<Money> = {}): Money => ({
  amount,
  currency: 'EUR',
  date: '2026-03-05',
  reference: null,
  endToEndId: null,
  ...more,
})

/** Claims that are open with these amounts, one day younger each. */
export const open = (...amounts: number[]): Claim[] =>
  amounts.map((open_amount, n) =>
    claimOf({ id: `${n}`, open_amount, due_date: `2026-03-${String(n + 1).padStart(2, '0')}` }),
  )
