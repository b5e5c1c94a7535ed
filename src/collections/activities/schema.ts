import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  At,
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
import { type ActivityRow, activityKinds, directions, outcomes } from './table.ts'

const Kind = OneOf(activityKinds, { description: 'How people were in touch.' })
const Direction = OneOf(directions, { description: 'Who started it: we, or the customer.' })
const Outcome = OneOf(outcomes, { description: 'What came of it.', examples: ['promise'] })
const ContactName = Text('Whom we spoke or wrote to.', { example: 'Ms Weber, accounts payable' })
const Note = Text('What was said or done.', {
  maxLength: 5000,
  example: 'Will pay on Friday; invoice had been in approval.',
})
const CancelReason = Text('Why it counts no more.', {
  maxLength: 500,
  example: 'Logged for the wrong customer.',
})

export const LogActivity = named(
  'LogActivity',
  Body(
    {
      customer_id: Type.Optional(
        Id('customer', 'The customer; may be left out where an invoice is named.'),
      ),
      invoice_id: Type.Optional(Id('invoice', 'The invoice it was about.')),
      kind: Kind,
      direction: Direction,
      outcome: Type.Optional(Outcome),
      contact_name: Type.Optional(ContactName),
      occurred_at: Type.Optional(At('When it happened; now unless given. Never in the future.')),
      note: Type.Optional(Note),
      collection: Type.Optional(
        YesNo(
          'Whether it counts for the contact budget of dunning. By default what we start does; what the customer starts never does.',
        ),
      ),
    },
    { description: 'What somebody did about a customer.' },
  ),
)

export const CancelActivity = named(
  'CancelActivity',
  Body({ reason: CancelReason }, { description: 'Why an activity was logged by mistake.' }),
)

export const Activity = named(
  'Activity',
  Type.Object(
    {
      ...resourceFields('activity'),
      customer_id: Id('customer', 'The customer.'),
      customer: Expandable('customer'),
      invoice_id: Nullable(Id('invoice', 'The invoice it was about.')),
      invoice: Expandable('invoice'),
      kind: Kind,
      direction: Direction,
      outcome: Nullable(Outcome),
      contact_name: Nullable(ContactName),
      occurred_at: At('When it happened.'),
      occurred_date: Day('The tenant’s day on which it happened.'),
      note: Nullable(Note),
      collection: YesNo(
        'Whether it counts for the contact budget, as long as it is not cancelled.',
      ),
      cancelled_date: Nullable(Day('When it was taken back; null while it stands.', '2026-04-01')),
      cancel_reason: Nullable(CancelReason),
    },
    { description: 'What somebody did about a customer. It is never changed, only cancelled.' },
  ),
)
export const ActivityList = ListOf(Activity)

/** An activity as the API shows it. */
export const activityToJson = (
  activity: ActivityRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof Activity> => ({
  id: publicId('activity', activity.id),
  object: 'activity',
  version: activity.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', activity.customer_id),
  invoice_id: publicIdOrNull('invoice', activity.invoice_id),
  kind: activity.kind,
  direction: activity.direction,
  outcome: activity.outcome,
  contact_name: activity.contact_name,
  occurred_at: activity.occurred_at,
  occurred_date: activity.occurred_date,
  note: activity.note,
  collection: activity.collection,
  cancelled_date: activity.cancelled_date,
  cancel_reason: activity.cancel_reason,
  created_at: activity.created_at,
  updated_at: activity.updated_at,
})

export const ActivityQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  invoice_id: Type.Optional(Id('invoice', 'Only about this invoice.')),
  kind: Type.Optional(Kind),
  direction: Type.Optional(Direction),
  collection: Type.Optional(YesNo('Only collection contacts, or only what is none.')),
  cancelled: Type.Optional(YesNo('Only what was taken back, or only what stands.')),
  occurred_date_gte: Type.Optional(Day('Happened on or after.')),
  occurred_date_lte: Type.Optional(Day('Happened on or before.')),
})
