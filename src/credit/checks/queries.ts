import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { CheckRow, CheckStatus } from './table.ts'

/** The check, or `credit_check_not_found`. */
export async function requireCheck({ db, tenant }: Reader, id: string): Promise<CheckRow> {
  const check = await db
    .selectFrom('credit_check')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (check === undefined) throw new Problem('credit_check_not_found')
  return check
}

/** What the list of checks can be narrowed to. */
export interface CheckFilters extends Page {
  customer_id?: string
  status?: CheckStatus[]
  external_id?: string
}

/** One page of checks, the newest first. */
export function listChecks({ db, tenant }: Reader, by: CheckFilters): Promise<Paged<CheckRow>> {
  let select = db.selectFrom('credit_check').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.status !== undefined)
    select = select.where('status', '=', sql<CheckStatus>`any(${by.status})`)
  if (by.external_id !== undefined) select = select.where('external_id', '=', by.external_id)
  return pageOf<CheckRow>(select, by, newestFirst)
}
