import type { CreditNoteRow } from '../billing/table.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { publicId } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { type CreditInvoice, creditInvoice } from './credit-invoice.ts'

export interface UpsertedCreditNote {
  created: boolean
  result: CreditNoteRow
}

/**
 * Issues the credit note with this external id, or answers the one that has it. A credit note is immutable: a repeat
 * that says something else is refused (`external_id_taken`).
 */
export async function upsertCreditNote(
  tx: Tx,
  input: CreditInvoice & { externalId: string },
): Promise<UpsertedCreditNote> {
  await lockCustomers(tx, [input.customerId])
  const existing = await tx.db
    .selectFrom('credit_note')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('external_id', '=', input.externalId)
    .executeTakeFirst()
  if (existing === undefined) return { created: true, result: await creditInvoice(tx, input) }
  const same =
    existing.customer_id === input.customerId &&
    existing.invoice_id === input.invoiceId &&
    existing.number === input.number &&
    existing.currency === input.currency &&
    existing.issue_date === input.issueDate &&
    existing.total_amount === input.totalAmount &&
    existing.tax_amount === input.taxAmount
  if (!same) {
    throw new Problem('external_id_taken', { conflicting_id: publicId('credit_note', existing.id) })
  }
  return { created: false, result: existing }
}
