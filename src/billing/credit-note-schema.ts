import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import { Expandable } from '../foundation/http/expand.ts'
import {
  Amount,
  Body,
  Currency,
  Day,
  ExternalId,
  Id,
  List,
  ListOf,
  Metadata,
  MetadataPatch,
  Nullable,
  named,
  paging,
  Query,
  ref,
  resourceFields,
  Text,
} from '../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../foundation/id.ts'
import { lines } from './invoice-parts-schema.ts'
import type { CreditNoteRow } from './table.ts'

const ITEMS_MAX = 1_000

/** What becomes of what no open item takes. */
export const CreditNoteExcess = named(
  'CreditNoteExcess',
  Body(
    {
      unallocated_amount: Amount('What of it stays the customer’s to use.', { example: 0 }),
      refund_amount: Amount('What of it goes back: a refund by bank transfer is approved.', {
        example: 5000,
      }),
    },
    { description: 'What becomes of what no open item takes. The two amounts add up to it.' },
  ),
)

const DesignatedCredit = named(
  'DesignatedCredit',
  Body(
    {
      item_id: Id('open_item', 'The open item taken back.'),
      amount: Amount('How much of the credit note goes there.', { minimum: 1 }),
    },
    { description: 'What a credit note takes back of one open item.' },
  ),
)

const creditNoteFields = {
  customer_id: Id('customer', 'Whose claim is taken back.'),
  invoice_id: Type.Optional(
    Id('invoice', 'The invoice it corrects; what is open there is settled first.'),
  ),
  number: Text('The number printed on it; unique.', { maxLength: 100, example: 'CN-2026-0042' }),
  currency: Currency(),
  issue_date: Day('The date of the document.', '2026-03-10'),
  total_amount: Amount('What is taken back, tax included.', { minimum: 1 }),
  tax_amount: Type.Optional(
    Amount('The tax in it; booked as an entry of its own.', { example: 23760 }),
  ),
  reason: Type.Optional(Text('Why.', { maxLength: 500, example: 'Two hours were not delivered.' })),
  lines: Type.Optional(lines('credit note')),
  items: Type.Optional(
    List(ref(DesignatedCredit), {
      description:
        'What it takes back of which item, met in full or refused. The rest settles what else is open of its invoice.',
      maxItems: ITEMS_MAX,
    }),
  ),
  excess: Type.Optional(ref(CreditNoteExcess)),
  metadata: Type.Optional(Metadata),
}

export const CreateCreditNote = named(
  'CreateCreditNote',
  Body(
    { external_id: Type.Optional(ExternalId()), ...creditNoteFields },
    {
      description:
        'A credit note to issue. It reduces what is open first; what exceeds that stays unallocated or is refunded.',
    },
  ),
)

export const UpsertCreditNote = named(
  'UpsertCreditNote',
  Body(creditNoteFields, {
    description: 'A credit note to issue, under the external id in the path.',
  }),
)

export const CreditNotePatch = named(
  'CreditNotePatch',
  Body(
    { metadata: Type.Optional(MetadataPatch) },
    { description: 'A merge patch (RFC 7396). A credit note is immutable but for its metadata.' },
  ),
)

export const CreditNote = named(
  'CreditNote',
  Type.Object(
    {
      ...resourceFields('credit_note'),
      customer_id: Id('customer', 'Whose claim was taken back.'),
      customer: Expandable('customer'),
      invoice_id: Nullable(Id('invoice', 'The invoice it corrects.')),
      invoice: Expandable('invoice'),
      external_id: Nullable(ExternalId()),
      number: Text('The number printed on it.', { maxLength: 100, example: 'CN-2026-0042' }),
      currency: Currency(),
      issue_date: Day('The date of the document.', '2026-03-10'),
      total_amount: Amount('What was taken back, tax included.', { minimum: 1 }),
      tax_amount: Nullable(Amount('The tax in it.', { example: 23760 })),
      allocated_amount: Amount('What of it has settled open items.'),
      unallocated_amount: Amount('What of it is still to be used.', { example: 0 }),
      refunded_amount: Amount('What of it goes back to the customer.', { example: 0 }),
      reason: Nullable(Text('Why.', { maxLength: 500, example: 'Two hours were not delivered.' })),
      lines: Type.Optional(lines('credit note')),
      metadata: Metadata,
    },
    { description: 'A document that takes a claim back. Lists leave `lines` out.' },
  ),
)

export const CreditNoteList = ListOf(CreditNote)

/** A credit note as the API shows it. */
export const creditNoteToJson = (
  note: CreditNoteRow,
  { tenant }: Pick<Reader, 'tenant'>,
  { withLines = true } = {},
): Static<typeof CreditNote> => ({
  id: publicId('credit_note', note.id),
  object: 'credit_note',
  version: note.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', note.customer_id),
  invoice_id: publicIdOrNull('invoice', note.invoice_id),
  external_id: note.external_id,
  number: note.number,
  currency: note.currency,
  issue_date: note.issue_date,
  total_amount: note.total_amount,
  tax_amount: note.tax_amount,
  allocated_amount: note.allocated_amount,
  unallocated_amount: note.unallocated_amount,
  refunded_amount: note.refunded_amount,
  reason: note.reason,
  ...(withLines && { lines: note.lines }),
  metadata: note.metadata,
  created_at: note.created_at,
  updated_at: note.updated_at,
})

export const CreditNoteQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  invoice_id: Type.Optional(Id('invoice', 'Only those that correct this invoice.')),
  external_id: Type.Optional(ExternalId('Only the one with this external id.')),
  number: Type.Optional(Text('Only the one with this number.', { example: 'CN-2026-0042' })),
})
