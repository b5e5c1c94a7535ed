import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'

/** Which items under way a migration is about. */
export interface UnderWay {
  policyId: string
  /** Null for every version but the one they are moved to. */
  fromVersions: number[] | null
  toVersion: number
}

/** About how many items one migration moves; a payment of one of its customers waits that long. */
export const ITEMS_PER_MIGRATION = 1_000

const openItemsUnderWay = (tx: Tx, { policyId, fromVersions, toVersion }: UnderWay) => sql`
  dunning_state as state
  join open_item as item on item.tenant_id = state.tenant_id and item.id = state.item_id and item.open_amount > 0
  where state.tenant_id = ${tx.tenant.id} and state.policy_id = ${policyId} and state.level > 0
    and state.policy_version <> ${toVersion}
    and (${fromVersions}::int[] is null or state.policy_version = any(${fromVersions}))`

/** The next customers whose items are to be moved: as many as have about so many items, and at least one. */
export async function customersUnderWay(tx: Tx, underWay: UnderWay): Promise<string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    select customer_id from (
      select state.customer_id, count(*) as item_count, sum(count(*)) over (order by state.customer_id) as items_so_far
      from ${openItemsUnderWay(tx, underWay)}
      group by state.customer_id
    ) as waiting
    where items_so_far <= ${ITEMS_PER_MIGRATION} or items_so_far = item_count
    order by customer_id
  `.execute(tx.db)
  return rows.map(({ customer_id }) => customer_id)
}

/** How many items are still to be moved. */
export async function countUnderWay(tx: Tx, underWay: UnderWay): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${openItemsUnderWay(tx, underWay)}
  `.execute(tx.db)
  return rows[0]?.count ?? 0
}
