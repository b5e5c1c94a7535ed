import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { Problem } from '../../foundation/problem.ts'
import type { TradeReferenceRow } from './table.ts'

/** The reference, or `trade_reference_not_found`. */
export async function requireReference(
  { db, tenant }: Reader,
  id: string,
): Promise<TradeReferenceRow> {
  const reference = await db
    .selectFrom('trade_reference')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (reference === undefined) throw new Problem('trade_reference_not_found')
  return reference
}

/** One page of the references of a customer, the last recorded first. */
export const listReferences = (
  { db, tenant }: Reader,
  customerId: string,
  page: Page,
): Promise<Paged<TradeReferenceRow>> =>
  pageOf<TradeReferenceRow>(
    db
      .selectFrom('trade_reference')
      .selectAll()
      .where('tenant_id', '=', tenant.id)
      .where('customer_id', '=', customerId),
    page,
    newestFirst,
    { customerId },
  )
