import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { type IssuedInvoice, issued } from '../orders/issued-invoice.ts'
import { usedFact } from './events.ts'
import type { ReservationRow } from './table.ts'

/**
 * Uses up the credit held for the orders of invoices that have just been issued, by their totals. It is confirmed once
 * nothing of it is left, or of its order on hand: what was held beyond that was not needed.
 */
export async function useByInvoices(tx: Tx, invoices: readonly IssuedInvoice[]): Promise<void> {
  const { rows } = await sql<ReservationRow & { previous_open_amount: number }>`
    with billed as (
      select held.id as reservation_id, invoice.id as invoice_id, held.open_amount, least(invoice.total_amount, greatest(0,
        held.open_amount - coalesce(sum(invoice.total_amount) over earlier, 0)))::bigint as amount
      from ${issued(invoices)}
      join reservation as held on held.tenant_id = ${tx.tenant.id} and held.customer_id = invoice.customer_id
        and held.external_id = invoice.order_reference and held.currency = invoice.currency
        and held.status = 'active' and held.expires_at > ${tx.now}
      window earlier as (partition by held.id order by position rows between unbounded preceding and 1 preceding)
    ), part as (
      select held.id, held.open_amount, sum(billed.amount)::bigint as amount, sum(billed.amount) = held.open_amount
        or exists (
          select 1 from order_on_hand as known
          where known.tenant_id = ${tx.tenant.id} and known.customer_id = held.customer_id
            and known.external_id = held.external_id and known.currency = held.currency and known.open_amount = 0
            and exists (
              select 1 from order_invoiced as taken
              where taken.tenant_id = ${tx.tenant.id} and taken.order_id = known.id
                and taken.invoice_id = any(array_agg(billed.invoice_id)))) as is_done
      from billed join reservation as held on held.tenant_id = ${tx.tenant.id} and held.id = billed.reservation_id
      group by held.tenant_id, held.id
    ), used as (
      update reservation as held
      set open_amount = case when is_done then 0 else held.open_amount - part.amount end,
        status = case when is_done then 'confirmed' else 'active' end,
        confirmed_by = case when is_done then 'invoice' end,
        version = version + 1,
        updated_at = ${tx.now}
      from part
      where held.tenant_id = ${tx.tenant.id} and held.id = part.id and held.status = 'active'
      returning held.*, part.open_amount as previous_open_amount
    ), kept as (
      insert into reservation_invoiced (tenant_id, invoice_id, reservation_id, amount)
      select ${tx.tenant.id}, billed.invoice_id, billed.reservation_id, billed.amount
      from billed join used on used.id = billed.reservation_id
      where billed.amount > 0
    )
    select * from used
  `.execute(tx.db)
  announce(
    tx,
    ...rows.map(({ previous_open_amount, ...reservation }) =>
      usedFact(reservation, tx, previous_open_amount),
    ),
  )
}
