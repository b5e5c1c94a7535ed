import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  Amount,
  Body,
  Currency,
  Day,
  dryRun,
  Id,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Reason,
  resourceFields,
  Several,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { methods } from '../schema.ts'
import type { RefundRow } from './table.ts'

const Method = OneOf(methods, { description: 'How the money goes back.' })
const Reference = Text('What the payout is called at the bank.', {
  maxLength: 500,
  example: 'REFUND R-2026-0815',
})
export const CreateRefund = named(
  'CreateRefund',
  Body(
    {
      payment_id: Type.Optional(Id('payment', 'The payment whose unallocated money goes back.')),
      credit_note_id: Type.Optional(
        Id('credit_note', 'The credit note whose unallocated amount goes back.'),
      ),
      amount: Amount('How much goes back; not more than is unallocated.', {
        minimum: 1,
        example: 5000,
      }),
      method: Method,
      reference: Type.Optional(Reference),
      reason: Reason('Why the money goes back.', 'Paid twice.'),
      approval_date: Type.Optional(
        Day('From when it is owed back; today unless given.', '2026-03-20'),
      ),
    },
    { description: 'Unallocated money of one payment or one credit note that goes back.' },
  ),
)

export const PayRefund = named(
  'PayRefund',
  Body(
    {
      paid_date: Type.Optional(Day('When it left our account; today unless given.', '2026-03-21')),
      reference: Type.Optional(Reference),
    },
    { description: 'When and as what a refund was paid.' },
  ),
)

export const CancelRefund = named(
  'CancelRefund',
  Body(
    {
      reason: Reason('Why it is not paid, or came back.', 'The account is closed.'),
      cancellation_date: Type.Optional(
        Day('From when the money can be used again; today unless given.', '2026-03-25'),
      ),
    },
    { description: 'Why and when a refund was undone.' },
  ),
)

const statuses = ['approved', 'paid', 'cancelled'] as const

export const Refund = named(
  'Refund',
  Type.Object(
    {
      ...resourceFields('refund'),
      customer_id: Id('customer', 'Whose money it is.'),
      customer: Expandable('customer'),
      payment_id: Nullable(Id('payment', 'The payment it comes from; null for a credit note’s.')),
      payment: Expandable('payment'),
      credit_note_id: Nullable(
        Id('credit_note', 'The credit note it comes from; null for a payment’s.'),
      ),
      status: OneOf(statuses, { description: 'Whether it is to be paid, was paid or undone.' }),
      currency: Currency(),
      amount: Amount('What goes back.', { minimum: 1, example: 5000 }),
      method: Method,
      reference: Nullable(Reference),
      reason: Reason('Why the money goes back.', 'Paid twice.'),
      approval_date: Day('From when it is owed back.', '2026-03-20'),
      paid_date: Nullable(Day('When it left our account.', '2026-03-21')),
      cancellation_date: Nullable(Day('From when the money could be used again.', '2026-03-25')),
      cancellation_reason: Nullable(
        Reason('Why it was not paid, or came back.', 'The account is closed.'),
      ),
    },
    { description: 'Unallocated money that goes back to the customer.' },
  ),
)

export const RefundList = ListOf(Refund)

/** A refund as the API shows it. */
export const refundToJson = (
  refund: RefundRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof Refund> => ({
  id: publicId('refund', refund.id),
  object: 'refund',
  version: refund.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', refund.customer_id),
  payment_id: publicIdOrNull('payment', refund.payment_id),
  credit_note_id: publicIdOrNull('credit_note', refund.credit_note_id),
  status: refund.status,
  currency: refund.currency,
  amount: refund.amount,
  method: refund.method as Static<typeof Method>,
  reference: refund.reference,
  reason: refund.reason,
  approval_date: refund.approval_date,
  paid_date: refund.paid_date,
  cancellation_date: refund.cancellation_date,
  cancellation_reason: refund.cancellation_reason,
  created_at: refund.created_at,
  updated_at: refund.updated_at,
})

export const RefundQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  payment_id: Type.Optional(Id('payment', 'Only those of this payment.')),
  credit_note_id: Type.Optional(Id('credit_note', 'Only those of this credit note.')),
  status: Several(statuses, 'Only these statuses.'),
})

export const ApproveQuery = Query({ ...dryRun })
