import type { Fact } from '../events/announce.ts'
import type { EventType } from '../events/catalogue.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { creditNoteToJson } from './credit-note-schema.ts'
import type { InvoiceWithItems } from './queries.ts'
import { invoiceToJson } from './schema.ts'
import type { CreditNoteRow } from './table.ts'

/** What happened to an invoice, with the invoice as it stands now. */
export const invoiceFact = (
  type: Extract<EventType, `invoice.${string}`>,
  { invoice, items }: InvoiceWithItems,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'invoice', id: invoice.id, sequence: invoice.version },
  customerId: invoice.customer_id,
  object: invoiceToJson(invoice, items, reader),
  ...(previous && { previous }),
})

/** What happened to a credit note, with the note as it stands now. */
export const creditNoteFact = (
  type: Extract<EventType, `credit_note.${string}`>,
  note: CreditNoteRow,
  reader: Reader,
): Fact => ({
  type,
  entity: { kind: 'credit_note', id: note.id, sequence: note.version },
  customerId: note.customer_id,
  object: creditNoteToJson(note, reader),
})
