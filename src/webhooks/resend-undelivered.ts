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
 * Puts what an endpoint has not got on its way, in order per entity: the first of a lane goes at once unless an earlier
 * one waits there already, the others wait behind it, and so does what came later and has not been tried yet.
 * Deliveries that somebody else has taken up meanwhile are left alone. Answers how many go.
 */
export async function resendUndelivered(
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
    ), busy as (
      select lane.entity_id, head.position
      from (select distinct entity_id from wanted order by entity_id) as lane
      cross join lateral (
        select position
        from webhook_queue
        where tenant_id = ${tx.tenant.id} and endpoint_id = ${endpointId} and webhook_queue.entity_id = lane.entity_id
        order by position
        limit 1
        for key share
      ) as head
    ), placed as (
      select wanted.*, row_number() over (partition by wanted.entity_id order by wanted.position) = 1
        and coalesce(busy.position > wanted.position, true) as is_first
      from wanted
      left join busy on busy.entity_id = wanted.entity_id
    ), renewed as (
      update webhook_delivery
      set status = 'pending', next_attempt_at = case when placed.is_first then now() end, version = version + 1, updated_at = now()
      from placed
      where webhook_delivery.tenant_id = ${tx.tenant.id} and webhook_delivery.id = placed.id and not placed.is_new
        and webhook_delivery.status in ('failed', 'skipped')
      returning webhook_delivery.id
    ), made as (
      insert into webhook_delivery (tenant_id, id, endpoint_id, event_id, event_type, position, status, next_attempt_at)
      select ${tx.tenant.id}, id, ${endpointId}, event_id, event_type, position, 'pending', case when is_first then now() end
      from placed
      where is_new
      on conflict (tenant_id, endpoint_id, event_id) do nothing
      returning id
    ), postponed as (
      update webhook_queue as later
      set due_at = now() + make_interval(secs => ${HOLD_BACK_SECONDS})
      from (select entity_id, min(position) as position from placed group by entity_id) as lane
      where later.tenant_id = ${tx.tenant.id} and later.endpoint_id = ${endpointId} and later.entity_id = lane.entity_id
        and later.position > lane.position and later.attempt = 0 and later.lease_token is null
    ), queued as (
      insert into webhook_queue (tenant_id, delivery_id, endpoint_id, event_id, entity_id, position, due_at)
      select ${tx.tenant.id}, placed.id, ${endpointId}, placed.event_id, placed.entity_id, placed.position,
        now() + make_interval(secs => case when placed.is_first then 0 else ${HOLD_BACK_SECONDS} end)
      from placed
      join (select id from renewed union all select id from made) as going on going.id = placed.id
      returning 1
    )
    select count(*)::int as count from queued
  `.execute(tx.db)
  tx.wakes.add('deliveries')
  return counted[0]?.count ?? 0
}
