import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { EventType } from '../events/catalogue.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { invoiceFact } from './events.ts'
import { withItems } from './queries.ts'
import type { InvoiceRow } from './table.ts'

type Refreshed = InvoiceRow & {
  previous_status: InvoiceRow['status']
  previous_open_amount: number
  previous_written_off_amount: number
}

/**
 * Brings invoices in line with their items after these have moved, in the same transaction, and announces what that
 * means: settled, given up, in part or to the end, or open again.
 */
export async function refreshInvoices(tx: Tx, invoiceIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(invoiceIds)]
  if (ids.length === 0) return
  const { rows } = await sql<Refreshed>`
    with item as (
      select invoice_id as id, sum(open_amount)::bigint as open_amount, sum(paid_amount)::bigint as paid_amount,
        sum(credited_amount)::bigint as credited_amount,
        sum(discounted_amount)::bigint as discounted_amount, sum(deducted_amount)::bigint as deducted_amount,
        sum(written_off_amount)::bigint as written_off_amount,
        min(due_date) filter (where open_amount > 0) as earliest_open_due_date
      from open_item
      where tenant_id = ${tx.tenant.id} and invoice_id = any(${ids})
      group by invoice_id
    ), before as (
      select id, status, open_amount, written_off_amount from invoice
      where tenant_id = ${tx.tenant.id} and id = any(${ids})
      order by id
      for update
    )
    update invoice
    set open_amount = item.open_amount,
      paid_amount = item.paid_amount,
      credited_amount = item.credited_amount,
      discounted_amount = item.discounted_amount,
      deducted_amount = item.deducted_amount,
      written_off_amount = item.written_off_amount,
      earliest_open_due_date = item.earliest_open_due_date,
      status = case when item.open_amount > 0 then 'issued' when item.written_off_amount > 0 then 'written_off' else 'paid' end,
      version = invoice.version + 1,
      updated_at = ${tx.now}
    from item join before on before.id = item.id
    where invoice.tenant_id = ${tx.tenant.id} and invoice.id = item.id
    returning invoice.*, before.status as previous_status, before.open_amount as previous_open_amount,
      before.written_off_amount as previous_written_off_amount
  `.execute(tx.db)
  const previous = new Map(rows.map((row) => [row.id, row]))
  const refreshed = await withItems(
    tx,
    rows.map(
      ({
        previous_status: _,
        previous_open_amount: __,
        previous_written_off_amount: ___,
        ...invoice
      }) => invoice,
    ),
  )
  announce(
    tx,
    ...refreshed.map((one) => {
      const was = previous.get(one.invoice.id) as Refreshed
      const before = { status: was.previous_status, open_amount: was.previous_open_amount }
      return invoiceFact(meaningOf(one.invoice, was), one, tx, before)
    }),
  )
}

function meaningOf(
  now: InvoiceRow,
  { previous_open_amount, previous_written_off_amount }: Refreshed,
): Extract<EventType, `invoice.${string}`> {
  if (now.status === 'paid') return 'invoice.paid'
  if (now.status === 'written_off') return 'invoice.written_off'
  if (now.open_amount > previous_open_amount) return 'invoice.reopened'
  return now.written_off_amount > previous_written_off_amount
    ? 'invoice.partly_written_off'
    : 'invoice.partly_paid'
}
