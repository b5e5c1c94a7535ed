import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { changeActive, lockActive } from './change-active.ts'
import { reservationFact } from './events.ts'
import type { ReservationRow } from './table.ts'

export interface ReleaseReservation {
  id: string
  reason: string
  ifMatch: number | undefined
}

/** Gives held credit up: nothing is sold for it. */
export async function releaseReservation(
  tx: Tx,
  { id, reason, ifMatch }: ReleaseReservation,
): Promise<ReservationRow> {
  const { status, open_amount } = await lockActive(tx, id, ifMatch)
  const released = await changeActive(tx, id, {
    status: 'released',
    open_amount: 0,
    release_reason: reason,
  })
  announce(tx, reservationFact('reservation.released', released, tx, { status, open_amount }))
  return released
}
