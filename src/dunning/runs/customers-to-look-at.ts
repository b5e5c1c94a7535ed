import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { BEFORE_ALL } from '../../foundation/id.ts'
import { followedPolicyId, joinChoosers } from '../../ledger/followed-policy.ts'
import type { RunRow } from '../table.ts'

/** Items due for a look that decide how many customers a batch takes; a payment of one of them waits this long. */
const ITEMS_PER_BATCH = 1_000

/**
 * The next customers with an item that is due for a look and a policy to judge it by. Customers that this run has
 * given notice are left for another day, should it have been interrupted and taken up again.
 */
export async function customersToLookAt(
  tx: Reader,
  run: RunRow,
  after: string | null,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct id from (
      select customer.id from item_watch
      join open_item as item on item.tenant_id = item_watch.tenant_id and item.id = item_watch.item_id
      ${joinChoosers}
      where item_watch.tenant_id = ${tx.tenant.id}
        and item_watch.next_look_date <= ${tx.today}
        and item_watch.customer_id > ${after ?? BEFORE_ALL}
        and (${run.customer_id}::uuid is null or item_watch.customer_id = ${run.customer_id}::uuid)
        and (${followedPolicyId} is not null or exists (
          select 1 from dunning_state as state
          where state.tenant_id = item_watch.tenant_id and state.item_id = item_watch.item_id and state.level > 0))
        and not exists (
          select 1 from dunning_notice
          where dunning_notice.tenant_id = ${tx.tenant.id} and dunning_notice.run_id = ${run.id}
            and dunning_notice.customer_id = item_watch.customer_id)
      order by item_watch.customer_id
      limit ${ITEMS_PER_BATCH}
    ) as due
    order by id
  `.execute(tx.db)
  return rows.map(({ id }) => id)
}
