import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import {
  Amount,
  Body,
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
import { publicId, publicIdOrNull, uuidOf } from '../foundation/id.ts'
import { allocationRules } from './allocation.ts'
import type { PaymentWithAllocations } from './queries.ts'
import type { NewPayment } from './record-payments.ts'
import type { AllocationRow } from './table.ts'

export const methods = ['bank_transfer', 'direct_debit', 'card', 'cheque', 'cash', 'other'] as const
const ALLOCATIONS_MAX = 1_000

const Method = OneOf(methods, { description: 'How the money came.' })
const Reference = Text('What the payer wrote: invoice numbers in it are recognised.', {
  maxLength: 500,
  example: 'R-2026-0815',
})

export const DesignatedAllocation = named(
  'DesignatedAllocation',
  Body(
    {
      invoice_id: Id('invoice', 'The invoice to settle; its items by due date.'),
      amount: Amount('How much of the payment goes there.', { minimum: 1 }),
    },
    { description: 'What the payer or the ERP has decided about a part of the money.' },
  ),
)

const paymentFields = {
  customer_id: Id('customer', 'Who paid.'),
  currency: Currency('The currency received; money is never converted.'),
  amount: Amount('What was received.', { minimum: 1 }),
  received_date: Day('When it was received; not in the future.', '2026-03-14'),
  method: Method,
  reference: Type.Optional(Reference),
  allocations: Type.Optional(
    List(ref(DesignatedAllocation), {
      description:
        'Designations. All of them are met in full, or the payment is refused; the rest stays unallocated.',
      maxItems: ALLOCATIONS_MAX,
    }),
  ),
  allocate: Type.Optional(
    OneOf(['auto', 'none'], {
      description:
        'Without `allocations`: `auto` allocates by reference, then one item of exactly this amount, then the oldest due date; `none` leaves all unallocated.',
      default: 'auto',
    }),
  ),
  metadata: Type.Optional(Metadata),
}

export const CreatePayment = named(
  'CreatePayment',
  Body(
    {
      external_id: Type.Optional(
        ExternalId('The caller’s own id; unique per tenant.', 'BANK-2026-03-14-17'),
      ),
      ...paymentFields,
    },
    { description: 'Money received from a customer.' },
  ),
)

export const UpsertPayment = named(
  'UpsertPayment',
  Body(paymentFields, {
    description: 'Money received from a customer, under the external id in the path.',
  }),
)

/** What the API was told about a payment, as the commands take it. */
export const newPayment = (
  body: Static<typeof UpsertPayment> & { external_id?: string },
): NewPayment => ({
  customerId: uuidOf(body.customer_id),
  externalId: body.external_id ?? null,
  currency: body.currency,
  amount: body.amount,
  receivedDate: body.received_date,
  method: body.method,
  reference: body.reference ?? null,
  allocations:
    body.allocations?.map(({ invoice_id, amount }) => ({
      invoiceId: uuidOf(invoice_id),
      amount,
    })) ?? null,
  allocate: body.allocate ?? 'auto',
  metadata: body.metadata ?? {},
})

export const PaymentPatch = named(
  'PaymentPatch',
  Body(
    { metadata: Type.Optional(MetadataPatch) },
    { description: 'A merge patch (RFC 7396). Only metadata may change.' },
  ),
)

export const ReversePayment = named(
  'ReversePayment',
  Body(
    {
      reason: Text('Why the money went back.', {
        maxLength: 500,
        example: 'Direct debit returned (AM04)',
      }),
      reversal_date: Type.Optional(Day('When it went back; today unless given.', '2026-03-20')),
    },
    { description: 'Why and when a payment was taken back.' },
  ),
)

export const Allocation = named(
  'Allocation',
  Type.Object(
    {
      id: Id('allocation', 'The id.'),
      invoice_id: Nullable(Id('invoice', 'The invoice of the item; null for a charge.')),
      item_id: Id('open_item', 'The open item settled.'),
      amount: Amount('What was settled.', { minimum: 1 }),
      rule: OneOf(allocationRules, { description: 'The rule that made it.' }),
      effective_date: Day(
        'When it counts: the later of the money’s and the claim’s day.',
        '2026-03-14',
      ),
    },
    { description: 'Which money settles which open item, and why.' },
  ),
)

/** An allocation as the API shows it. */
export const allocationToJson = (allocation: AllocationRow): Static<typeof Allocation> => ({
  id: publicId('allocation', allocation.id),
  invoice_id: publicIdOrNull('invoice', allocation.invoice_id),
  item_id: publicId('open_item', allocation.item_id),
  amount: allocation.amount,
  rule: allocation.rule,
  effective_date: allocation.effective_date,
})

const statuses = ['received', 'reversed'] as const

export const Payment = named(
  'Payment',
  Type.Object(
    {
      ...resourceFields('payment'),
      customer_id: Id('customer', 'Who paid.'),
      external_id: Nullable(ExternalId('The caller’s own id.', 'BANK-2026-03-14-17')),
      status: OneOf(statuses, { description: 'Whether the money is here or was taken back.' }),
      currency: Currency('The currency received.'),
      amount: Amount('What was received.', { minimum: 1 }),
      allocated_amount: Amount('What of it has settled open items.'),
      unallocated_amount: Amount('What of it is still to be used.', { example: 0 }),
      refunded_amount: Amount('What of it was paid out again.', { example: 0 }),
      reversed_amount: Amount('What of it was taken back.', { example: 0 }),
      recovered_amount: Amount('What of it went to claims written off before.', { example: 0 }),
      received_date: Day('When it was received.', '2026-03-14'),
      method: Method,
      reference: Nullable(Reference),
      allocations: List(ref(Allocation), {
        description: 'The allocations that stand.',
        maxItems: 10_000,
      }),
      reversal_date: Nullable(Day('When it was taken back.', '2026-03-20')),
      reversal_reason: Nullable(
        Text('Why it was taken back.', { maxLength: 500, example: 'Direct debit returned (AM04)' }),
      ),
      metadata: Metadata,
    },
    { description: 'Money received from a customer.' },
  ),
)

export const PaymentList = ListOf(Payment)

/** A payment with its allocations, as the API shows it. */
export const paymentToJson = (
  { payment, allocations }: PaymentWithAllocations,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof Payment> => ({
  id: publicId('payment', payment.id),
  object: 'payment',
  version: payment.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', payment.customer_id),
  external_id: payment.external_id,
  status: payment.status,
  currency: payment.currency,
  amount: payment.amount,
  allocated_amount: payment.allocated_amount,
  unallocated_amount: payment.unallocated_amount,
  refunded_amount: payment.refunded_amount,
  reversed_amount: payment.reversed_amount,
  recovered_amount: payment.recovered_amount,
  received_date: payment.received_date,
  method: payment.method as Static<typeof Method>,
  reference: payment.reference,
  allocations: allocations.map(allocationToJson),
  reversal_date: payment.reversal_date,
  reversal_reason: payment.reversal_reason,
  metadata: payment.metadata,
  created_at: payment.created_at,
  updated_at: payment.updated_at,
})

export const PaymentQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  external_id: Type.Optional(
    ExternalId('Only the one with this external id.', 'BANK-2026-03-14-17'),
  ),
  status: Several(statuses, 'Only these statuses.'),
  unallocated: Type.Optional(
    YesNo('Only those with money still to be used, or only those without.'),
  ),
  received_date_gte: Type.Optional(Day('Received on or after.')),
  received_date_lte: Type.Optional(Day('Received on or before.')),
})

export const RecordQuery = Query({ ...dryRun })
