import { sql } from 'kysely'
import { allEventTypes } from '../events/catalogue.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { leastIdAt, publicId } from '../foundation/id.ts'
import { exhaustedAt, wants } from './event-types.ts'
import type { EndpointRow, RecoveryScope } from './table.ts'

/** A stretch of real time. */
export interface Range {
  since: string
  /** Exclusive. */
  until: string
}

/** An event an endpoint has not got, and its delivery if there is one. */
export interface Undelivered {
  delivery_id: string | null
  event_id: string
  event_type: string
  entity_id: string
  position: number
}

/** One look along the range. */
export interface Look {
  found: Undelivered[]
  /** Where the next look begins; null at the end of the range. */
  next: string | null
}

/** Rows looked at per statement, whether they are wanted or not, so that none runs for long. */
const WINDOW = 1_000
const WINDOW_COUNTED = 20_000

/** What is looked for: of which endpoint, and where. */
export interface Wish extends Range {
  endpoint: Pick<EndpointRow, 'id' | 'event_types'>
  scope: RecoveryScope
}

/**
 * What an endpoint has not got, from `after` on, in the order of event ids. Those grow with real time, so the range is
 * found in the primary key, and a look that is interrupted goes on where it was.
 */
export async function findUndelivered(
  reader: Reader,
  wish: Wish,
  after: string | null,
): Promise<Look> {
  const { rows } = await sql<Undelivered & { is_wanted: boolean | null }>`
    ${lookedAt(reader, wish, after, WINDOW)} order by event_id
  `.execute(reader.db)
  const last = rows.length < WINDOW ? undefined : rows.at(-1)
  return { found: rows.filter(({ is_wanted }) => is_wanted), next: last?.event_id ?? null }
}

/** How much that is in all. */
export async function countUndelivered(reader: Reader, wish: Wish): Promise<number> {
  let total = 0
  let after: string | null = null
  do {
    const look: Counted = await countSome(reader, wish, after)
    total += look.wanted
    after = look.looked < WINDOW_COUNTED ? null : look.last
  } while (after !== null)
  return total
}

interface Counted {
  wanted: number
  looked: number
  last: string | null
}

async function countSome(reader: Reader, wish: Wish, after: string | null): Promise<Counted> {
  const { rows } = await sql<Counted>`
    select count(*) filter (where is_wanted)::int as wanted, count(*)::int as looked,
      (array_agg(event_id order by event_id desc))[1] as last
    from (${lookedAt(reader, wish, after, WINDOW_COUNTED)}) as looked
  `.execute(reader.db)
  return rows[0] as Counted
}

function lookedAt(
  reader: Reader,
  { scope, since, until, endpoint }: Wish,
  after: string | null,
  window: number,
) {
  const bounds = { after: after ?? leastIdAt(since), end: leastIdAt(until), window }
  return scope === 'undelivered'
    ? deliveriesLookedAt(reader, endpoint, bounds)
    : eventsLookedAt(reader, endpoint, bounds)
}

/** Event ids, both exclusive, and how many to look at. */
interface Bounds {
  after: string
  end: string
  window: number
}

const deliveriesLookedAt = (
  { tenant }: Reader,
  endpoint: Wish['endpoint'],
  { after, end, window }: Bounds,
) => sql`
  select looked.id as delivery_id, looked.event_id, looked.event_type, event.entity_id, looked.position,
    looked.status in ('failed', 'skipped') as is_wanted
  from (
    select id, event_id, event_type, position, status from webhook_delivery
    where tenant_id = ${tenant.id} and endpoint_id = ${endpoint.id} and event_id > ${after} and event_id < ${end}
    order by event_id
    limit ${window}
  ) as looked
  join event on event.tenant_id = ${tenant.id} and event.id = looked.event_id`

/** What has not been fanned out yet is not missing. */
const eventsLookedAt = (
  { tenant }: Reader,
  endpoint: Wish['endpoint'],
  { after, end, window }: Bounds,
) => sql`
  select delivery.id as delivery_id, looked.id as event_id, looked.type as event_type, looked.entity_id, feed.position,
    looked.type = any(${typesOf(endpoint)}::text[]) and feed.position <= told.position
      and (delivery.id is null or delivery.status in ('failed', 'skipped'))
      and looked.exhausted_at is distinct from ${publicId('webhook_endpoint', endpoint.id)} as is_wanted
  from (
    select id, type, entity_id, ${exhaustedAt} as exhausted_at from event
    where tenant_id = ${tenant.id} and id > ${after} and id < ${end}
    order by id
    limit ${window}
  ) as looked
  left join feed on feed.tenant_id = ${tenant.id} and feed.event_id = looked.id
  left join webhook_cursor as told on told.tenant_id = ${tenant.id}
  left join webhook_delivery as delivery
    on delivery.tenant_id = ${tenant.id} and delivery.endpoint_id = ${endpoint.id} and delivery.event_id = looked.id`

/** The types an endpoint gets by itself; test events are for those who asked for one. */
const typesOf = ({ event_types }: Wish['endpoint']): string[] =>
  allEventTypes.filter((type) => type !== 'webhook_endpoint.test' && wants(event_types, type))
