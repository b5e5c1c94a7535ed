import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import { Expandable } from '../foundation/http/expand.ts'
import {
  Amount,
  Body,
  Currency,
  Day,
  dryRun,
  ExternalId,
  Id,
  ListOf,
  Metadata,
  MetadataPatch,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Several,
  Text,
  YesNo,
} from '../foundation/http/schema.ts'
import { publicId, publicIdOrNull, uuidOf } from '../foundation/id.ts'
import { Allocations, allocationToJson, designationOf, designations } from './allocation-schema.ts'
import type { PaymentWithAllocations } from './queries.ts'
import type { NewPayment } from './record-payments.ts'

export const methods = ['bank_transfer', 'direct_debit', 'card', 'cheque', 'cash', 'other'] as const

const accounts = ['cash', 'clearing', 'opening_balance'] as const

const Method = OneOf(methods, { description: 'How the money came.' })
const Reference = Text('What the payer wrote: invoice numbers in it are recognised.', {
  maxLength: 500,
  example: 'R-2026-0815',
})

const EndToEndId = Text('The end-to-end id it came with.', { maxLength: 35, example: 'E2E-4711' })
const ProvisionalUntil = Day(
  'The last day on which the payer can take it back without a reason.',
  '2026-05-09',
)
const payerFields = {
  name: Text('The name of the account it came from.', { maxLength: 140 }),
  iban: Type.String({
    description: 'The IBAN of the account it came from.',
    pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$',
    maxLength: 34,
    examples: ['DE89370400440532013000'],
  }),
}
const PayerInput = Body(
  { name: Type.Optional(payerFields.name), iban: Type.Optional(payerFields.iban) },
  { description: 'The account it came from.' },
)
export const Allocate = OneOf(['auto', 'none'], {
  description:
    'Without `allocations`: `auto` allocates by the rules of the allocation settings; `none` leaves all unallocated.',
  default: 'auto',
})

const paymentFields = {
  customer_id: Id('customer', 'Who paid.'),
  currency: Currency('The currency received; money is never converted.'),
  amount: Amount('What was received.', { minimum: 1 }),
  received_date: Day(
    'When it was received; not in the future. Of a pending one, when it is expected.',
    '2026-03-14',
  ),
  status: Type.Optional(
    OneOf(['received', 'pending'], {
      description:
        'A pending payment (a direct debit) is on its way: nothing of it is entered or usable until it is received.',
      default: 'received',
    }),
  ),
  account: Type.Optional(
    OneOf(accounts, {
      description:
        'Where the money is: at the bank, or in `clearing` on its way there from a payment provider; `opening_balance` for what the customer had with us in the system before this one.',
      default: 'cash',
    }),
  ),
  provisional_until_date: Type.Optional(ProvisionalUntil),
  method: Method,
  reference: Type.Optional(Reference),
  end_to_end_id: Type.Optional(EndToEndId),
  payer: Type.Optional(PayerInput),
  allocations: Type.Optional(
    designations(
      'Designations. All of them are met in full, or the payment is refused; the rest stays unallocated.',
    ),
  ),
  allocate: Type.Optional(Allocate),
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
  status: body.status ?? 'received',
  account: body.account ?? 'cash',
  currency: body.currency,
  amount: body.amount,
  receivedDate: body.received_date,
  provisionalUntilDate: body.provisional_until_date ?? null,
  method: body.method,
  reference: body.reference ?? null,
  endToEndId: body.end_to_end_id ?? null,
  bankLineId: null,
  payer:
    body.payer === undefined
      ? null
      : { name: body.payer.name ?? null, iban: body.payer.iban ?? null },
  allocations: body.allocations?.map(designationOf) ?? null,
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

const ReasonCode = Text('The bank’s code for it.', { maxLength: 20, example: 'AM04' })

export const ReversePayment = named(
  'ReversePayment',
  Body(
    {
      reason: Text('Why the money went back.', {
        maxLength: 500,
        example: 'Direct debit returned (AM04)',
      }),
      reason_code: Type.Optional(ReasonCode),
      reversal_date: Type.Optional(Day('When it went back; today unless given.', '2026-03-20')),
      fee_amount: Type.Optional(
        Amount('What the customer is charged for it, due at once.', { example: 500 }),
      ),
      bank_charges_amount: Type.Optional(
        Amount('What the bank takes for it; booked, not charged.', { example: 300 }),
      ),
    },
    { description: 'Why and when a payment was taken back.' },
  ),
)

export const ReceivePayment = named(
  'ReceivePayment',
  Body(
    {
      received_date: Day('When it came; not in the future.', '2026-03-14'),
      provisional_until_date: Type.Optional(ProvisionalUntil),
      allocations: Type.Optional(
        designations('Designations, all met in full; without them the rules apply.'),
      ),
      allocate: Type.Optional(Allocate),
    },
    { description: 'A pending payment has come in.' },
  ),
)

export const ConfirmClearing = named(
  'ConfirmClearing',
  Body(
    {
      cleared_date: Day('When the bank booked it; not in the future.', '2026-03-16'),
      charges_amount: Type.Optional(
        Amount('What was kept of it on the way, a payment provider’s fee.', { example: 250 }),
      ),
    },
    { description: 'The bank has booked money that was in clearing.' },
  ),
)

const statuses = ['pending', 'received', 'reversed'] as const

export const Payment = named(
  'Payment',
  Type.Object(
    {
      ...resourceFields('payment'),
      customer_id: Id('customer', 'Who paid.'),
      customer: Expandable('customer'),
      external_id: Nullable(ExternalId('The caller’s own id.', 'BANK-2026-03-14-17')),
      status: OneOf(statuses, {
        description: 'Whether the money is on its way, is here, or was taken back.',
        examples: ['received'],
      }),
      account: OneOf(accounts, {
        description:
          'Where the money is: at the bank, on its way there, or in the opening balance.',
      }),
      currency: Currency('The currency received.'),
      amount: Amount('What was received.', { minimum: 1 }),
      allocated_amount: Amount('What of it has settled open items.'),
      unallocated_amount: Amount('What of it is still to be used.', { example: 0 }),
      refunded_amount: Amount('What of it was paid out again.', { example: 0 }),
      transferred_amount: Amount('What of it was moved to other customers.', { example: 0 }),
      difference_amount: Amount('What of it was too much, within tolerance.', { example: 0 }),
      reversed_amount: Amount('What of it was taken back.', { example: 0 }),
      recovered_amount: Amount('What of it went to claims written off before.', { example: 0 }),
      transferred_from_id: Nullable(
        Id('payment', 'The payment of another customer that the money was moved from.'),
      ),
      received_date: Day('When it was received.', '2026-03-14'),
      provisional_until_date: Nullable(ProvisionalUntil),
      method: Method,
      reference: Nullable(Reference),
      end_to_end_id: Nullable(EndToEndId),
      bank_line_id: Nullable(Id('bank_line', 'The line of the bank statement it stands on.')),
      payer: Nullable(
        Type.Object(
          { name: Nullable(payerFields.name), iban: Nullable(payerFields.iban) },
          { description: 'The account it came from.' },
        ),
      ),
      allocations: Allocations,
      reversal_date: Nullable(Day('When it was taken back.', '2026-03-20')),
      reversal_reason: Nullable(
        Text('Why it was taken back.', { maxLength: 500, example: 'Direct debit returned (AM04)' }),
      ),
      reversal_reason_code: Nullable(ReasonCode),
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
  account: payment.account,
  currency: payment.currency,
  amount: payment.amount,
  allocated_amount: payment.allocated_amount,
  unallocated_amount: payment.unallocated_amount,
  refunded_amount: payment.refunded_amount,
  transferred_amount: payment.transferred_amount,
  difference_amount: payment.difference_amount,
  reversed_amount: payment.reversed_amount,
  recovered_amount: payment.recovered_amount,
  transferred_from_id: publicIdOrNull('payment', payment.transferred_from_id),
  received_date: payment.received_date,
  provisional_until_date: payment.provisional_until_date,
  method: payment.method as Static<typeof Method>,
  reference: payment.reference,
  end_to_end_id: payment.end_to_end_id,
  bank_line_id: publicIdOrNull('bank_line', payment.bank_line_id),
  payer:
    payment.payer_name === null && payment.payer_iban === null
      ? null
      : { name: payment.payer_name, iban: payment.payer_iban },
  allocations: allocations.map(allocationToJson),
  reversal_date: payment.reversal_date,
  reversal_reason: payment.reversal_reason,
  reversal_reason_code: payment.reversal_reason_code,
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
  end_to_end_id: Type.Optional(
    Text('Only those with this end-to-end id.', { maxLength: 35, example: 'E2E-4711' }),
  ),
  status: Several(statuses, 'Only these statuses.'),
  unallocated: Type.Optional(
    YesNo('Only those with money still to be used, or only those without.'),
  ),
  received_date_gte: Type.Optional(Day('Received on or after.')),
  received_date_lte: Type.Optional(Day('Received on or before.')),
})

export const RecordQuery = Query({ ...dryRun })
