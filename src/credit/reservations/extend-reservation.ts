import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Instant } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { enqueueTask } from '../../foundation/jobs/tasks.ts'
import { invalidFields } from '../../foundation/problem.ts'
import { lockCredit } from '../lock-credit.ts'
import { changeActive, lockActive } from './change-active.ts'
import { reservationFact } from './events.ts'
import { requireReservation } from './queries.ts'
import { expiryOf, TTL_SECONDS_MAX } from './reservation.ts'
import type { ReservationRow } from './table.ts'

export interface ExtendReservation {
  id: string
  /** From now on. */
  ttlSeconds: number
  ifMatch: number | undefined
}

/**
 * Holds credit for longer. What has expired is not brought back: others may have been promised that credit since. So it
 * takes its turn among the checks of the customer and its group, and looks at the clock once its turn has come.
 */
export async function extendReservation(
  tx: Tx,
  { id, ttlSeconds, ifMatch }: ExtendReservation,
): Promise<ReservationRow> {
  await lockCredit(tx, [(await requireReservation(tx, id)).customer_id])
  const arrived = { ...tx, now: await currentInstant(tx) }
  const { expires_at, created_at } = await lockActive(arrived, id, ifMatch)
  const until = expiryOf(tx.now, ttlSeconds)
  if (until <= expires_at) {
    throw invalidFields({
      pointer: '#/ttl_seconds',
      code: 'not_later',
      detail: 'must end after expires_at; release what is not needed any more',
      params: { expires_at },
    })
  }
  const latest = expiryOf(created_at, TTL_SECONDS_MAX)
  if (until > latest) {
    throw invalidFields({
      pointer: '#/ttl_seconds',
      code: 'too_late',
      detail: 'must end within 90 days of when the credit was first held; check again for longer',
      params: { latest },
    })
  }
  const extended = await changeActive(tx, id, { expires_at: until })
  await enqueueTask(tx, 'reservation_expiry', id, ttlSeconds)
  announce(tx, reservationFact('reservation.extended', extended, tx, { expires_at }))
  return extended
}

/** Where the tenant's clock stands at this very moment; `tx.now` is when the transaction began. */
async function currentInstant({ db, tenant }: Tx): Promise<Instant> {
  const { rows } = await sql<{ now: Instant }>`
    select coalesce(clock_at, clock_timestamp()) as now from tenant where tenant_id = ${tenant.id}
  `.execute(db)
  return (rows[0] as { now: Instant }).now
}
