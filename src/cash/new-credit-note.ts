import type { Static } from '@sinclair/typebox'
import type { UpsertCreditNote } from '../billing/credit-note-schema.ts'
import { uuidOf } from '../foundation/id.ts'
import type { CreditInvoice } from './credit-invoice.ts'

/** What the API was told about a credit note, as the commands take it. */
export const newCreditNote = (
  body: Static<typeof UpsertCreditNote> & { external_id?: string },
): CreditInvoice => ({
  customerId: uuidOf(body.customer_id),
  invoiceId: body.invoice_id === undefined ? null : uuidOf(body.invoice_id),
  externalId: body.external_id ?? null,
  number: body.number,
  currency: body.currency,
  issueDate: body.issue_date,
  totalAmount: body.total_amount,
  taxAmount: body.tax_amount ?? null,
  reason: body.reason ?? null,
  lines: body.lines ?? [],
  items: (body.items ?? []).map(({ item_id, amount }) => ({ itemId: uuidOf(item_id), amount })),
  excess:
    body.excess === undefined
      ? null
      : {
          unallocatedAmount: body.excess.unallocated_amount,
          refundAmount: body.excess.refund_amount,
        },
  metadata: body.metadata ?? {},
})
