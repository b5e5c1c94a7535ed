import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import { together } from '../foundation/database/frame.ts'
import { lockCustomers } from '../ledger/queries.ts'

/** Waits for the customers' turn, then for their groups': always in this order, and each of them in the order of ids. */
export async function lockCredit(tx: Tx, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return
  const lockGroups = sql`
    select 1 from credit_group as shared
    where shared.tenant_id = ${tx.tenant.id} and shared.id in (
      select group_id from credit_group_member
      where tenant_id = ${tx.tenant.id} and customer_id = any(${customerIds}))
    order by shared.id
    for no key update
  `
  await together([lockCustomers(tx, customerIds), lockGroups.execute(tx.db)])
}
