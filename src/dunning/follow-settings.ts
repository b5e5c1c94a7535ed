import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import { lookAtCustomer, lookAtFollowersOf } from '../ledger/watch-items.ts'

interface Change {
  type: 'tenant.updated' | 'customer.updated'
  customer_id: string | null
}

/**
 * Re-anchors what a change of settings concerns: when a tenant or a customer has chosen another policy, items that
 * dunning has not begun with are looked at again. Read from the feed, each change once, since the parties do not know
 * that dunning exists.
 */
export async function followSettings(tx: Tx): Promise<void> {
  const { last_position: head } = await tx.db
    .selectFrom('feed_head')
    .select('last_position')
    .where('tenant_id', '=', tx.tenant.id)
    .executeTakeFirstOrThrow()
  const { rows } = await sql<Change>`
    select event.type, event.customer_id
    from feed
    join event on event.tenant_id = feed.tenant_id and event.id = feed.event_id
    where feed.tenant_id = ${tx.tenant.id}
      and feed.position > coalesce((select position from dunning_cursor where tenant_id = ${tx.tenant.id}), 0)
      and feed.position <= ${head}
      and event.type in ('tenant.updated', 'customer.updated')
      and event.data -> 'previous_attributes' -> 'dunning_policy_id' is not null
    order by feed.position
  `.execute(tx.db)
  for (const change of rows) {
    if (change.customer_id !== null) await lookAtCustomer(tx, change.customer_id)
    else await lookAtFollowersOf(tx, null)
  }
  await sql`
    insert into dunning_cursor (tenant_id, position)
    values (${tx.tenant.id}, ${head})
    on conflict (tenant_id) do update set position = greatest(dunning_cursor.position, excluded.position)
  `.execute(tx.db)
}
