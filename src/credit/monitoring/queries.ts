import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { AlertType, CreditAlertRow } from './table.ts'

/** The alert, or `credit_alert_not_found`. */
export async function requireCreditAlert(
  { db, tenant }: Reader,
  id: string,
): Promise<CreditAlertRow> {
  const alert = await db
    .selectFrom('credit_alert')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (alert === undefined) throw new Problem('credit_alert_not_found')
  return alert
}

/** What the list of credit alerts can be narrowed to. */
export interface CreditAlertFilters extends Page {
  customer_id?: string
  type?: AlertType[]
}

/** One page of credit alerts, the newest first. */
export function listCreditAlerts(
  { db, tenant }: Reader,
  by: CreditAlertFilters,
): Promise<Paged<CreditAlertRow>> {
  let select = db.selectFrom('credit_alert').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.type !== undefined) select = select.where('type', '=', sql<AlertType>`any(${by.type})`)
  return pageOf<CreditAlertRow>(select, by, newestFirst)
}
