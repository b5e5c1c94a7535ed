import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { invoiceFact } from './events.ts'
import { withItems } from './queries.ts'
import type { InvoiceRow } from './table.ts'

/**
 * Brings an invoice in line with its items after one of them has got another due date, and announces it. What the
 * document says stays as it was issued. The customer is locked.
 */
export async function deferInvoice(tx: Tx, id: string): Promise<void> {
  const { rows } = await sql<InvoiceRow>`
    update invoice
    set earliest_open_due_date = (
        select min(due_date) from open_item
        where open_item.tenant_id = invoice.tenant_id and open_item.invoice_id = invoice.id and open_amount > 0),
      version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and id = ${id}
    returning *
  `.execute(tx.db)
  const [one] = await withItems(tx, rows)
  if (one !== undefined) announce(tx, invoiceFact('invoice.deferred', one, tx))
}
