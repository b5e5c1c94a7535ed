import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { RefundRow } from './table.ts'

/** The refund, or `refund_not_found`. */
export async function requireRefund({ db, tenant }: Reader, id: string): Promise<RefundRow> {
  const refund = await db
    .selectFrom('refund')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (refund === undefined) throw new Problem('refund_not_found')
  return refund
}

/** What the list of refunds can be narrowed to. */
export interface RefundFilters extends Page {
  customer_id?: string
  payment_id?: string
  credit_note_id?: string
  status?: RefundRow['status'][]
}

/** One page of refunds, the newest first. */
export function listRefunds({ db, tenant }: Reader, by: RefundFilters): Promise<Paged<RefundRow>> {
  let select = db.selectFrom('refund').selectAll().where('tenant_id', '=', tenant.id)
  for (const column of ['customer_id', 'payment_id', 'credit_note_id'] as const) {
    const id = by[column]
    if (id !== undefined) select = select.where(column, '=', uuidOf(id))
  }
  if (by.status !== undefined)
    select = select.where('status', '=', sql<'approved'>`any(${by.status})`)
  return pageOf<RefundRow>(select, by, newestFirst)
}
