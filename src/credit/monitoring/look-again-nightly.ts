import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { planReviews } from '../reviews/plan-reviews.ts'
import { monitorOvernight } from './monitor-customers.ts'

/**
 * Looks once a day at every customer that has a standing: time alone makes items overdue, ends limits and overrides,
 * and a new version of the policy concerns everybody. A customer gets its standing with the first look that an event
 * causes, at the latest that of its first limit. Answers how many were looked at, at most `limit`: call again while it
 * is full.
 */
export async function lookAgainNightly(tx: Tx, limit: number): Promise<number> {
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
  await planReviews(tx, customerIds)
  return rows.length
}
