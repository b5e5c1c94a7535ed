import { formatAmount } from '../foundation/money.ts'

/** Why a rule took an item. */
export const reasonCodes = [
  'designated',
  'invoice_number',
  'creditor_reference',
  'end_to_end_id',
  'exact_amount',
  'exact_balance',
  'exact_overdue',
  'subset',
  'imputation',
  'oldest_first',
  'credited_invoice',
  'unallocated',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

/** Why an item was taken, with what decided. */
export interface Reason {
  code: ReasonCode
  /** What was found in the reference. */
  found?: string
  /** The sum that fitted. */
  amount?: number
  /** How many items it fitted together. */
  count?: number
  /** The law that says so. */
  basis?: string
}

/** The reason as people read it. */
export function sentenceOf(
  { code, found, amount, count, basis }: Reason,
  currency: string,
): string {
  const sum = amount === undefined ? '' : formatAmount(amount, currency)
  const sentences: Record<ReasonCode, string> = {
    designated: 'Told so by the payer or the caller.',
    invoice_number: `The reference names the invoice: ${found}.`,
    creditor_reference: `The reference holds the invoice’s creditor reference: ${found}.`,
    end_to_end_id: `The end-to-end id names the invoice: ${found}.`,
    exact_amount: `This one item comes to exactly ${sum}.`,
    exact_balance: `All ${count} open items together come to exactly ${sum}.`,
    exact_overdue: `The ${count} overdue items together come to exactly ${sum}.`,
    subset: `Only these ${count} items together come to exactly ${sum}.`,
    imputation: `The law says that it is next: ${basis}.`,
    oldest_first: 'It has the oldest due date of what was left.',
    credited_invoice: 'The credit note corrects its invoice.',
    unallocated: 'Money of the customer was unallocated when the invoice was issued.',
  }
  return sentences[code]
}
