import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import { Expandable } from '../foundation/http/expand.ts'
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
} from '../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../foundation/id.ts'
import { type HoldRow, holdReasons } from './table.ts'

const Note = Text('A note for people.', { maxLength: 1000, example: 'Promised to pay by phone.' })
const HoldReasonField = OneOf(holdReasons, {
  description: 'Why dunning waits.',
  examples: ['promise'],
})

export const CreateDunningHold = named(
  'CreateDunningHold',
  Body(
    {
      customer_id: Type.Optional(Id('customer', 'Hold everything of this customer.')),
      invoice_id: Type.Optional(Id('invoice', 'Hold this invoice.')),
      item_id: Type.Optional(Id('open_item', 'Hold this open item.')),
      reason: HoldReasonField,
      note: Type.Optional(Note),
      from_date: Type.Optional(Day('The first day; today unless given.')),
      until_date: Type.Optional(Day('The last day; until lifted unless given.', '2026-04-15')),
    },
    {
      description:
        'A dated reason not to dun a customer, an invoice or an open item. The narrowest that is named is covered.',
    },
  ),
)

export const DunningHoldPatch = named(
  'DunningHoldPatch',
  Body(
    {
      until_date: Type.Optional(
        Nullable(Day('The last day; null for until lifted.', '2026-04-30')),
      ),
      note: Type.Optional(Nullable(Note)),
    },
    { description: 'A merge patch (RFC 7396): extends or shortens a hold.' },
  ),
)

export const DunningHold = named(
  'DunningHold',
  Type.Object(
    {
      ...resourceFields('dunning_hold'),
      customer_id: Id('customer', 'The customer concerned.'),
      customer: Expandable('customer'),
      invoice_id: Nullable(Id('invoice', 'The invoice covered; null for more or less than one.')),
      invoice: Expandable('invoice'),
      item_id: Nullable(Id('open_item', 'The open item covered; null for more than one.')),
      reason: HoldReasonField,
      note: Nullable(Note),
      from_date: Day('The first day.'),
      until_date: Nullable(Day('The last day; null for until lifted.', '2026-04-15')),
      lifted_date: Nullable(Day('When it was ended before its time.', '2026-04-02')),
    },
    { description: 'A dated reason not to dun.' },
  ),
)
export const DunningHoldList = ListOf(DunningHold)

/** A hold as the API shows it. */
export const holdToJson = (
  hold: HoldRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof DunningHold> => ({
  id: publicId('dunning_hold', hold.id),
  object: 'dunning_hold',
  version: hold.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', hold.customer_id),
  invoice_id: publicIdOrNull('invoice', hold.invoice_id),
  item_id: publicIdOrNull('open_item', hold.item_id),
  reason: hold.reason,
  note: hold.note,
  from_date: hold.from_date,
  until_date: hold.until_date,
  lifted_date: hold.lifted_date,
  created_at: hold.created_at,
  updated_at: hold.updated_at,
})
export const HoldQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  invoice_id: Type.Optional(Id('invoice', 'Only this invoice’s.')),
  reason: Type.Optional(HoldReasonField),
  active: Type.Optional(YesNo('Only those that hold today, or only those that do not.')),
})
