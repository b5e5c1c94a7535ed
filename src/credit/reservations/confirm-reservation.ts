import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Problem } from '../../foundation/problem.ts'
import { changeActive, lockActive } from './change-active.ts'
import { usedFact } from './events.ts'
import type { ReservationRow } from './table.ts'

export interface ConfirmReservation {
  id: string
  invoiceId: string
  ifMatch: number | undefined
}

/**
 * Says that an issued invoice uses up held credit, as one with the reservation's reference does by itself: by its total,
 * as far as that has not used up credit before. It is confirmed once nothing is left; otherwise it holds the rest.
 */
export async function confirmReservation(
  tx: Tx,
  { id, invoiceId, ifMatch }: ConfirmReservation,
): Promise<ReservationRow> {
  const before = await lockActive(tx, id, ifMatch)
  const amount = Math.min(before.open_amount, await leftOf(tx, invoiceId, before))
  const left = before.open_amount - amount
  const used = await changeActive(
    tx,
    id,
    left > 0
      ? { open_amount: left }
      : { open_amount: 0, status: 'confirmed', confirmed_by: 'invoice' },
  )
  await tx.db
    .insertInto('reservation_invoiced')
    .values({ tenant_id: tx.tenant.id, invoice_id: invoiceId, reservation_id: id, amount })
    .execute()
  announce(tx, usedFact(used, tx, before.open_amount))
  return used
}

/** What of an invoice has not used up held credit yet, more than nothing; or why it cannot use this one. */
async function leftOf(
  { db, tenant }: Tx,
  invoiceId: string,
  reservation: ReservationRow,
): Promise<number> {
  const invoice = await db
    .selectFrom('invoice')
    .select(['customer_id', 'currency', 'status'])
    .select((row) =>
      sql<number>`${row.ref('total_amount')} - coalesce((
        select sum(amount) from reservation_invoiced as used
        where used.tenant_id = ${tenant.id} and used.invoice_id = ${invoiceId}), 0)::bigint`.as(
        'left_amount',
      ),
    )
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', invoiceId)
    .executeTakeFirst()
  if (invoice === undefined) throw new Problem('invoice_not_found')
  if (invoice.customer_id !== reservation.customer_id) throw new Problem('customer_mismatch')
  if (invoice.currency !== reservation.currency) throw new Problem('currency_mismatch')
  if (invoice.status === 'draft' || invoice.status === 'void')
    throw new Problem('invalid_state', { current_status: invoice.status, allowed_actions: [] })
  if (invoice.left_amount === 0) throw new Problem('invoice_used_up')
  return invoice.left_amount
}
