import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { dateInFuture, invalidFields, Problem } from '../foundation/problem.ts'
import { claimInvoices } from './claim-invoices.ts'
import { creditorReferenceOf } from './creditor-reference.ts'
import { invoiceFact } from './events.ts'
import { type InvoiceWithItems, requireInvoice } from './queries.ts'

export interface IssueInvoice {
  id: string
  /** The number, where the draft has none yet. */
  number?: string | undefined
  ifMatch: number | undefined
}

/** Turns a draft into a claim on the customer. From here on its amounts and dates never change. */
export async function issueInvoice(
  tx: Tx,
  { id, number, ifMatch }: IssueInvoice,
): Promise<InvoiceWithItems> {
  const draft = await requireInvoice(tx, id)
  requireVersion(draft.version, ifMatch)
  if (draft.status !== 'draft')
    throw new Problem('invalid_state', { current_status: draft.status, allowed_actions: [] })
  const issuedNumber = number ?? draft.number
  if (issuedNumber === null) {
    throw invalidFields({
      pointer: '#/number',
      code: 'required',
      detail: 'is needed, since the draft has none',
    })
  }
  if (draft.issue_date > tx.today) throw dateInFuture('issue_date', draft.issue_date, tx.today)

  const issued = await tx.db
    .updateTable('invoice')
    .set({
      status: 'issued',
      number: issuedNumber,
      creditor_reference: draft.creditor_reference ?? creditorReferenceOf(issuedNumber, id),
      open_amount: draft.total_amount,
      earliest_open_due_date: draft.due_date,
      version: draft.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', '=', 'draft')
    .where('version', '=', draft.version)
    .returningAll()
    .executeTakeFirst()
  if (issued === undefined) throw new Problem('version_mismatch')

  const [claimed] = (await claimInvoices(tx, [issued])) as [InvoiceWithItems]
  announce(tx, invoiceFact('invoice.issued', claimed, tx, { status: 'draft' }))
  return claimed
}
