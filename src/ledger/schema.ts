import { type Static, Type } from '@sinclair/typebox'
import { daysOverdue } from '../foundation/calendar.ts'
import type { TenantFrame } from '../foundation/database/frame.ts'
import { Expandable } from '../foundation/http/expand.ts'
import {
  Amount,
  At,
  Body,
  Count,
  Currency,
  Day,
  exampleId,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Text,
  YesNo,
} from '../foundation/http/schema.ts'
import { anyIdPattern, type Kind, publicId, publicIdOrNull } from '../foundation/id.ts'
import { accounts } from './accounts.ts'
import { type Invariant, type InvariantCheck, invariants } from './invariants.ts'
import type { ItemWithLevel } from './queries.ts'
import type { LedgerEntryRow, SourceKind } from './table.ts'
import type { Difference } from './verify-ledger.ts'

export const OpenItem = named(
  'OpenItem',
  Type.Object(
    {
      id: Id('open_item', 'The id.'),
      object: Type.Unsafe<'open_item'>(
        Type.String({ description: 'What this is.', const: 'open_item', examples: ['open_item'] }),
      ),
      kind: OneOf(['invoice', 'charge'], {
        description: 'An instalment of an invoice, or a charge.',
      }),
      customer_id: Id('customer', 'Who owes it.'),
      customer: Expandable('customer'),
      invoice_id: Nullable(Id('invoice', 'The invoice it is part of; null for a charge.')),
      invoice: Expandable('invoice'),
      charge_kind: Nullable(
        OneOf(['fee', 'interest', 'lump_sum', 'returned_payment'], {
          description: 'What kind of charge; null for an instalment.',
        }),
      ),
      notice_id: Nullable(
        Id('dunning_notice', 'The notice that claimed the charge; null for an instalment.'),
      ),
      sequence: Count('Its place among the items of its document.', { minimum: 1 }),
      currency: Currency(),
      claim_date: Day('The day the claim arose.', '2026-03-01'),
      due_date: Day('The last day on which it is not overdue.'),
      total_amount: Amount('What was claimed.'),
      open_amount: Amount('What is still owed.', { example: 0 }),
      paid_amount: Amount('What money has settled.'),
      credited_amount: Amount('What credit notes have settled.', { example: 0 }),
      deposit_amount: Amount('What deposits deducted have settled.', { example: 0 }),
      waived_amount: Amount('What of a charge was given up.', { example: 0 }),
      discounted_amount: Amount('What early-payment discounts have settled.', { example: 0 }),
      deducted_amount: Amount(
        'What was settled without money: differences, bank charges, tax withheld.',
        { example: 0 },
      ),
      written_off_amount: Amount('What of it has been given up.', { example: 0 }),
      overdue: YesNo('Whether something is open after the due date.', { example: false }),
      days_overdue: Count('Days past the due date while something is open.', { example: 0 }),
      level: Count('How far dunning has escalated it. Payment does not lower it.', { example: 0 }),
    },
    { description: 'One amount owed with one due date.' },
  ),
)

/** An open item as the API shows it on a day. */
export function openItemToJson(item: ItemWithLevel, today: string): Static<typeof OpenItem> {
  const days = item.open_amount > 0 ? daysOverdue(item.due_date, today) : 0
  return {
    id: publicId('open_item', item.id),
    object: 'open_item',
    kind: item.kind,
    customer_id: publicId('customer', item.customer_id),
    invoice_id: publicIdOrNull('invoice', item.invoice_id),
    charge_kind: item.charge_kind,
    notice_id: publicIdOrNull('dunning_notice', item.notice_id),
    sequence: item.sequence,
    currency: item.currency,
    claim_date: item.claim_date,
    due_date: item.due_date,
    total_amount: item.total_amount,
    open_amount: item.open_amount,
    paid_amount: item.paid_amount,
    credited_amount: item.credited_amount,
    deposit_amount: item.deposit_amount,
    waived_amount: item.waived_amount,
    discounted_amount: item.discounted_amount,
    deducted_amount: item.deducted_amount,
    written_off_amount: item.written_off_amount,
    overdue: days > 0,
    days_overdue: days,
    level: item.level,
  }
}

export const OpenItemList = ListOf(OpenItem)

export const OpenItemQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  invoice_id: Type.Optional(Id('invoice', 'Only this invoice’s.')),
  kind: Type.Optional(OneOf(['invoice', 'charge'], { description: 'Only this kind.' })),
  currency: Type.Optional(Currency('Only in this currency.')),
  open: Type.Optional(YesNo('Only what is still open, or only what is not.')),
  overdue: Type.Optional(YesNo('Only what is overdue today, or only what is not.')),
  due_date_gte: Type.Optional(Day('Due on or after.')),
  due_date_lte: Type.Optional(Day('Due on or before.')),
})

export const WaiveCharge = named(
  'WaiveCharge',
  Body(
    {
      amount: Type.Optional(
        Amount('What is given up; all that is open unless given.', { minimum: 1, example: 500 }),
      ),
      waive_date: Type.Optional(Day('The day it counts; today unless given.')),
      reason: Text('Why.', { maxLength: 500, example: 'Goodwill: first late payment in years.' }),
    },
    { description: 'How much of a charge is given up, and why.' },
  ),
)
/** What kind of thing the id of a source is. */
export const sourceKinds = {
  invoice: 'invoice',
  credit_note: 'credit_note',
  payment: 'payment',
  charge: 'open_item',
  refund: 'refund',
  write_off: 'write_off',
  bank_line: 'bank_line',
  transfer: 'payment',
  deferral: 'deferral',
} as const satisfies Record<SourceKind, Kind>
/** The kinds of source there are, for enumerations. */
export const sourceKindNames = Object.keys(sourceKinds) as SourceKind[]

/** The id of what an entry came from. */
export const SourceId = (description: string) =>
  Type.String({
    description,
    pattern: anyIdPattern(Object.values(sourceKinds)),
    minLength: 30,
    maxLength: 30,
    examples: [exampleId('invoice')],
  })

export const LedgerEntry = named(
  'LedgerEntry',
  Type.Object(
    {
      id: Id('ledger_entry', 'The id.'),
      object: Type.Unsafe<'ledger_entry'>(
        Type.String({
          description: 'What this is.',
          const: 'ledger_entry',
          examples: ['ledger_entry'],
        }),
      ),
      happening: Type.String({
        description: 'What happened.',
        maxLength: 60,
        format: 'text',
        examples: ['invoice_issued'],
      }),
      effective_date: Day('When it counts.'),
      posting_date: Day('The day of the general ledger it is posted on.'),
      recorded_at: At('When the service knew.'),
      currency: Currency(),
      amount: Amount('What moves from the credit to the debit side; always positive.', {
        minimum: 1,
      }),
      debit_account: OneOf(accounts, { description: 'The account debited.' }),
      debit_customer_id: Nullable(Id('customer', 'The customer on the debit side.')),
      credit_account: OneOf(accounts, {
        description: 'The account credited.',
        examples: ['sales'],
      }),
      credit_customer_id: Nullable(Id('customer', 'The customer on the credit side.')),
      item_id: Nullable(Id('open_item', 'The open item on the receivable side.')),
      source_kind: OneOf(sourceKindNames, {
        description: 'The kind of document behind it.',
      }),
      source_id: SourceId('The document behind it.'),
      origin: OneOf(['pushed', 'own'], {
        description: 'Whether the ERP reported it or the service made it happen.',
      }),
      undoes_id: Nullable(
        Id('ledger_entry', 'The entry this one takes back, with its sides swapped.'),
      ),
      livemode: YesNo('False in a test tenant.'),
    },
    { description: 'One immutable movement between two accounts of the subledger.' },
  ),
)

export const LedgerEntryList = ListOf(LedgerEntry)

/** A ledger entry as the API shows it. */
export const entryToJson = (
  entry: LedgerEntryRow,
  { mode }: TenantFrame,
): Static<typeof LedgerEntry> => ({
  id: publicId('ledger_entry', entry.id),
  object: 'ledger_entry',
  happening: entry.happening,
  effective_date: entry.effective_date,
  posting_date: entry.posting_date,
  recorded_at: entry.recorded_at,
  currency: entry.currency,
  amount: entry.amount,
  debit_account: entry.debit_account,
  debit_customer_id: publicIdOrNull('customer', entry.debit_customer_id),
  credit_account: entry.credit_account,
  credit_customer_id: publicIdOrNull('customer', entry.credit_customer_id),
  item_id: publicIdOrNull('open_item', entry.item_id),
  source_kind: entry.source_kind,
  source_id: publicId(sourceKinds[entry.source_kind], entry.source_id),
  origin: entry.origin,
  undoes_id: publicIdOrNull('ledger_entry', entry.undoes_id),
  livemode: mode === 'live',
})

export const EntryQuery = Query({
  ...paging,
  customer_id: Type.Optional(
    Id('customer', 'Only entries that name this customer on either side.'),
  ),
  item_id: Type.Optional(Id('open_item', 'Only entries of this open item.')),
  source_id: Type.Optional(SourceId('Only entries of this document.')),
  effective_date_gte: Type.Optional(Day('Only what counts on or after this day.')),
  effective_date_lte: Type.Optional(Day('Only what counts on or before this day.')),
})

const CheckedInvariant = Type.Object(
  {
    invariant: OneOf(Object.keys(invariants) as Invariant[], {
      description: `What must be true. ${Object.entries(invariants)
        .map(([name, meaning]) => `\`${name}\`: ${meaning}`)
        .join(' ')}`,
    }),
    violation_count: Count('How many rows break it; 0 when it holds.'),
    examples: List(
      Type.Object(
        {
          kind: Text('What kind of thing breaks it.', { maxLength: 60, example: 'invoice' }),
          id: Text('Which one.', { maxLength: 100, example: exampleId('invoice') }),
        },
        { description: 'A row that breaks it.' },
      ),
      { description: 'The first ten of them.', maxItems: 10 },
    ),
  },
  { description: 'Something that must always be true.' },
)

export const Verification = named(
  'LedgerVerification',
  Type.Object(
    {
      object: Type.Unsafe<'ledger_verification'>(
        Type.String({
          description: 'What this is.',
          const: 'ledger_verification',
          examples: ['ledger_verification'],
        }),
      ),
      ok: YesNo('True when every amount equals what the ledger says and every invariant holds.'),
      checked_at: At('When it was checked, by the tenant’s clock.'),
      differences: List(
        Type.Object(
          {
            check: Type.String({
              description: 'The rule that does not hold.',
              maxLength: 60,
              format: 'text',
              examples: ['open_item_equals_entries'],
            }),
            kind: OneOf(
              [
                'open_item',
                'invoice',
                'payment',
                'credit_note',
                'write_off',
                'customer',
                'bank_line',
              ],
              { description: 'What it is about.' },
            ),
            id: Type.String({
              description: 'Which one.',
              maxLength: 40,
              format: 'text',
              examples: [exampleId('open_item')],
            }),
            currency: Type.String({
              description: 'The currency, ISO 4217.',
              maxLength: 3,
              pattern: '^[A-Z]{3}$',
              examples: ['EUR'],
            }),
            expected_amount: Amount('What the ledger says.', { minimum: -Number.MAX_SAFE_INTEGER }),
            actual_amount: Amount('What is stored.', { minimum: -Number.MAX_SAFE_INTEGER }),
          },
          { description: 'Two figures that should be one.' },
        ),
        {
          description: 'Every difference found, 1,000 at most; empty when all is well.',
          maxItems: 1000,
        },
      ),
      invariants: List(CheckedInvariant, {
        description:
          'What must always be true, and whether it is. Empty in events of the nightly proof, which compares amounts only.',
        maxItems: 50,
      }),
    },
    {
      description:
        'A proof, recomputed on request, that every amount equals the sum of its ledger entries and that what must always be true is.',
    },
  ),
)

/** The outcome of a verification as the API shows it. */
export const verificationToJson = (
  differences: readonly Difference[],
  checks: readonly InvariantCheck[],
  now: string,
): Static<typeof Verification> => ({
  object: 'ledger_verification',
  ok: differences.length === 0 && checks.every(({ violationCount }) => violationCount === 0),
  checked_at: now,
  differences: differences.map((difference) => ({
    ...difference,
    id: publicId(difference.kind, difference.id),
  })),
  invariants: checks.map(({ invariant, violationCount, examples }) => ({
    invariant,
    violation_count: violationCount,
    examples,
  })),
})
