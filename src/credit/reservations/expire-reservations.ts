import { type RawBuilder, sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { byTheService, commit, type Tx } from '../../foundation/database/commit.ts'
import type { Context } from '../../foundation/http/context.ts'
import { reservationFact } from './events.ts'
import type { ReservationRow } from './table.ts'

/** What expires at about the same time is marked together. */
const EXPIRE_TOGETHER = 500

/**
 * Marks reservations whose time has run out, at most `limit` of them, and announces each once; answers how many. They
 * hold nothing already. Those that somebody else is at are left to the next time, so that nothing waits for anything.
 */
export const expireReservations = (tx: Tx, limit: number): Promise<number> =>
  expire(tx, sql`order by expires_at limit ${limit} for update skip locked`)

/** Marks reservations of customers under references, should their time have run out. The caller has locked the customers. */
export const expireReservationsOf = (
  tx: Tx,
  named: readonly { customerId: string; externalId: string | null }[],
): Promise<number> =>
  expire(
    tx,
    sql`and (customer_id, external_id) in (
      select * from json_to_recordset(${JSON.stringify(named)}) as named("customerId" uuid, "externalId" text))
      for update`,
  )

/**
 * Runs when the time of a reservation is up. A test tenant's clock may stand elsewhere: there the night marks what has
 * expired by it.
 */
export const runExpiry = async (context: Context, tenantId: string): Promise<void> => {
  await commit(context.workers, { tenantId, cause: byTheService }, (tx) =>
    expireReservations(tx, EXPIRE_TOGETHER),
  )
}

async function expire(tx: Tx, which: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<ReservationRow & { previous_open_amount: number }>`
    with due as (
      select id, open_amount from reservation
      where tenant_id = ${tx.tenant.id} and status = 'active' and expires_at <= ${tx.now} ${which}
    )
    update reservation
    set status = 'expired', open_amount = 0, version = version + 1, updated_at = ${tx.now}
    from due
    where reservation.tenant_id = ${tx.tenant.id} and reservation.id = due.id
    returning reservation.*, due.open_amount as previous_open_amount
  `.execute(tx.db)
  announce(
    tx,
    ...rows.map(({ previous_open_amount: open_amount, ...reservation }) =>
      reservationFact('reservation.expired', reservation, tx, { status: 'active', open_amount }),
    ),
  )
  return rows.length
}
