import { sql } from 'kysely'
import type { Instant } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { Kind } from '../../foundation/id.ts'
import type { Moment } from './moment.ts'

/** Something as it stood at a moment: what its last event by then said of it. */
export interface PastState {
  id: string
  kind: Kind
  // biome-ignore lint/suspicious/noExplicitAny: each kind is as the API shows it
  object: any
}

/** How entities stood at a moment, by what their events tell; those that were not there yet are missing. */
export async function statesAt(
  { db, tenant }: Reader,
  ids: readonly string[],
  moment: Moment,
): Promise<PastState[]> {
  const { rows } = await sql<PastState>`
    select distinct on (event.entity_id) event.entity_id as id, event.entity_kind as kind, event.data -> 'object' as object
    from event
    where event.tenant_id = ${tenant.id} and event.entity_id = any(${ids}) and ${moment.told('event', 'occurred_at')}
      and (event.entity_kind <> 'open_item' or event.type = 'dunning.level_changed')
    order by event.entity_id, event.entity_sequence desc
  `.execute(db)
  return rows
}

/** Who was in which group at a moment, of some customers and of everyone they shared a group with. */
export async function membersAt(
  { db, tenant }: Reader,
  customerIds: readonly string[],
  moment: Moment,
): Promise<Map<string, string>> {
  const told = sql`event.tenant_id = ${tenant.id} and event.type in ('credit_group.member_added', 'credit_group.member_removed')
    and ${moment.told('event', 'occurred_at')}`
  const { rows } = await sql<{ customer_id: string; group_id: string }>`
    with joined as (
      select distinct on (customer_id, entity_id) entity_id as group_id, type from event
      where ${told} and event.customer_id = any(${customerIds})
      order by customer_id, entity_id, entity_sequence desc
    ), fellow as (
      select distinct on (customer_id, entity_id) customer_id, entity_id as group_id, type from event
      where ${told} and event.entity_id in (select group_id from joined where type = 'credit_group.member_added')
      order by customer_id, entity_id, entity_sequence desc
    )
    select customer_id, group_id from fellow where type = 'credit_group.member_added'
  `.execute(db)
  return new Map(rows.map(({ customer_id, group_id }) => [customer_id, group_id]))
}

/** What may have been told of some customers and groups: the ids of everything a credit decision looks at. */
export async function concernedBy(
  { db, tenant }: Reader,
  customerIds: readonly string[],
  groupIds: readonly string[],
  { day }: Moment,
): Promise<string[]> {
  const theirs = sql`tenant_id = ${tenant.id} and customer_id = any(${customerIds})`
  const { rows } = await sql<{ id: string }>`
    select id from dunning_hold where ${theirs} and reason = 'dispute'
    union all select id from credit_hold where ${theirs}
    union all select id from payment where ${theirs} and provisional_until_date >= ${day}
    union all select id from order_on_hand where ${theirs}
    union all select id from reservation where ${theirs}
    union all select id from credit_limit where tenant_id = ${tenant.id}
      and (customer_id = any(${customerIds}) or group_id = any(${groupIds}))
    union all select unnest(${[...customerIds, tenant.id]}::uuid[])
  `.execute(db)
  return rows.map(({ id }) => id)
}

/** Whether a reservation, as it stood, held credit at an instant. */
export const isActive = (
  reservation: { status: string; expires_at: string },
  at: Instant,
): boolean => reservation.status === 'active' && Date.parse(reservation.expires_at) > Date.parse(at)
