import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import type { CreditStandingRow } from '../table.ts'
import type { CreditScoreRow } from './table.ts'

/** What is known of customers as debtors, by customer. */
export async function standingsOf(
  { db, tenant }: Reader,
  customerIds: readonly string[],
): Promise<Map<string, CreditStandingRow>> {
  const rows = await db
    .selectFrom('credit_standing')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .execute()
  return new Map(rows.map((row) => [row.customer_id, row]))
}

/** One page of the scores of a customer, the newest first. */
export const listScores = (
  { db, tenant }: Reader,
  customerId: string,
  page: Page,
): Promise<Paged<CreditScoreRow>> =>
  pageOf<CreditScoreRow>(
    db
      .selectFrom('credit_score')
      .selectAll()
      .where('tenant_id', '=', tenant.id)
      .where('customer_id', '=', customerId),
    page,
    newestFirst,
    { customerId },
  )
