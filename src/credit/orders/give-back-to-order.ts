import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { MAX_AMOUNT } from '../../foundation/money.ts'
import { orderFact } from './events.ts'
import type { IssuedInvoice } from './issued-invoice.ts'
import type { OrderRow } from './table.ts'

/**
 * Gives an order back what an invoice had taken of it, since the invoice was voided: that is still to be invoiced. What
 * it had used of reserved credit stays used; credit is reserved by a check only. The caller has locked the customer.
 */
export async function giveBackToOrder(
  tx: Tx,
  invoice: Pick<IssuedInvoice, 'id' | 'currency' | 'order_reference'>,
): Promise<void> {
  if (invoice.order_reference === null) return
  const { rows } = await sql<OrderRow & { previous_open_amount: number }>`
    with before as (
      select known.id, known.open_amount, taken.amount
      from order_invoiced as taken
      join order_on_hand as known on known.tenant_id = taken.tenant_id and known.id = taken.order_id
      where taken.tenant_id = ${tx.tenant.id} and taken.invoice_id = ${invoice.id} and known.currency = ${invoice.currency}
    )
    update order_on_hand as known
    set open_amount = least(known.open_amount + before.amount, ${MAX_AMOUNT}), version = version + 1, updated_at = ${tx.now}
    from before
    where known.tenant_id = ${tx.tenant.id} and known.id = before.id
    returning known.*, before.open_amount as previous_open_amount
  `.execute(tx.db)
  announce(
    tx,
    ...rows.map(({ previous_open_amount: open_amount, ...order }) =>
      orderFact('order_on_hand.reopened', order, tx, { open_amount }),
    ),
  )
}
