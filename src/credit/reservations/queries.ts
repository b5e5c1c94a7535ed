import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { ReservationStatus } from './reservation.ts'
import type { ReservationRow } from './table.ts'

/** The reservation, or `reservation_not_found`. */
export async function requireReservation(
  { db, tenant }: Reader,
  id: string,
): Promise<ReservationRow> {
  const reservation = await db
    .selectFrom('reservation')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (reservation === undefined) throw new Problem('reservation_not_found')
  return reservation
}

/** What the list of reservations can be narrowed to. */
export interface ReservationFilters extends Page {
  customer_id?: string
  external_id?: string
  status?: ReservationStatus
}

/** One page of reservations, the newest first; the status is that of now, marked or not. */
export function listReservations(
  { db, tenant, now }: Reader,
  by: ReservationFilters,
): Promise<Paged<ReservationRow>> {
  let select = db.selectFrom('reservation').selectAll().where('tenant_id', '=', tenant.id)
  const { status } = by
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.external_id !== undefined) select = select.where('external_id', '=', by.external_id)
  if (status === 'active')
    select = select.where('status', '=', 'active').where('expires_at', '>', now)
  else if (status === 'expired') {
    select = select.where((reservation) =>
      reservation.or([
        reservation('status', '=', 'expired'),
        reservation('status', '=', 'active').and('expires_at', '<=', now),
      ]),
    )
  } else if (status !== undefined) select = select.where('status', '=', status)
  return pageOf<ReservationRow>(select, by, newestFirst)
}
