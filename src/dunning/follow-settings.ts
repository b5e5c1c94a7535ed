import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import type { PolicyChooser } from '../ledger/followed-policy.ts'
import { lookAtCustomers, lookAtFollowersOf } from '../ledger/watch-items.ts'

interface Changes {
  kind: PolicyChooser
  ids: string[]
}

/**
 * Re-anchors what a change of settings concerns: when a tenant, a class, a customer or an invoice has another policy to
 * follow, items that dunning has not begun with are looked at again; when a customer falls under another law, all of its
 * items are. Read from the feed, each change once, since none of those knows that dunning exists.
 */
export async function followSettings(tx: Tx): Promise<void> {
  const { head, seen } = await unseen(tx)
  if (seen === head) return
  const { rows } = await sql<Changes>`
    select feed.entity_kind as kind, array_agg(distinct feed.entity_id) as ids
    from feed
    join event on event.tenant_id = feed.tenant_id and event.id = feed.event_id
    where feed.tenant_id = ${tx.tenant.id}
      and feed.position > ${seen} and feed.position <= ${head}
      and feed.type in ('tenant.updated', 'customer_class.updated', 'customer.updated', 'invoice.updated')
      and (event.data -> 'previous_attributes')::jsonb ?| array['dunning_policy_id', 'customer_class_id', 'country', 'kind']
    group by feed.entity_kind
  `.execute(tx.db)
  for (const { kind, ids } of rows) {
    if (kind === 'customer') await lookAtCustomers(tx, ids)
    else await lookAtFollowersOf(tx, kind, ids)
  }
  await sql`
    insert into dunning_cursor (tenant_id, position)
    values (${tx.tenant.id}, ${head})
    on conflict (tenant_id) do update set position = greatest(dunning_cursor.position, excluded.position)
  `.execute(tx.db)
}

/** How far the feed goes, and how far it has been read here. */
async function unseen(tx: Tx): Promise<{ head: number; seen: number }> {
  const { rows } = await sql<{ head: number; seen: number }>`
    select feed_head.last_position as head, coalesce(dunning_cursor.position, 0) as seen
    from feed_head
    left join dunning_cursor using (tenant_id)
    where feed_head.tenant_id = ${tx.tenant.id}
  `.execute(tx.db)
  const [row] = rows
  if (row === undefined) throw new Error('every tenant has a feed')
  return row
}
