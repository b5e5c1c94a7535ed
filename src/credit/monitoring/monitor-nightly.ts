import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { monitorOvernight } from './monitor-customers.ts'

/**
 * Has the night's look at every customer that has a standing, once a day: time alone makes items overdue and limits
 * expire. A customer gets its standing when it is looked at for the first time, at the latest with its first limit.
 * Answers how many were looked at, at most `limit`: call again while it is full.
 */
export async function monitorNightly(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql<{ customer_id: string }>`
    select customer_id from credit_standing
    where tenant_id = ${tx.tenant.id} and monitored_date < ${tx.today}
    order by monitored_date, customer_id
    limit ${limit}
  `.execute(tx.db)
  if (rows.length === 0) return 0
  const customerIds = rows.map(({ customer_id }) => customer_id)
  await lockCustomers(tx, customerIds)
  await monitorOvernight(tx, customerIds)
  return rows.length
}
