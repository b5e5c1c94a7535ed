import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { Problem } from '../../foundation/problem.ts'
import type { CreditReportRow } from './table.ts'

/** The report, or `credit_report_not_found`. */
export async function requireReport({ db, tenant }: Reader, id: string): Promise<CreditReportRow> {
  const report = await db
    .selectFrom('credit_report')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (report === undefined) throw new Problem('credit_report_not_found')
  return report
}

/** One page of the reports on a customer, the last recorded first. */
export const listReports = (
  { db, tenant }: Reader,
  customerId: string,
  page: Page,
): Promise<Paged<CreditReportRow>> =>
  pageOf<CreditReportRow>(
    db
      .selectFrom('credit_report')
      .selectAll()
      .where('tenant_id', '=', tenant.id)
      .where('customer_id', '=', customerId),
    page,
    newestFirst,
    { customerId },
  )
