import { type ExpressionBuilder, sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import type { Tables } from '../foundation/database/tables.ts'
import { type Order, type Page, type Paged, pageOf } from '../foundation/http/paging.ts'
import { uuidOf } from '../foundation/id.ts'
import type { FeedRow } from './schema.ts'

/** What the feed can be narrowed to. */
export interface EventFilters extends Page {
  type?: string
  customer_id?: string
  entity_id?: string
  sequence_gt?: number
}

const inCommitOrder: Order = {
  column: 'feed.position',
  direction: 'asc',
  type: 'bigint',
  tie: null,
}

const fromFeed = ({ db, tenant }: Reader) =>
  db
    .selectFrom('feed')
    .innerJoin('event', (join) =>
      join.onRef('event.tenant_id', '=', 'feed.tenant_id').onRef('event.id', '=', 'feed.event_id'),
    )
    .selectAll('event')
    .select('feed.position')
    .where('feed.tenant_id', '=', tenant.id)

/** One page of the feed, ascending. */
export function listEvents(reader: Reader, filters: EventFilters): Promise<Paged<FeedRow>> {
  const { type, customer_id, entity_id, sequence_gt } = filters
  let select = fromFeed(reader)
  if (type !== undefined) select = select.where((event) => ofTypes(event, type.split(',')))
  if (customer_id !== undefined)
    select = select.where('event.customer_id', '=', uuidOf(customer_id))
  if (entity_id !== undefined) select = select.where('event.entity_id', '=', uuidOf(entity_id))
  if (sequence_gt !== undefined) select = select.where('feed.position', '>', sequence_gt)
  return pageOf<FeedRow>(select as never, filters, inCommitOrder)
}

/** One event that has its place in the feed. */
export const findEvent = (reader: Reader, id: string): Promise<FeedRow | undefined> =>
  fromFeed(reader).where('event.id', '=', id).executeTakeFirst()

function ofTypes(event: ExpressionBuilder<Tables, 'event'>, types: string[]) {
  return event.or(
    types.map((type) =>
      type.endsWith('.*')
        ? sql<boolean>`split_part(event.type, '.', 1) = ${type.slice(0, -2)}`
        : event('event.type', '=', type),
    ),
  )
}
