import type { EarlyPaymentDiscount } from '../billing/early-payment-discount.ts'
import type { OpenItemRow } from '../ledger/table.ts'

/** An open item as allocation sees it. */
export type Claim = Pick<
  OpenItemRow,
  | 'id'
  | 'customer_id'
  | 'currency'
  | 'invoice_id'
  | 'kind'
  | 'charge_kind'
  | 'due_date'
  | 'open_amount'
  | 'discounted_amount'
> & {
  /** What a percentage of discount is taken of: the total, less what was taken back. */
  discountable_amount: number
  /** The number of its invoice; null for a charge. */
  number: string | null
  creditor_reference: string | null
  early_payment_discounts: EarlyPaymentDiscount[]
  /** Tax and total of its invoice: the tax share of a discount. */
  invoice_tax_amount: number
  invoice_total_amount: number
}
