import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import {
  Body,
  Count,
  Id,
  Nullable,
  named,
  resourceFields,
  Text,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import { LEVELS_MAX } from './policy.ts'
import type { LimitRow } from './table.ts'

const limitFields = {
  maximum_level: Nullable(
    Count('The last level it may reach; 0 for none, null for as far as its policy goes.', {
      maximum: LEVELS_MAX,
      example: 2,
    }),
  ),
  reason: Text('Why.', { maxLength: 500, example: 'The managing director talks to them.' }),
}

export const SetDunningLimit = named(
  'SetDunningLimit',
  Body(
    { ...limitFields, maximum_level: Type.Optional(limitFields.maximum_level) },
    { description: 'How far dunning may go with an open item.' },
  ),
)

export const DunningLimit = named(
  'DunningLimit',
  Type.Object(
    {
      ...resourceFields('dunning_limit'),
      item_id: Id('open_item', 'The open item.'),
      customer_id: Id('customer', 'Who owes it.'),
      ...limitFields,
    },
    { description: 'How far dunning may go with an open item. What it has reached already stays.' },
  ),
)

/** A limit as the API shows it. */
export const limitToJson = (
  limit: LimitRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof DunningLimit> => ({
  id: publicId('dunning_limit', limit.id),
  object: 'dunning_limit',
  version: limit.version,
  livemode: tenant.mode === 'live',
  item_id: publicId('open_item', limit.item_id),
  customer_id: publicId('customer', limit.customer_id),
  maximum_level: limit.maximum_level,
  reason: limit.reason,
  created_at: limit.created_at,
  updated_at: limit.updated_at,
})
