import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { useByInvoices } from '../reservations/use-by-invoices.ts'
import { orderFact } from './events.ts'
import { type IssuedInvoice, issued } from './issued-invoice.ts'
import type { OrderRow } from './table.ts'

/**
 * Counts invoices that have just been issued as what they are, and not as orders or reservations any more: each uses up
 * the order, and the credit reserved for it, of its customer, reference and currency by its total. Invoices of one order
 * take from it in their order. Costs nothing for invoices without a reference. The caller has locked the customers.
 */
export async function invoiceOrders(tx: Tx, invoices: readonly IssuedInvoice[]): Promise<void> {
  const billing = invoices.filter(({ order_reference }) => order_reference !== null)
  if (billing.length === 0) return
  await takeFromOrders(tx, billing)
  await useByInvoices(tx, billing)
}

/** What each invoice takes is kept, so that its order gets it back should it be voided. */
async function takeFromOrders(tx: Tx, invoices: readonly IssuedInvoice[]): Promise<void> {
  const { rows } = await sql<OrderRow & { taken_amount: number }>`
    with billed as (
      select known.id as order_id, invoice.id as invoice_id, least(invoice.total_amount, greatest(0,
        known.open_amount - coalesce(sum(invoice.total_amount) over earlier, 0)))::bigint as amount
      from ${issued(invoices)}
      join order_on_hand as known on known.tenant_id = ${tx.tenant.id} and known.customer_id = invoice.customer_id
        and known.external_id = invoice.order_reference and known.currency = invoice.currency
      window earlier as (partition by known.id order by position rows between unbounded preceding and 1 preceding)
    ), taken as (
      insert into order_invoiced (tenant_id, invoice_id, order_id, amount)
      select ${tx.tenant.id}, invoice_id, order_id, amount from billed where amount > 0
    ), part as (
      select order_id, sum(amount)::bigint as amount from billed group by order_id having sum(amount) > 0
    )
    update order_on_hand
    set open_amount = open_amount - part.amount, version = version + 1, updated_at = ${tx.now}
    from part
    where tenant_id = ${tx.tenant.id} and id = part.order_id
    returning order_on_hand.*, part.amount as taken_amount
  `.execute(tx.db)
  announce(
    tx,
    ...rows.map(({ taken_amount, ...order }) =>
      orderFact('order_on_hand.invoiced', order, tx, {
        open_amount: order.open_amount + taken_amount,
      }),
    ),
  )
}
