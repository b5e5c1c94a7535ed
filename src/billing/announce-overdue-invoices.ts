import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { invoiceFact } from './events.ts'
import { withItems } from './queries.ts'
import type { InvoiceRow } from './table.ts'

/**
 * Announces what has become overdue: something was still open on the day after its due date. The earliest due date
 * that still has something open is announced once; the claim is the update, so that two announcers never say it twice. Answers how many it
 * announced, at most `limit`: call again while it is full.
 */
export async function announceOverdueInvoices(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql<InvoiceRow>`
    with late as (
      select id from invoice
      where tenant_id = ${tx.tenant.id} and open_amount > 0 and earliest_open_due_date < ${tx.today}
        and (overdue_announced_for is null or overdue_announced_for < earliest_open_due_date)
      order by earliest_open_due_date, id
      limit ${limit}
      for update skip locked
    )
    update invoice
    set overdue_announced_for = earliest_open_due_date, version = version + 1, updated_at = ${tx.now}
    from late
    where invoice.tenant_id = ${tx.tenant.id} and invoice.id = late.id
    returning invoice.*
  `.execute(tx.db)
  const overdue = await withItems(tx, rows)
  announce(tx, ...overdue.map((one) => invoiceFact('invoice.overdue', one, tx, { overdue: false })))
  return rows.length
}
