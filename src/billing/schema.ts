import { type Static, Type } from '@sinclair/typebox'
import { daysOverdue } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { Expandable } from '../foundation/http/expand.ts'
import {
  Amount,
  At,
  Body,
  Count,
  Currency,
  Day,
  dryRun,
  ExternalId,
  Id,
  List,
  ListOf,
  Metadata,
  MetadataPatch,
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
} from '../foundation/http/schema.ts'
import { publicId, uuidOf } from '../foundation/id.ts'
import type { ItemWithLevel } from '../ledger/queries.ts'
import { OpenItem, openItemToJson } from '../ledger/schema.ts'
import { PolicyChoiceField, policyChoice, policyChoiceToJson } from '../parties/policy-choice.ts'
import type { NewInvoice } from './create-invoices.ts'
import { DISCOUNT_TIERS_MAX } from './early-payment-discount.ts'
import { dueDateBases, INSTALMENTS_MAX } from './invoice.ts'
import {
  DEDUCTIONS_MAX,
  type DepositDeduction,
  depositDeductions,
  discountTerms,
  EarlyPaymentDiscount,
  instalments,
  lines,
  TaxedDepositDeduction,
} from './invoice-parts-schema.ts'
import type { InvoiceRow } from './table.ts'

const NetDays = Count('Days from the issue date to the due date.', { maximum: 365, example: 30 })
const Number_ = (of: string) =>
  Text(`The number printed on the ${of}; unique.`, { maxLength: 100, example: 'R-2026-0815' })

const Basis = OneOf(dueDateBases, {
  description:
    'How the due date came about: `agreed` by both sides, or said by the `invoice_only`. Who is late with an agreed one is in default the day after; else only by a demand, or days after receipt, as the law says.',
  examples: ['agreed'],
})
const Received = Day(
  'When the customer received it, where that is known; between its date and today.',
  '2026-03-03',
)
const ConsumerNotice = YesNo(
  'Whether it tells a consumer that default follows 30 days after due date and receipt (§ 286 (3) BGB).',
  { example: false },
)

const kinds = ['standard', 'deposit', 'opening'] as const

const Kind = OneOf(kinds, {
  description:
    'What it claims: `standard` a sale; `deposit` money ahead of one, booked to deposits until a final invoice deducts it; `opening` what was open in the system before this one, booked against the opening balance, tax included.',
  default: 'standard',
})

const Policy = PolicyChoiceField('the customer decides, else its class, else the tenant')

const CreditorReference = (description: string) =>
  Text(description, { maxLength: 35, example: 'RF85R20260815' })

const OrderReference = Text(
  'The order of the customer it bills: the `external_id` of an order on hand and of a reservation. Issued, it uses them up by its total.',
  { example: 'PO-4500012345' },
)

const invoiceFields = {
  customer_id: Id('customer', 'Who owes it.'),
  external_id: Type.Optional(ExternalId()),
  number: Type.Optional(Number_('invoice')),
  currency: Currency(),
  issue_date: Day('The date of the document.', '2026-03-01'),
  due_date: Type.Optional(
    Day('The last day on which it is not overdue. Alternative to `net_days` and `instalments`.'),
  ),
  net_days: Type.Optional(NetDays),
  instalments: Type.Optional(instalments),
  due_date_basis: Type.Optional({ ...Basis, default: 'agreed' }),
  received_date: Type.Optional(Received),
  consumer_notice_given: Type.Optional({ ...ConsumerNotice, default: false }),
  total_amount: Amount('What is claimed, tax included.', { minimum: 1 }),
  tax_amount: Type.Optional(
    Amount('The tax in it; booked as an entry of its own.', { example: 23760 }),
  ),
  creditor_reference: Type.Optional(
    CreditorReference(
      'The structured reference the payer is to use: RF (ISO 11649) or Swiss QR. Made of the number unless given.',
    ),
  ),
  order_reference: Type.Optional(OrderReference),
  early_payment_discounts: Type.Optional(discountTerms),
  lines: Type.Optional(lines('invoice')),
  kind: Type.Optional(Kind),
  deposit_deductions: Type.Optional(depositDeductions),
  dunning_policy_id: Type.Optional(Policy),
  metadata: Type.Optional(Metadata),
}

export const CreateInvoice = named(
  'CreateInvoice',
  Body(
    {
      ...invoiceFields,
      issue: Type.Optional(
        YesNo('True to issue at once; otherwise a draft is kept.', { default: false }),
      ),
    },
    {
      description:
        'An invoice to create. Terms resolve from the invoice, else its customer, else the customer’s class, else the tenant.',
    },
  ),
)

const { external_id: _external, ...upsertFields } = invoiceFields
export const UpsertInvoice = named(
  'UpsertInvoice',
  Body(
    {
      ...upsertFields,
      issue: Type.Optional(
        YesNo('True to issue at once; otherwise a draft is kept.', { default: false }),
      ),
    },
    {
      description:
        'An invoice to create, or a draft to replace, under the external id in the path.',
    },
  ),
)

type Wire = Omit<Static<typeof CreateInvoice>, 'external_id'> & { external_id?: string }

/** What the API was told about an invoice, as the commands take it. */
export const newInvoice = (body: Wire): NewInvoice => ({
  customerId: uuidOf(body.customer_id),
  externalId: body.external_id ?? null,
  number: body.number ?? null,
  currency: body.currency,
  issueDate: body.issue_date,
  dueDate: body.due_date ?? null,
  netDays: body.net_days ?? null,
  instalments: body.instalments ?? null,
  dueDateBasis: body.due_date_basis ?? 'agreed',
  receivedDate: body.received_date ?? null,
  consumerNoticeGiven: body.consumer_notice_given ?? false,
  totalAmount: body.total_amount,
  taxAmount: body.tax_amount ?? null,
  creditorReference: body.creditor_reference ?? null,
  orderReference: body.order_reference ?? null,
  earlyPaymentDiscounts: body.early_payment_discounts ?? [],
  lines: body.lines ?? [],
  kind: body.kind ?? 'standard',
  depositDeductions: (body.deposit_deductions ?? []).map(deductionOf),
  policyChoice: body.dunning_policy_id === undefined ? null : policyChoice(body.dunning_policy_id),
  metadata: body.metadata ?? {},
  issue: body.issue ?? false,
})

/** A deduction as the commands take it. */
export const deductionOf = ({ invoice_id, amount }: Static<typeof DepositDeduction>) => ({
  invoice_id: uuidOf(invoice_id),
  amount,
})

export const InvoicePatch = named(
  'InvoicePatch',
  Body(
    {
      number: Type.Optional(Nullable(Number_('invoice'))),
      issue_date: Type.Optional(Day('The date of the document.', '2026-03-01')),
      due_date: Type.Optional(Day('The last day on which it is not overdue.')),
      net_days: Type.Optional(NetDays),
      instalments: Type.Optional(instalments),
      due_date_basis: Type.Optional(Basis),
      received_date: Type.Optional(Nullable(Received)),
      consumer_notice_given: Type.Optional(ConsumerNotice),
      total_amount: Type.Optional(Amount('What is claimed, tax included.', { minimum: 1 })),
      tax_amount: Type.Optional(Nullable(Amount('The tax in it.', { example: 23760 }))),
      creditor_reference: Type.Optional(
        Nullable(CreditorReference('The structured reference the payer is to use.')),
      ),
      order_reference: Type.Optional(Nullable(OrderReference)),
      early_payment_discounts: Type.Optional(discountTerms),
      lines: Type.Optional(lines('invoice')),
      deposit_deductions: Type.Optional(depositDeductions),
      dunning_policy_id: Type.Optional(Policy),
      metadata: Type.Optional(MetadataPatch),
    },
    {
      description:
        'A merge patch (RFC 7396). Once issued, only metadata, the dunning policy and the day it was received may change.',
    },
  ),
)

export const IssueInvoice = named(
  'IssueInvoice',
  Body({ number: Type.Optional(Number_('invoice')) }, { description: 'How to issue a draft.' }),
)

export const VoidInvoice = named(
  'VoidInvoice',
  Body(
    {
      number: Type.Optional(
        Text('The number of the cancellation document.', {
          maxLength: 100,
          example: 'S-2026-0007',
        }),
      ),
      void_date: Type.Optional(Day('The date of the cancellation document; today unless given.')),
      reason: Text('Why.', { maxLength: 500, example: 'Invoiced to the wrong company.' }),
    },
    { description: 'The cancellation document that takes the invoice back.' },
  ),
)

const statuses = ['draft', 'issued', 'paid', 'void', 'written_off'] as const

export const Invoice = named(
  'Invoice',
  Type.Object(
    {
      ...resourceFields('invoice'),
      customer_id: Id('customer', 'Who owes it.'),
      customer: Expandable('customer'),
      external_id: Nullable(ExternalId()),
      number: Nullable(Number_('invoice')),
      kind: OneOf(kinds, { description: 'What it claims.', examples: ['standard'] }),
      status: OneOf(statuses, {
        description:
          'Where it stands. `paid` means that nothing is open and it is neither void nor written off.',
        examples: ['issued'],
      }),
      currency: Currency(),
      issue_date: Day('The date of the document.', '2026-03-01'),
      due_date: Day('Its due date; with instalments, the first of them.'),
      due_date_basis: Basis,
      received_date: Nullable(Received),
      consumer_notice_given: ConsumerNotice,
      overdue: YesNo('Whether something is open after its due date, today.', { example: false }),
      days_overdue: Count('Days past the earliest due date that still has something open.', {
        example: 0,
      }),
      dunning_level: Count('The highest level its items have reached. Payment does not lower it.', {
        example: 0,
      }),
      total_amount: Amount('What was claimed, tax included.', { minimum: 1 }),
      tax_amount: Nullable(Amount('The tax in it.', { example: 23760 })),
      open_amount: Amount('What is still owed; charges are items of their own.'),
      paid_amount: Amount('What money has settled.', { example: 0 }),
      credited_amount: Amount('What credit notes have settled.', { example: 0 }),
      deposit_amount: Amount('What deposits have settled.', { example: 0 }),
      deposit_used_amount: Amount('Of a deposit: what final invoices have deducted.', {
        example: 0,
      }),
      deposit_deductions: List(ref(TaxedDepositDeduction), {
        description: 'The deposits deducted here.',
        maxItems: DEDUCTIONS_MAX,
      }),
      discounted_amount: Amount('What early-payment discounts have settled.', { example: 0 }),
      deducted_amount: Amount(
        'What was settled without money: differences, bank charges, tax withheld.',
        { example: 0 },
      ),
      written_off_amount: Amount('What of it has been given up.', { example: 0 }),
      open_items: List(ref(OpenItem), {
        description: 'Its open items by due date; none while it is a draft.',
        maxItems: INSTALMENTS_MAX,
      }),
      instalments,
      creditor_reference: Nullable(
        CreditorReference(
          'The structured reference the payer is to use; null while it is a draft.',
        ),
      ),
      order_reference: Nullable(OrderReference),
      early_payment_discounts: List(ref(EarlyPaymentDiscount), {
        description: 'Early-payment discounts, the earliest end first.',
        maxItems: DISCOUNT_TIERS_MAX,
      }),
      lines: Type.Optional(lines('invoice')),
      dunning_policy_id: Policy,
      origin: OneOf(['pushed', 'own'], {
        description: 'Whether the ERP pushed it or the service made it.',
      }),
      taken_over_date: Nullable(
        Day('Of an opening item: the day of the move, from which it counts.', '2026-01-01'),
      ),
      original_amount: Nullable(
        Amount('Of an opening item: what the document was once about.', { minimum: 1 }),
      ),
      void_number: Nullable(
        Text('The number of the cancellation document.', { example: 'S-2026-0007' }),
      ),
      void_date: Nullable(Day('The date of the cancellation document.')),
      void_reason: Nullable(
        Text('Why it was taken back.', {
          maxLength: 500,
          example: 'Invoiced to the wrong company.',
        }),
      ),
      metadata: Metadata,
    },
    {
      description: 'A document that claims money; immutable once issued. Lists leave `lines` out.',
    },
  ),
)

export const InvoiceList = ListOf(Invoice)

/** An invoice with its items, as the API shows it on a day. Lists leave the lines out. */
export function invoiceToJson(
  invoice: InvoiceRow,
  items: readonly ItemWithLevel[],
  { today, tenant }: Pick<Reader, 'today' | 'tenant'>,
  { withLines = true } = {},
): Static<typeof Invoice> {
  const days =
    invoice.earliest_open_due_date === null ? 0 : daysOverdue(invoice.earliest_open_due_date, today)
  return {
    id: publicId('invoice', invoice.id),
    object: 'invoice',
    version: invoice.version,
    livemode: tenant.mode === 'live',
    customer_id: publicId('customer', invoice.customer_id),
    external_id: invoice.external_id,
    number: invoice.number,
    kind: invoice.kind,
    status: invoice.status,
    currency: invoice.currency,
    issue_date: invoice.issue_date,
    due_date: invoice.due_date,
    due_date_basis: invoice.due_date_basis,
    received_date: invoice.received_date,
    consumer_notice_given: invoice.consumer_notice_given,
    overdue: days > 0,
    days_overdue: days,
    dunning_level: Math.max(0, ...items.map(({ level }) => level)),
    total_amount: invoice.total_amount,
    tax_amount: invoice.tax_amount,
    open_amount: invoice.open_amount,
    paid_amount: invoice.paid_amount,
    credited_amount: invoice.credited_amount,
    deposit_amount: invoice.deposit_amount,
    deposit_used_amount: invoice.deposit_used_amount,
    deposit_deductions: invoice.deposit_deductions.map(({ invoice_id, ...amounts }) => ({
      invoice_id: publicId('invoice', invoice_id),
      ...amounts,
    })),
    discounted_amount: invoice.discounted_amount,
    deducted_amount: invoice.deducted_amount,
    written_off_amount: invoice.written_off_amount,
    open_items: items.map((item) => openItemToJson(item, today)),
    instalments: invoice.instalments,
    creditor_reference: invoice.creditor_reference,
    order_reference: invoice.order_reference,
    early_payment_discounts: invoice.early_payment_discounts,
    ...(withLines && { lines: invoice.lines }),
    dunning_policy_id: policyChoiceToJson(invoice),
    origin: invoice.origin,
    taken_over_date: invoice.taken_over_date,
    original_amount: invoice.original_amount,
    void_number: invoice.void_number,
    void_date: invoice.void_date,
    void_reason: invoice.void_reason,
    metadata: invoice.metadata,
    created_at: invoice.created_at,
    updated_at: invoice.updated_at,
  }
}

const invoiceFilters = {
  status: Several(statuses, 'Only these statuses.'),
  overdue: Type.Optional(YesNo('Only what is overdue today, or only what is not.')),
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  external_id: Type.Optional(ExternalId('Only the one with this external id.')),
  number: Type.Optional(Text('Only the one with this number.', { example: 'R-2026-0815' })),
  due_date_gte: Type.Optional(Day('Due on or after.')),
  due_date_gt: Type.Optional(Day('Due after.')),
  due_date_lte: Type.Optional(Day('Due on or before.')),
  due_date_lt: Type.Optional(Day('Due before.')),
  issue_date_gte: Type.Optional(Day('Dated on or after.')),
  issue_date_lte: Type.Optional(Day('Dated on or before.')),
  updated_at_gte: Type.Optional(At('Changed at or after.')),
}

export const InvoiceQuery = Query({
  ...paging,
  ...invoiceFilters,
  sort: Type.Optional(
    OneOf(['-created_at', 'created_at', 'due_date', '-due_date', 'issue_date', '-issue_date'], {
      description: 'The order; newest first unless given.',
    }),
  ),
})

export const InvoiceSummaryQuery = Query(invoiceFilters)

export const InvoiceSummary = named(
  'InvoiceSummary',
  Type.Object(
    {
      object: Type.Unsafe<'invoice_summary'>(
        Type.String({
          description: 'What this is.',
          const: 'invoice_summary',
          examples: ['invoice_summary'],
        }),
      ),
      as_of_date: Day('The day it stands on.'),
      rows: List(
        Type.Object(
          {
            status: OneOf(statuses, { description: 'The status.', examples: ['issued'] }),
            currency: Currency(),
            count: Count('How many invoices.', { example: 120 }),
            total_amount: Amount('What they claimed.'),
            open_amount: Amount('What of it is open.'),
            overdue_amount: Amount('What is open of those that are overdue.', { example: 0 }),
          },
          { description: 'The invoices of one status in one currency.' },
        ),
        { description: 'One row per status and currency that occurs.', maxItems: 1000 },
      ),
    },
    { description: 'Counts and sums of invoices by status and currency.' },
  ),
)

export const CreateQuery = Query({ ...dryRun })

/** The path of an upsert. */
export const ExternalIdParams = Type.Object(
  { external_id: ExternalId() },
  { additionalProperties: false },
)
