import { sql } from 'kysely'
import { creditNoteFact } from '../billing/events.ts'
import { type IssueCreditNote, issueCreditNote } from '../billing/issue-credit-note.ts'
import type { CreditNoteRow } from '../billing/table.ts'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { sum } from '../foundation/money.ts'
import { allocateToInvoice } from './allocation.ts'
import { claimsOfCustomers } from './queries.ts'
import { settle } from './settle.ts'

/**
 * Issues a credit note and uses it on the invoice it corrects: what is open there is settled first, the earliest due
 * date before the later; the rest stays unallocated, for the customer to use or to get back.
 */
export async function creditInvoice(tx: Tx, input: IssueCreditNote): Promise<CreditNoteRow> {
  const note = await issueCreditNote(tx, input)
  if (note.invoice_id === null) return note

  const claims = await claimsOfCustomers(tx, [note.customer_id])
  const ofInvoice = claims.filter(({ invoice_id }) => invoice_id === note.invoice_id)
  const { shares } = allocateToInvoice(note.total_amount, ofInvoice, 'credited_invoice')
  if (shares.length === 0) return note

  await settle(tx, [
    { source: { kind: 'credit_note', id: note.id }, date: note.issue_date, shares },
  ])
  const used = sum(shares.map(({ amount }) => amount))
  const allocated = await tx.db
    .updateTable('credit_note')
    .set({
      allocated_amount: sql<number>`allocated_amount + ${used}`,
      unallocated_amount: sql<number>`unallocated_amount - ${used}`,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', note.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, creditNoteFact('credit_note.allocated', allocated, tx))
  return allocated
}
