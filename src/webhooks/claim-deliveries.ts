import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { queue } from '../foundation/database/commit.ts'
import type { Database } from '../foundation/database/pool.ts'

/** A delivery this process may attempt until its lease ends. */
export interface Claim {
  tenant_id: string
  delivery_id: string
  endpoint_id: string
  event_id: string
  entity_id: string
  position: number
  /** Attempts since it was queued. */
  attempt: number
  lease_token: string
}

export interface ClaimOptions {
  /** The most to take in all. */
  limit: number
  /** The most to take of an endpoint that is not named in `rooms`. */
  room: number
  /** The most to take of certain endpoints; zero for those that have enough. */
  rooms: ReadonlyMap<string, number>
  leaseSeconds: number
}

/**
 * Takes what is due, endpoint by endpoint, so that a long queue of one hides nothing of the others. A claim is a lease:
 * the row comes due again by itself when its holder dies, and the token keeps a holder that was too slow from
 * recording. Rows that another worker is just taking are skipped.
 */
export function claimDeliveries(
  database: Database,
  { limit, room, rooms, leaseSeconds }: ClaimOptions,
): Promise<Claim[]> {
  const token = randomUUID()
  return queue(database, async (db) => {
    const { rows } = await sql<Claim>`
      with recursive endpoint as (
        (select endpoint_id from webhook_queue order by endpoint_id limit 1)
        union all
        select (
          select webhook_queue.endpoint_id from webhook_queue
          where webhook_queue.endpoint_id > endpoint.endpoint_id
          order by webhook_queue.endpoint_id limit 1
        )
        from endpoint
        where endpoint.endpoint_id is not null
      ), due as (
        select picked.tenant_id, picked.delivery_id
        from endpoint
        left join unnest(${[...rooms.keys()]}::uuid[], ${[...rooms.values()]}::int[]) as known(endpoint_id, room)
          on known.endpoint_id = endpoint.endpoint_id
        cross join lateral (
          select tenant_id, delivery_id
          from webhook_queue
          where webhook_queue.endpoint_id = endpoint.endpoint_id and due_at <= now()
          order by due_at, position
          limit coalesce(known.room, ${room})
          for no key update skip locked
        ) as picked
        where endpoint.endpoint_id is not null
        limit ${limit}
      )
      update webhook_queue as taken
      set due_at = now() + make_interval(secs => ${leaseSeconds}), lease_token = ${token}
      from due
      where taken.tenant_id = due.tenant_id and taken.delivery_id = due.delivery_id
      returning taken.tenant_id, taken.delivery_id, taken.endpoint_id, taken.event_id, taken.entity_id, taken.position,
        taken.attempt, taken.lease_token
    `.execute(db)
    return rows.sort((a, b) => a.position - b.position)
  })
}

/** Gives claims back unattempted: they are due again at once. */
export async function releaseClaims(database: Database, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return
  await queue(database, (db) =>
    sql`
      update webhook_queue
      set due_at = now(), lease_token = null
      from unnest(${claims.map(({ delivery_id }) => delivery_id)}::uuid[], ${claims.map(({ lease_token }) => lease_token)}::uuid[],
        ${claims.map(({ tenant_id }) => tenant_id)}::uuid[]) as claim(delivery_id, lease_token, tenant_id)
      where webhook_queue.tenant_id = claim.tenant_id and webhook_queue.delivery_id = claim.delivery_id
        and webhook_queue.lease_token = claim.lease_token
    `.execute(db),
  )
}
