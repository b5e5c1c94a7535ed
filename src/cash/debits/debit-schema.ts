import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  Amount,
  Body,
  Count,
  Currency,
  Day,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  resourceFields,
  Several,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull, uuidOf } from '../../foundation/id.ts'
import type { CreateDebit } from './create-debit.ts'
import { sequenceTypes } from './mandate.ts'
import { SchemeField } from './mandate-schema.ts'
import type { DebitWithItems } from './queries.ts'
import { Iban } from './settings-schema.ts'
import { debitStatuses } from './table.ts'

const ITEMS_MAX = 1_000

const Remittance = Text(
  'What the debtor reads on the statement; the invoice numbers unless given.',
  {
    maxLength: 140,
    example: 'R-2026-0815',
  },
)

const ReasonCode = Type.String({
  description: 'The bank’s reason, an ISO 20022 external code.',
  pattern: '^[A-Z0-9]{4}$',
  minLength: 4,
  maxLength: 4,
  examples: ['AM04'],
})

export const DirectDebitItem = named(
  'DirectDebitItem',
  Body(
    {
      item_id: Type.Optional(Id('open_item', 'The open item to collect.')),
      invoice_id: Type.Optional(Id('invoice', 'The invoice to collect, all its open items.')),
      amount: Type.Optional(
        Amount('How much of the item; all that is open unless given. Not for an invoice.', {
          minimum: 1,
        }),
      ),
    },
    { description: 'What to collect: an item or an invoice.' },
  ),
)

export const CreateDirectDebit = named(
  'CreateDirectDebit',
  Body(
    {
      mandate_id: Id('mandate', 'The permission to collect; its customer’s items are collected.'),
      collection_date: Type.Optional(
        Day(
          'When the money is taken: a TARGET day, the pre-notification ahead; the first possible unless given.',
          '2026-03-31',
        ),
      ),
      items: Type.Optional(
        List(ref(DirectDebitItem), {
          description: 'What to collect; everything due on the collection date unless given.',
          minItems: 1,
          maxItems: ITEMS_MAX,
        }),
      ),
      remittance: Type.Optional(Remittance),
      final: Type.Optional(
        YesNo('True for the last collection under a recurring mandate, which ends it.', {
          default: false,
          example: false,
        }),
      ),
    },
    { description: 'A collection to announce.' },
  ),
)

/** What the API was told about a debit, as the command takes it. */
export const newDebit = (body: Static<typeof CreateDirectDebit>): CreateDebit => ({
  mandateId: uuidOf(body.mandate_id),
  collectionDate: body.collection_date ?? null,
  items:
    body.items?.map(({ item_id, invoice_id, amount }) => ({
      itemId: item_id === undefined ? null : uuidOf(item_id),
      invoiceId: invoice_id === undefined ? null : uuidOf(invoice_id),
      amount: amount ?? null,
    })) ?? null,
  remittance: body.remittance ?? null,
  final: body.final ?? false,
})

export const ReturnDirectDebit = named(
  'ReturnDirectDebit',
  Body(
    {
      reason_code: ReasonCode,
      return_date: Type.Optional(Day('When it came back; today unless given.', '2026-04-02')),
    },
    { description: 'Why and when a debit came back.' },
  ),
)

const CollectedItem = named(
  'CollectedItem',
  Type.Object(
    {
      item_id: Id('open_item', 'The open item.'),
      invoice_id: Nullable(Id('invoice', 'Its invoice; null for a charge.')),
      amount: Amount('What of it is collected.', { minimum: 1 }),
    },
    { description: 'An open item that a debit is to settle.' },
  ),
)

export const DirectDebit = named(
  'DirectDebit',
  Type.Object(
    {
      ...resourceFields('direct_debit'),
      customer_id: Id('customer', 'Who pays.'),
      customer: Expandable('customer'),
      mandate_id: Id('mandate', 'The permission to collect.'),
      batch_id: Nullable(Id('debit_batch', 'The batch whose file has it; null before.')),
      payment_id: Id('payment', 'The payment it brings: pending until the collection date.'),
      payment: Expandable('payment'),
      retry_of_id: Nullable(
        Id('direct_debit', 'The debit that came back, which this one repeats.'),
      ),
      status: OneOf(debitStatuses, {
        description:
          '`scheduled` is announced, `submitted` in a file, `collected` from the collection date on, `rejected` before and `returned` after it.',
      }),
      scheme: SchemeField,
      sequence_type: Nullable(
        OneOf(sequenceTypes, {
          description: 'Its place in the series of the mandate; null before it is in a file.',
          examples: ['RCUR'],
        }),
      ),
      final: YesNo('Whether it is the last one under its mandate.', { example: false }),
      attempt: Count('1 for the first attempt to collect, 2 for its first repetition.', {
        minimum: 1,
      }),
      currency: Currency('Always EUR.'),
      amount: Amount('What is collected.', { minimum: 1 }),
      collection_date: Day('When the money is taken.'),
      end_to_end_id: Text('How the bank names it in reports and returns.', {
        maxLength: 35,
        example: 'ddb01kjm7f7shez7837xta3mfn3a4',
      }),
      remittance: Remittance,
      items: List(ref(CollectedItem), {
        description: 'What it is to settle.',
        maxItems: ITEMS_MAX,
      }),
      mandate_reference: Text('The mandate reference, as told to debtor and bank.', {
        maxLength: 35,
        example: 'M-2026-0815',
      }),
      debtor_name: Text('Who owns the account.', { maxLength: 70 }),
      debtor_iban: Iban('The account collected from.'),
      creditor_id: Text('The creditor identifier, as told to debtor and bank.', {
        maxLength: 35,
        example: 'DE98ZZZ09999999999',
      }),
      creditor_name: Text('The creditor’s name.', { maxLength: 70 }),
      reason_code: Nullable(ReasonCode),
      reason_text: Nullable(
        Text('Why it was cancelled, rejected or returned, in words.', {
          maxLength: 500,
          example: 'The funds are insufficient',
        }),
      ),
      ended_date: Nullable(Day('When it was cancelled, rejected or returned.', '2026-04-02')),
      will_retry: YesNo('Whether another debit repeats it.', { example: false }),
      retry_date: Nullable(Day('When the next attempt collects.', '2026-04-16')),
    },
    { description: 'One collection by SEPA direct debit.' },
  ),
)
export const DirectDebitList = ListOf(DirectDebit)

/** A debit with its items, as the API shows it. */
export const debitToJson = (
  { debit, items }: DebitWithItems,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof DirectDebit> => ({
  id: publicId('direct_debit', debit.id),
  object: 'direct_debit',
  version: debit.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', debit.customer_id),
  mandate_id: publicId('mandate', debit.mandate_id),
  batch_id: publicIdOrNull('debit_batch', debit.batch_id),
  payment_id: publicId('payment', debit.payment_id),
  retry_of_id: publicIdOrNull('direct_debit', debit.retry_of_id),
  status: debit.status,
  scheme: debit.scheme,
  sequence_type: debit.sequence_type,
  final: debit.final,
  attempt: debit.attempt,
  currency: 'EUR',
  amount: debit.amount,
  collection_date: debit.collection_date,
  end_to_end_id: debit.end_to_end_id,
  remittance: debit.remittance,
  items: items.map(({ item_id, invoice_id, amount }) => ({
    item_id: publicId('open_item', item_id),
    invoice_id: publicIdOrNull('invoice', invoice_id),
    amount,
  })),
  mandate_reference: debit.presented.reference,
  debtor_name: debit.presented.debtor_name,
  debtor_iban: debit.presented.iban,
  creditor_id: debit.presented.creditor_id,
  creditor_name: debit.presented.creditor_name,
  reason_code: debit.reason_code,
  reason_text: debit.reason_text,
  ended_date: debit.ended_date,
  will_retry: debit.retry_date !== null,
  retry_date: debit.retry_date,
  created_at: debit.created_at,
  updated_at: debit.updated_at,
})

export const DirectDebitQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  mandate_id: Type.Optional(Id('mandate', 'Only those under this mandate.')),
  batch_id: Type.Optional(Id('debit_batch', 'Only those of this batch.')),
  status: Several(debitStatuses, 'Only these statuses.'),
})
