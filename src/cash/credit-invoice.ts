import { type IssueCreditNote, issueCreditNote } from '../billing/issue-credit-note.ts'
import { requireCreditNote } from '../billing/queries.ts'
import type { CreditNoteRow } from '../billing/table.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { sum } from '../foundation/money.ts'
import { Problem } from '../foundation/problem.ts'
import type { Share } from './allocation.ts'
import { type DesignatedItem, designateItems } from './designate-items.ts'
import { claimsOfCustomers } from './queries.ts'
import { approveRefund } from './refunds/approve-refund.ts'
import { useCreditNote } from './use-credit-note.ts'

export interface CreditInvoice extends IssueCreditNote {
  /** What the document takes back of which item; the rest settles what else is open of its invoice. */
  items: readonly DesignatedItem[]
  /** What becomes of what no item takes; it stays unallocated unless given. */
  excess: { unallocatedAmount: number; refundAmount: number } | null
}

/**
 * Issues a credit note and uses it: first on the items it names, then on what else is open of the invoice it corrects,
 * the earliest due date before the later. The excess stays unallocated, or is split explicitly between that and a
 * refund.
 */
export async function creditInvoice(tx: Tx, input: CreditInvoice): Promise<CreditNoteRow> {
  const issued = await issueCreditNote(tx, input)
  const shares = await sharesOf(tx, issued, input.items)
  const { note } = await useCreditNote(tx, issued, shares, issued.issue_date)
  if (input.excess === null) return note

  const { unallocatedAmount, refundAmount } = input.excess
  requireWholeExcess(note.unallocated_amount, unallocatedAmount + refundAmount)
  if (refundAmount === 0) return note
  await approveRefund(tx, {
    source: { kind: 'credit_note', id: note.id },
    amount: refundAmount,
    method: 'bank_transfer',
    reference: note.number,
    reason: note.reason ?? 'Credited beyond what was open.',
    approvalDate: null,
  })
  return requireCreditNote(tx, note.id)
}

/** What of the credit goes to which item: what it says, then what is left to what else is open of its invoice. */
async function sharesOf(
  tx: Tx,
  note: CreditNoteRow,
  items: readonly DesignatedItem[],
): Promise<Share[]> {
  const claims = await claimsOfCustomers(tx, [note.customer_id])
  const shares = await designateItems(tx, note, items, claims)
  if (note.invoice_id === null) return shares
  let left = note.total_amount - sum(shares.map(({ amount }) => amount))
  for (const { id, invoice_id, open_amount } of claims) {
    if (invoice_id !== note.invoice_id) continue
    const taken = shares.filter(({ itemId }) => itemId === id).map(({ amount }) => amount)
    const amount = Math.min(left, open_amount - sum(taken))
    if (amount === 0) continue
    left -= amount
    const reason = { code: 'credited_invoice' } as const
    shares.push({ itemId: id, amount, rule: 'credited_invoice', reason, deductions: [] })
  }
  return shares
}

/** The two parts of an excess add up to it, or the caller has not seen what is open by now. */
function requireWholeExcess(expected: number, actual: number): void {
  if (actual === expected) return
  throw new Problem('amounts_do_not_add_up', {
    errors: [
      {
        in: 'body',
        pointer: '#/excess',
        code: 'sum',
        detail: 'must add up to what no open item takes',
        params: { expected, actual },
      },
    ],
  })
}
