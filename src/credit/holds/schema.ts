import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  Body,
  Day,
  Id,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { type CreditHoldRow, creditHoldOrigins, creditHoldReasons } from './table.ts'

const Reason = OneOf(creditHoldReasons, { description: 'Why nothing is sold on account.' })
const Note = Text('A note for people.', {
  maxLength: 1000,
  example: 'Until the final demand is paid.',
})
const LiftReason = Text('Why it was lifted.', { maxLength: 500, example: 'All overdue was paid.' })

export const PlaceCreditHold = named(
  'PlaceCreditHold',
  Body(
    {
      customer_id: Id('customer', 'The customer.'),
      reason: Reason,
      note: Type.Optional(Note),
      from_date: Type.Optional(Day('The first day; today unless given.')),
    },
    { description: 'A reason not to sell to a customer on account.' },
  ),
)

export const LiftCreditHold = named(
  'LiftCreditHold',
  Body({ reason: LiftReason }, { description: 'Why a credit hold ends.' }),
)

export const CreditHold = named(
  'CreditHold',
  Type.Object(
    {
      ...resourceFields('credit_hold'),
      customer_id: Id('customer', 'The customer.'),
      customer: Expandable('customer'),
      reason: Reason,
      note: Nullable(Note),
      from_date: Day('The first day.'),
      lifted_date: Nullable(Day('When it was lifted; null while it is in force.', '2026-04-20')),
      lift_reason: Nullable(LiftReason),
      origin: OneOf(creditHoldOrigins, {
        description:
          'A person placed it, a dunning level did, or the credit policy, which lifts it too.',
      }),
      notice_id: Nullable(
        Id(
          'dunning_notice',
          'The notice that dunning placed it with; once that is taken back, another that wants it too.',
        ),
      ),
    },
    { description: 'A dated reason not to sell to a customer on account.' },
  ),
)
export const CreditHoldList = ListOf(CreditHold)

/** A credit hold as the API shows it. */
export const creditHoldToJson = (
  hold: CreditHoldRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof CreditHold> => ({
  id: publicId('credit_hold', hold.id),
  object: 'credit_hold',
  version: hold.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', hold.customer_id),
  reason: hold.reason,
  note: hold.note,
  from_date: hold.from_date,
  lifted_date: hold.lifted_date,
  lift_reason: hold.lift_reason,
  origin: hold.origin,
  notice_id: publicIdOrNull('dunning_notice', hold.notice_id),
  created_at: hold.created_at,
  updated_at: hold.updated_at,
})

export const CreditHoldQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  reason: Type.Optional(Reason),
  origin: Type.Optional(OneOf(creditHoldOrigins, { description: 'Only those of this origin.' })),
  active: Type.Optional(YesNo('Only those in force today, or only those that are not.')),
})
