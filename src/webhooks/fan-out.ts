import { sql } from 'kysely'
import { tenantsBehind } from '../events/tenants-behind.ts'
import { byTheService, commit, type Tx } from '../foundation/database/commit.ts'
import { unlessResetting } from '../foundation/database/unless-resetting.ts'
import type { Context } from '../foundation/http/context.ts'
import { newId, uuidOf } from '../foundation/id.ts'
import { exhaustedAt, wants } from './event-types.ts'
import type { EndpointStatus } from './table.ts'
import { HOLD_BACK_SECONDS } from './timing.ts'

const BATCH = 1_000

/**
 * Turns what is new in the feeds into deliveries, for every tenant that has something new. Answers how many events
 * were read; call it until that is none.
 */
export async function fanOut(context: Context): Promise<number> {
  const tenants = await tenantsBehind(context.workers, 'webhook_cursor.position')
  let total = 0
  for (const tenantId of tenants) total += await unlessResetting(fanOutTenant(context, tenantId), 0)
  return total
}

/** Fans out what is new in one tenant's feed, batch by batch. Each batch is one transaction, with its cursor. */
async function fanOutTenant(context: Context, tenantId: string): Promise<number> {
  let total = 0
  for (;;) {
    const count = await commit(context.workers, { tenantId, cause: byTheService }, fanOutBatch)
    total += count
    if (count < BATCH) return total
  }
}

interface NewEvent {
  id: string
  type: string
  entity_id: string
  position: number
  /** The public id of the one endpoint a test event is for. */
  test_of: string | null
  /** The public id of the one endpoint that is not told of its own exhausted delivery. */
  exhausted_at: string | null
}

interface Listener {
  id: string
  status: EndpointStatus
  event_types: string[]
  /** Where the endpoint's own creation stands in the feed; it gets what comes after. */
  since: number
}

async function fanOutBatch(tx: Tx): Promise<number> {
  const position = await claimCursor(tx)
  if (position === undefined) return 0
  const events = await newEvents(tx, position)
  const last = events.at(-1)
  if (last === undefined) return 0
  const listeners = await listenersOf(tx)
  const deliveries = listeners.length === 0 ? [] : deliveriesOf(events, listeners)
  if (deliveries.length > 0) await writeDeliveries(tx, deliveries)
  await tx.db
    .updateTable('webhook_cursor')
    .set({ position: last.position })
    .where('tenant_id', '=', tx.tenant.id)
    .execute()
  return events.length
}

/** How far the feed has been fanned out; undefined when another replica is at it. */
async function claimCursor(tx: Tx): Promise<number | undefined> {
  const claim = async () => {
    const { rows } = await sql<{ position: number }>`
      select position from webhook_cursor where tenant_id = ${tx.tenant.id} for update skip locked
    `.execute(tx.db)
    return rows[0]?.position
  }
  const claimed = await claim()
  if (claimed !== undefined) return claimed
  await sql`
    insert into webhook_cursor (tenant_id) values (${tx.tenant.id}) on conflict (tenant_id) do nothing
  `.execute(tx.db)
  return claim()
}

async function newEvents(tx: Tx, after: number): Promise<NewEvent[]> {
  const { rows } = await sql<NewEvent>`
    select event.id, event.type, event.entity_id, feed.position,
      case when event.type = 'webhook_endpoint.test' then event.data #>> '{object,id}' end as test_of,
      ${exhaustedAt} as exhausted_at
    from feed
    join event on event.tenant_id = feed.tenant_id and event.id = feed.event_id
    where feed.tenant_id = ${tx.tenant.id} and feed.position > ${after}
    order by feed.position
    limit ${BATCH}
  `.execute(tx.db)
  return rows
}

/** The endpoints whose creation has its place in the feed. One that was deleted before it was told needs nothing. */
async function listenersOf(tx: Tx): Promise<Listener[]> {
  const { rows } = await sql<Listener>`
    select endpoint.id, endpoint.status, endpoint.event_types, feed.position as since
    from webhook_endpoint as endpoint
    join event on event.tenant_id = endpoint.tenant_id and event.entity_id = endpoint.id and event.entity_sequence = 1
    join feed on feed.tenant_id = event.tenant_id and feed.event_id = event.id
    where endpoint.tenant_id = ${tx.tenant.id} and endpoint.status <> 'deleted'
  `.execute(tx.db)
  return rows
}

/** A delivery as it is about to be written. */
interface NewDelivery {
  id: string
  endpoint_id: string
  event_id: string
  event_type: string
  entity_id: string
  position: number
  skipped: boolean
  /** True behind an earlier one of the same endpoint and entity in this batch. */
  behind: boolean
}

function deliveriesOf(events: readonly NewEvent[], listeners: readonly Listener[]): NewDelivery[] {
  const lanes = new Set<string>()
  return events.flatMap((event) =>
    listeners
      .filter((listener) => isFor(event, listener))
      .map(({ id, status }) => {
        const lane = `${id} ${event.entity_id}`
        const skipped = status !== 'enabled'
        const behind = !skipped && lanes.has(lane)
        lanes.add(lane)
        const { id: event_id, type: event_type, entity_id, position } = event
        return {
          id: newId(),
          endpoint_id: id,
          event_id,
          event_type,
          entity_id,
          position,
          skipped,
          behind,
        }
      }),
  )
}

function isFor(event: NewEvent, { id, event_types, since }: Listener): boolean {
  if (event.position <= since) return false
  if (event.exhausted_at !== null && uuidOf(event.exhausted_at) === id) return false
  return event.test_of === null ? wants(event_types, event.type) : uuidOf(event.test_of) === id
}

/**
 * Writes deliveries and what is to be sent. The last queued delivery of each lane (an endpoint and an entity) is held
 * until the commit: whoever finishes it meanwhile waits for us, and then finds the one that waits behind it.
 */
async function writeDeliveries(tx: Tx, deliveries: readonly NewDelivery[]): Promise<void> {
  await sql`
    with fresh as (
      select * from json_to_recordset(${JSON.stringify(deliveries)}) as fresh(
        id uuid, endpoint_id uuid, event_id uuid, event_type text, entity_id uuid, position bigint, skipped boolean, behind boolean)
    ), busy as (
      select lane.endpoint_id, lane.entity_id
      from (select distinct endpoint_id, entity_id from fresh where not skipped order by endpoint_id, entity_id) as lane
      cross join lateral (
        select 1
        from webhook_queue as tail
        where tail.tenant_id = ${tx.tenant.id} and tail.endpoint_id = lane.endpoint_id and tail.entity_id = lane.entity_id
        order by tail.position desc
        limit 1
        for key share
      ) as held
    ), written as (
      insert into webhook_delivery (tenant_id, id, endpoint_id, event_id, event_type, position, status, next_attempt_at)
      select ${tx.tenant.id}, fresh.id, fresh.endpoint_id, fresh.event_id, fresh.event_type, fresh.position,
        case when fresh.skipped then 'skipped' else 'pending' end,
        case when not fresh.skipped and not fresh.behind and busy.endpoint_id is null then now() end
      from fresh
      left join busy on busy.endpoint_id = fresh.endpoint_id and busy.entity_id = fresh.entity_id
      on conflict (tenant_id, endpoint_id, event_id) do nothing
      returning id, status, next_attempt_at
    )
    insert into webhook_queue (tenant_id, delivery_id, endpoint_id, event_id, entity_id, position, due_at)
    select ${tx.tenant.id}, fresh.id, fresh.endpoint_id, fresh.event_id, fresh.entity_id, fresh.position,
      coalesce(written.next_attempt_at, now() + make_interval(secs => ${HOLD_BACK_SECONDS}))
    from fresh
    join written on written.id = fresh.id
    where written.status = 'pending'
  `.execute(tx.db)
  tx.wakes.add('deliveries')
}
