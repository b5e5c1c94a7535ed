import { sql, type Updateable } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireReservation } from './queries.ts'
import { reservationAt } from './reservation.ts'
import type { ReservationRow, ReservationTables } from './table.ts'

/** The reservation with its customer locked, or why it cannot be changed: only while it is active does it hold anything. */
export async function lockActive(
  tx: Tx,
  id: string,
  ifMatch: number | undefined,
): Promise<ReservationRow> {
  await lockCustomers(tx, [(await requireReservation(tx, id)).customer_id])
  const reservation = await requireReservation(tx, id)
  requireVersion(reservation.version, ifMatch)
  const { status } = reservationAt(reservation, tx.now)
  if (status !== 'active') throw notActive(status)
  return reservation
}

/** Changes a reservation while it is active; one that was marked as expired meanwhile is refused. */
export async function changeActive(
  tx: Tx,
  id: string,
  changes: Updateable<ReservationTables['reservation']>,
): Promise<ReservationRow> {
  const changed = await tx.db
    .updateTable('reservation')
    .set({ ...changes, version: sql<number>`version + 1`, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', '=', 'active')
    .returningAll()
    .executeTakeFirst()
  if (changed === undefined) throw notActive('expired')
  return changed
}

const notActive = (status: string) =>
  new Problem('invalid_state', { current_status: status, allowed_actions: [] })
