import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import type { Undelivered } from './find-undelivered.ts'
import { HOLD_BACK_SECONDS } from './timing.ts'

/**
 * Keeps the fan-out away until the commit, so that no later event finds an entity's lane free that is just being
 * filled.
 */
export const holdFanOut = (tx: Tx) =>
  sql`select from webhook_cursor where tenant_id = ${tx.tenant.id} for update`.execute(tx.db)

/**
 * Queues what an endpoint has not got, behind everything: nothing of it is due, and neither is what came later for the
 * same entities and has not been tried yet, until `releaseLanes` lets each lane begin with its earliest. Deliveries
 * that somebody else has taken up meanwhile are left alone. Answers how many are queued.
 */
export async function queueUndelivered(
  tx: Tx,
  endpointId: string,
  undelivered: readonly Undelivered[],
): Promise<number> {
  if (undelivered.length === 0) return 0
  const rows = undelivered.map((one) => ({
    ...one,
    id: one.delivery_id ?? newId(),
    is_new: one.delivery_id === null,
  }))
  const { rows: counted } = await sql<{ count: number }>`
    with wanted as (
      select * from json_to_recordset(${JSON.stringify(rows)}) as wanted(
        id uuid, is_new boolean, event_id uuid, event_type text, entity_id uuid, position bigint)
    ), renewed as (
      update webhook_delivery
      set status = 'pending', next_attempt_at = null, version = version + 1, updated_at = now()
      from wanted
      where webhook_delivery.tenant_id = ${tx.tenant.id} and webhook_delivery.id = wanted.id and not wanted.is_new
        and webhook_delivery.status in ('failed', 'skipped')
      returning webhook_delivery.id
    ), made as (
      insert into webhook_delivery (tenant_id, id, endpoint_id, event_id, event_type, position, status)
      select ${tx.tenant.id}, id, ${endpointId}, event_id, event_type, position, 'pending'
      from wanted
      where is_new
      on conflict (tenant_id, endpoint_id, event_id) do nothing
      returning id
    ), postponed as (
      update webhook_queue as later
      set due_at = now() + make_interval(secs => ${HOLD_BACK_SECONDS})
      from (select entity_id, min(position) as position from wanted group by entity_id) as lane
      where later.tenant_id = ${tx.tenant.id} and later.endpoint_id = ${endpointId} and later.entity_id = lane.entity_id
        and later.position > lane.position and later.attempt = 0 and later.lease_token is null
    ), queued as (
      insert into webhook_queue (tenant_id, delivery_id, endpoint_id, event_id, entity_id, position, due_at)
      select ${tx.tenant.id}, wanted.id, ${endpointId}, wanted.event_id, wanted.entity_id, wanted.position,
        now() + make_interval(secs => ${HOLD_BACK_SECONDS})
      from wanted
      join (select id from renewed union all select id from made) as going on going.id = wanted.id
      returning 1
    )
    select count(*)::int as count from queued
  `.execute(tx.db)
  return counted[0]?.count ?? 0
}

const LANES_AT_ONCE = 5_000

/**
 * Lets the earliest of each lane of an endpoint go, for some lanes behind `after`, unless it has been tried: then it
 * keeps its own time. Answers the last of those lanes; null when there are no more.
 */
export async function releaseLanes(
  tx: Tx,
  endpointId: string,
  after: string | null,
): Promise<string | null> {
  const { rows } = await sql<{ count: number; last: string | null }>`
    with head as (
      select distinct on (entity_id) entity_id, delivery_id
      from webhook_queue
      where tenant_id = ${tx.tenant.id} and endpoint_id = ${endpointId}
        and (${after}::uuid is null or entity_id > ${after}::uuid)
      order by entity_id, position
      limit ${LANES_AT_ONCE}
    ), released as (
      update webhook_queue as first
      set due_at = now()
      from head
      where first.tenant_id = ${tx.tenant.id} and first.delivery_id = head.delivery_id
        and first.attempt = 0 and first.lease_token is null and first.due_at > now()
      returning first.delivery_id
    ), told as (
      update webhook_delivery
      set next_attempt_at = now()
      from released
      where webhook_delivery.tenant_id = ${tx.tenant.id} and webhook_delivery.id = released.delivery_id
    )
    select count(*)::int as count, (array_agg(entity_id order by entity_id desc))[1] as last from head
  `.execute(tx.db)
  tx.wakes.add('deliveries')
  return rows[0]?.count === LANES_AT_ONCE ? rows[0].last : null
}
