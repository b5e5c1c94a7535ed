import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import { together } from '../foundation/database/frame.ts'
import { lockCustomers } from '../ledger/queries.ts'

/** Waits for the customer's turn, then for its group's: always in this order. */
export async function lockCredit(tx: Tx, customerId: string): Promise<void> {
  const lockGroup = sql`
    select 1 from credit_group as shared
    where shared.tenant_id = ${tx.tenant.id} and shared.id = (
      select group_id from credit_group_member
      where tenant_id = ${tx.tenant.id} and customer_id = ${customerId})
    for no key update
  `
  await together([lockCustomers(tx, [customerId]), lockGroup.execute(tx.db)])
}
