import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { together } from '../../foundation/database/frame.ts'
import { newId, publicId } from '../../foundation/id.ts'
import { enqueueTask } from '../../foundation/jobs/tasks.ts'
import { Problem } from '../../foundation/problem.ts'
import { reservationFact } from './events.ts'
import { expireReservationOf } from './expire-reservations.ts'
import { expiryOf } from './reservation.ts'
import type { ReservationRow } from './table.ts'

/** Credit that is to be held. */
export interface Reserve {
  customerId: string
  /** The credit check that approved it. */
  checkId: string | null
  /** The reference of the order, shared with order and invoices; null when there is none yet. */
  externalId: string | null
  currency: string
  /** More than nothing. */
  amount: number
  /** From now on, at most `TTL_SECONDS_MAX`. */
  ttlSeconds: number
}

/**
 * Holds credit for an order. Whoever calls has locked the customer and found that there is room. One order is held for
 * once: `reservation_active` where credit is held under this reference already.
 */
export async function reserve(tx: Tx, input: Reserve): Promise<ReservationRow> {
  const { customerId, externalId } = input
  const id = newId()
  const [, reserved] = await together([
    externalId === null ? Promise.resolve(0) : expireReservationOf(tx, customerId, externalId),
    insert(tx, id, input),
    enqueueTask(tx, 'reservation_expiry', id, input.ttlSeconds),
  ])
  if (reserved === undefined) throw await reservedAlready(tx, input)
  announce(tx, reservationFact('reservation.created', reserved, tx))
  return reserved
}

/** The reservation; undefined where credit is held under its reference already. */
const insert = (
  tx: Tx,
  id: string,
  { customerId, checkId, externalId, currency, amount, ttlSeconds }: Reserve,
): Promise<ReservationRow | undefined> =>
  tx.db
    .insertInto('reservation')
    .values({
      tenant_id: tx.tenant.id,
      id,
      customer_id: customerId,
      check_id: checkId,
      external_id: externalId,
      currency,
      amount,
      open_amount: amount,
      expires_at: expiryOf(tx.now, ttlSeconds),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'customer_id', 'external_id'])
        .where('status', '=', sql.lit('active'))
        .doNothing(),
    )
    .returningAll()
    .executeTakeFirst()

async function reservedAlready(
  { db, tenant }: Tx,
  { customerId, externalId }: Reserve,
): Promise<Problem> {
  const { id } = await db
    .selectFrom('reservation')
    .select('id')
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', customerId)
    .where('external_id', '=', externalId)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow()
  return new Problem('reservation_active', { conflicting_id: publicId('reservation', id) })
}
