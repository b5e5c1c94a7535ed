import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import type { OrderRow } from '../orders/table.ts'
import { reservationFact } from './events.ts'
import type { ReservationRow } from './table.ts'

/**
 * Confirms what is reserved under the references of orders that have just been reported: from now on the order counts.
 * The caller has locked the customers.
 */
export async function confirmByOrders(
  tx: Tx,
  orders: readonly Pick<OrderRow, 'customer_id' | 'external_id'>[],
): Promise<void> {
  const wanted = orders.map(({ customer_id, external_id }) => ({ customer_id, external_id }))
  const { rows } = await sql<ReservationRow & { previous_open_amount: number }>`
    with before as (
      select held.id, held.open_amount
      from json_to_recordset(${JSON.stringify(wanted)}) as wanted(customer_id uuid, external_id text)
      join reservation as held on held.tenant_id = ${tx.tenant.id} and held.customer_id = wanted.customer_id
        and held.external_id = wanted.external_id and held.status = 'active' and held.expires_at > ${tx.now}
    )
    update reservation as held
    set status = 'confirmed', confirmed_by = 'order', open_amount = 0, version = version + 1, updated_at = ${tx.now}
    from before
    where held.tenant_id = ${tx.tenant.id} and held.id = before.id and held.status = 'active'
    returning held.*, before.open_amount as previous_open_amount
  `.execute(tx.db)
  announce(
    tx,
    ...rows.map(({ previous_open_amount: open_amount, ...reservation }) =>
      reservationFact('reservation.confirmed', reservation, tx, {
        status: 'active',
        open_amount,
        confirmed_by: null,
      }),
    ),
  )
}
