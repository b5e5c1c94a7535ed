import { Type } from '@sinclair/typebox'
import {
  Amount,
  Count,
  Day,
  Id,
  List,
  Nullable,
  OneOf,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { channels } from '../policy.ts'

const Language = (description: string) => Text(description, { maxLength: 35, example: 'de' })

const NoticeItem = Type.Object(
  {
    item_id: Id('open_item', 'The open item.'),
    invoice_id: Nullable(Id('invoice', 'Its invoice; null for a charge.')),
    invoice_number: Nullable(Text('The number of its invoice.', { example: 'R-2026-0815' })),
    creditor_reference: Nullable(
      Text('The structured reference of its invoice.', { example: 'RF18539007547034' }),
    ),
    kind: OneOf(['invoice', 'charge'], {
      description: 'An instalment of an invoice, or a charge.',
    }),
    due_date: Day('Its due date.'),
    days_overdue: Count('Days past it on the day of the notice.', { example: 5 }),
    total_amount: Amount('What was claimed.'),
    open_amount: Amount('What was open on the day of the notice.'),
    level: Count('The level it has reached.'),
    escalated: YesNo('Whether this notice lifted it to its level.'),
    decision_id: Nullable(
      Id('dunning_decision', 'The decision that lifted it or reminded of it; null for the others.'),
    ),
  },
  { description: 'An item that was overdue, or of a courtesy, due soon.' },
)

const NoticeAddress = Type.Object(
  {
    line1: Type.Optional(Text('Street and number.', { example: 'Musterweg 1' })),
    line2: Type.Optional(Text('Further delivery details.', { example: 'Building C' })),
    postal_code: Type.Optional(Text('Postal code.', { example: '10115' })),
    city: Type.Optional(Text('City.', { example: 'Berlin' })),
    region: Type.Optional(Text('State, province or county.', { example: 'Berlin' })),
  },
  { description: 'A postal address; its country is the customer’s.' },
)

const NoticeCustomer = Type.Object(
  {
    id: Id('customer', 'The id.'),
    external_id: Nullable(Text('The caller’s own id.', { example: 'SAP-4711' })),
    name: Text('The name.', { maxLength: 200 }),
    kind: Text('Business or consumer.', { example: 'business' }),
    country: Text('The country, ISO 3166-1 alpha-2.', { example: 'DE' }),
    language: Nullable(Language('The language the customer has asked for.')),
    contacts: List(
      Type.Unsafe<object>({
        type: 'object',
        description: 'A person to write to, with role, name and channels.',
        additionalProperties: true,
        examples: [{ role: 'billing', name: 'A. Muster', email: 'billing@muster.example' }],
      }),
      { description: 'Everybody that is known there.', maxItems: 50 },
    ),
  },
  { description: 'The customer as it stood on the day of the notice.' },
)

const NoticeRecipient = Type.Object(
  {
    channel: OneOf(channels, { description: 'By which way.' }),
    contact_id: Nullable(Id('contact', 'The contact; null for the customer itself.')),
    role: Nullable(
      OneOf(['billing', 'collections', 'sales', 'management', 'other'], {
        description: 'What the contact is to be asked about.',
      }),
    ),
    name: Text('The name.', { maxLength: 200 }),
    address: Nullable(
      Text('The mail address or phone number; null for a letter and the portal.', {
        maxLength: 254,
        example: 'billing@muster.example',
      }),
    ),
    postal_address: Nullable(NoticeAddress),
    language: Language('The language to write in.'),
  },
  { description: 'Somebody the notice can be sent to, and how.' },
)

const NoticeCredit = Type.Object(
  {
    credit_note_id: Id('credit_note', 'The credit note.'),
    number: Text('Its number.', { example: 'G-2026-0042' }),
    issue_date: Day('Its date.'),
    unallocated_amount: Amount('What of it is not used yet.', { example: 2_000 }),
  },
  { description: 'A credit note that is not used up.' },
)

const NoticeCharge = Type.Object(
  {
    item_id: Id('open_item', 'The charge.'),
    kind: Text('What it is for.', { maxLength: 40, example: 'fee' }),
    amount: Amount('How much.', { example: 500 }),
  },
  { description: 'A charge that the notice claims.' },
)

const PaymentInstructions = Type.Object(
  {
    bank_account_id: Id('bank_account', 'The account to pay into.'),
    creditor_name: Text('Whose it is.', { maxLength: 200 }),
    iban: Text('Its IBAN.', { maxLength: 34, example: 'DE89370400440532013000' }),
    bic: Nullable(Text('Its BIC.', { maxLength: 11, example: 'COBADEFFXXX' })),
    reference: Nullable(
      Text('The structured reference to use, when all that is asked for has the same.', {
        maxLength: 35,
        example: 'RF18539007547034',
      }),
    ),
    remittance: Nullable(
      Text('What to write when there is no such reference.', {
        minLength: 0,
        maxLength: 140,
        example: 'R-2026-0815 R-2026-0901',
      }),
    ),
    epc_qr: Nullable(
      Text('The text of a QR code by EPC069-12; null for other currencies than the euro.', {
        maxLength: 331,
        example:
          'BCD\n002\n1\nSCT\n\nMuster Maschinenbau AG\nDE89370400440532013000\nEUR105.00\n\nRF18539007547034',
      }),
    ),
  },
  { description: 'How to pay.' },
)

/** What a notice says: the part that is fixed on the day it is issued. */
export const noticeContentFields = {
  language: Nullable(Language('The language to write in, where a recipient has none of its own.')),
  customer: NoticeCustomer,
  recipients: List(NoticeRecipient, {
    description: 'Whom to tell and how, in the order in which it is tried.',
    maxItems: 100,
  }),
  items: List(NoticeItem, {
    description:
      'Everything that was overdue in this currency, save what is on hold, about to be collected by direct debit, time-barred, without a policy, or told by a statutory notice of the same day; of a statutory notice, what it is about; of a courtesy, what is due soon.',
    maxItems: 100_000,
  }),
  credits: List(NoticeCredit, {
    description:
      'Credit notes that are not used up; each is counted once in `unallocated_amount` of the notices of a day.',
    maxItems: 100_000,
  }),
  charges: List(NoticeCharge, {
    description: 'What the notice claims besides what was overdue.',
    maxItems: 100_000,
  }),
  fee_amount: Amount('The fee it claims.', { example: 500 }),
  overdue_amount: Amount('The sum of what it lists, without its charges.'),
  unallocated_amount: Amount(
    'Money of the customer that is not allocated yet, less what another notice of the same day has subtracted: a statutory one goes first, then the demand, then a courtesy.',
    { example: 0 },
  ),
  total_due_amount: Amount(
    'What to pay: what it lists and its charges, less `unallocated_amount`.',
  ),
  payment: Nullable(PaymentInstructions),
  next_level: Nullable(Count('The next step, if nothing is paid.', { minimum: 1, example: 2 })),
  next_date: Nullable(Day('When the next step would follow.', '2026-04-15')),
  decision_ids: List(Id('dunning_decision', 'A decision.'), {
    description: 'The decisions that it carries out.',
    maxItems: 100_000,
  }),
}
