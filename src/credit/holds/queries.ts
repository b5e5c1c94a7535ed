import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { CreditHoldRow } from './table.ts'

/** The hold, or `credit_hold_not_found`. */
export async function requireCreditHold(
  { db, tenant }: Reader,
  id: string,
): Promise<CreditHoldRow> {
  const hold = await db
    .selectFrom('credit_hold')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (hold === undefined) throw new Problem('credit_hold_not_found')
  return hold
}

/** What the list of credit holds can be narrowed to. */
export interface CreditHoldFilters extends Page {
  customer_id?: string
  reason?: CreditHoldRow['reason']
  origin?: CreditHoldRow['origin']
  active?: boolean
}

/** One page of credit holds, the newest first. */
export function listCreditHolds(
  { db, tenant, today }: Reader,
  by: CreditHoldFilters,
): Promise<Paged<CreditHoldRow>> {
  let select = db.selectFrom('credit_hold').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.reason !== undefined) select = select.where('reason', '=', by.reason)
  if (by.origin !== undefined) select = select.where('origin', '=', by.origin)
  if (by.active !== undefined) {
    select = select.where((hold) => {
      const active = hold.and([hold('lifted_date', 'is', null), hold('from_date', '<=', today)])
      return by.active ? active : hold.not(active)
    })
  }
  return pageOf<CreditHoldRow>(select, by, newestFirst)
}
