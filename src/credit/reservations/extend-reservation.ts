import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { enqueueTask } from '../../foundation/jobs/tasks.ts'
import { invalidFields } from '../../foundation/problem.ts'
import { changeActive, lockActive } from './change-active.ts'
import { reservationFact } from './events.ts'
import { expiryOf } from './reservation.ts'
import type { ReservationRow } from './table.ts'

export interface ExtendReservation {
  id: string
  /** From now on. */
  ttlSeconds: number
  ifMatch: number | undefined
}

/** Holds credit for longer. What has expired is not brought back: others may have been promised that credit since. */
export async function extendReservation(
  tx: Tx,
  { id, ttlSeconds, ifMatch }: ExtendReservation,
): Promise<ReservationRow> {
  const { expires_at } = await lockActive(tx, id, ifMatch)
  const until = expiryOf(tx.now, ttlSeconds)
  if (until <= expires_at) {
    throw invalidFields({
      pointer: '#/ttl_seconds',
      code: 'not_later',
      detail: 'must end after expires_at; release what is not needed any more',
      params: { expires_at },
    })
  }
  const extended = await changeActive(tx, id, { expires_at: until })
  await enqueueTask(tx, 'reservation_expiry', id, ttlSeconds)
  announce(tx, reservationFact('reservation.extended', extended, tx, { expires_at }))
  return extended
}
