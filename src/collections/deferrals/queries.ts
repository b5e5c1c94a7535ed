import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { DeferralRow } from './table.ts'

/** The deferral, or `deferral_not_found`. */
export async function requireDeferral({ db, tenant }: Reader, id: string): Promise<DeferralRow> {
  const deferral = await db
    .selectFrom('deferral')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (deferral === undefined) throw new Problem('deferral_not_found')
  return deferral
}

/** What the list of deferrals can be narrowed to. */
export interface DeferralFilters extends Page {
  customer_id?: string
  invoice_id?: string
  item_id?: string
  status?: DeferralRow['status'][]
}

/** One page of deferrals, the newest first. */
export function listDeferrals(
  { db, tenant }: Reader,
  by: DeferralFilters,
): Promise<Paged<DeferralRow>> {
  let select = db.selectFrom('deferral').selectAll().where('tenant_id', '=', tenant.id)
  for (const column of ['customer_id', 'invoice_id', 'item_id'] as const) {
    const id = by[column]
    if (id !== undefined) select = select.where(column, '=', uuidOf(id))
  }
  if (by.status !== undefined)
    select = select.where('status', '=', sql<'agreed'>`any(${by.status})`)
  return pageOf<DeferralRow>(select, by, newestFirst)
}
