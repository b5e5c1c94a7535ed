import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { type Order, type Page, type Paged, pageOf } from '../foundation/http/paging.ts'
import { kindOf, uuidOf } from '../foundation/id.ts'
import { typesAbout, typesMatching } from './event-resources.ts'
import type { FeedRow } from './schema.ts'

/** What the feed can be narrowed to. */
export interface EventFilters extends Page {
  type?: string
  object?: string[]
  customer_id?: string
  entity_id?: string
  sequence_gt?: number
}

/** One page of the feed, and how far the feed has been looked through for it. */
export interface FeedPage extends Paged<FeedRow> {
  lastSequence: number
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

/** One page of the feed, ascending. Each filter finds its events in the feed itself, by an index in the feed's order. */
export async function listEvents(reader: Reader, filters: EventFilters): Promise<FeedPage> {
  const { type, object, customer_id, entity_id, sequence_gt } = filters
  let select = fromFeed(reader)
  if (type !== undefined)
    select = select.where('feed.type', 'in', orNone(typesMatching(type.split(','))))
  if (object !== undefined) select = select.where('feed.type', 'in', orNone(typesAbout(object)))
  if (customer_id !== undefined) select = select.where('feed.customer_id', '=', uuidOf(customer_id))
  if (entity_id !== undefined) {
    select = select
      .where(sql<boolean>`feed.entity_kind = ${kindOf(entity_id) ?? null}`)
      .where('feed.entity_id', '=', uuidOf(entity_id))
  }
  if (sequence_gt !== undefined) select = select.where('feed.position', '>', sequence_gt)
  const page = await pageOf<FeedRow>(select as never, filters, inCommitOrder)
  return {
    ...page,
    lastSequence:
      page.nextCursor === null
        ? await lastSequence(reader)
        : (page.rows.at(-1) as FeedRow).position,
  }
}

/** A list of nothing is no SQL. */
const orNone = (types: string[]): string[] => (types.length > 0 ? types : [''])

/** Where the feed ends. */
export async function lastSequence({ db, tenant }: Reader): Promise<number> {
  const head = await db
    .selectFrom('feed_head')
    .select('last_position')
    .where('tenant_id', '=', tenant.id)
    .executeTakeFirst()
  return head?.last_position ?? 0
}

/** One event that has its place in the feed. */
export const findEvent = (reader: Reader, id: string): Promise<FeedRow | undefined> =>
  fromFeed(reader).where('event.id', '=', id).executeTakeFirst()
