import { type IssueCreditNote, issueCreditNote } from '../billing/issue-credit-note.ts'
import type { CreditNoteRow } from '../billing/table.ts'
import type { Tx } from '../foundation/database/commit.ts'
import type { Share } from './allocation.ts'
import { claimsOfCustomers } from './queries.ts'
import { useCreditNote } from './use-credit-note.ts'

/**
 * Issues a credit note and uses it on the invoice it corrects: what is open there is settled first, the earliest due
 * date before the later; the rest stays unallocated, for the customer to use or to get back.
 */
export async function creditInvoice(tx: Tx, input: IssueCreditNote): Promise<CreditNoteRow> {
  const note = await issueCreditNote(tx, input)
  if (note.invoice_id === null) return note

  let left = note.total_amount
  const shares: Share[] = []
  for (const { id, invoice_id, open_amount } of await claimsOfCustomers(tx, [note.customer_id])) {
    const amount = Math.min(left, open_amount)
    if (invoice_id !== note.invoice_id || amount === 0) continue
    left -= amount
    const reason = { code: 'credited_invoice' } as const
    shares.push({ itemId: id, amount, rule: 'credited_invoice', reason, deductions: [] })
  }
  const { note: used } = await useCreditNote(tx, note, shares, note.issue_date)
  return used
}
