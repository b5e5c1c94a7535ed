import { share } from '../foundation/money.ts'
import type { FieldError } from '../foundation/problem.ts'
import type { InvoiceRow } from './table.ts'

/** What a final invoice deducts of a deposit that was invoiced, and paid, before. Minor units. */
export interface DepositDeduction {
  invoice_id: string
  amount: number
}

/** A deduction with the tax in it, as it is booked. */
export interface TaxedDeduction extends DepositDeduction {
  tax_amount: number
}

type Wrong = Omit<FieldError, 'in'>

/** What is wrong with the deductions of an invoice by itself, before its deposits are looked at. */
export function deductionErrors(
  kind: InvoiceRow['kind'],
  total: number,
  deductions: readonly DepositDeduction[],
): Wrong[] {
  if (deductions.length === 0) return []
  const errors: Wrong[] = []
  if (kind !== 'standard') {
    errors.push({
      pointer: '#/deposit_deductions',
      code: 'contradiction',
      detail: 'only an invoice of kind standard deducts deposits',
      params: { kind },
    })
  }
  const seen = new Set<string>()
  for (const [index, { invoice_id }] of deductions.entries()) {
    if (seen.has(invoice_id)) {
      errors.push({
        pointer: `#/deposit_deductions/${index}/invoice_id`,
        code: 'duplicate',
        detail: 'must name each deposit once',
      })
    }
    seen.add(invoice_id)
  }
  const deducted = deductions.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
  if (deducted > BigInt(total)) {
    errors.push({
      pointer: '#/deposit_deductions',
      code: 'maximum',
      detail: 'must not add up to more than total_amount',
      params: { limit: total },
    })
  }
  return errors
}

/** A deposit, and what credit notes have given back of it. */
export type Deposit = InvoiceRow & {
  /** What credit notes on it took back beyond what was open of it: money that is the customer's again. */
  given_back_amount: number
}

/** What money has settled of a deposit, and neither a final invoice nor a credit note has taken yet. Minor units. */
export const depositLeft = (deposit: Deposit) =>
  Math.max(0, deposit.paid_amount - deposit.deposit_used_amount - deposit.given_back_amount)

/**
 * The tax in the next part of a deposit: what the parts up to its end contain, less what those before it do, so that
 * all parts together contain the deposit's tax to the cent.
 */
export function taxIn(
  deposit: Pick<InvoiceRow, 'tax_amount' | 'total_amount' | 'deposit_used_amount'>,
  amount: number,
): number {
  const upTo = (used: number) => share(deposit.tax_amount ?? 0, used, deposit.total_amount)
  return upTo(deposit.deposit_used_amount + amount) - upTo(deposit.deposit_used_amount)
}
