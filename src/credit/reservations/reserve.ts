import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { together } from '../../foundation/database/frame.ts'
import { newId, publicId } from '../../foundation/id.ts'
import { enqueueWithCommit } from '../../foundation/jobs/tasks.ts'
import { Problem } from '../../foundation/problem.ts'
import { reservationFact } from './events.ts'
import { expireReservationsOf } from './expire-reservations.ts'
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
 * Holds credit for orders, each of another customer. Whoever calls has locked the customers and found that there is
 * room. One order is held for once. Answers for each, in order, the reservation, or `reservation_active` where credit
 * is held under its reference already.
 */
export async function reserve(
  tx: Tx,
  wanted: readonly Reserve[],
): Promise<(ReservationRow | Problem)[]> {
  if (wanted.length === 0) return []
  const rows = wanted.map((one) => ({ id: newId(), ...one }))
  const named = rows.filter(({ externalId }) => externalId !== null)
  const [, reserved] = await together([
    named.length === 0 ? Promise.resolve(0) : expireReservationsOf(tx, named),
    insert(tx, rows),
  ])
  const isReserved = ({ id }: { id: string }) => reserved.has(id)
  enqueueWithCommit(
    tx,
    'reservation_expiry',
    rows
      .filter(isReserved)
      .map(({ id, ttlSeconds }) => ({ subjectId: id, delaySeconds: ttlSeconds })),
  )
  announce(
    tx,
    ...[...reserved.values()].map((one) => reservationFact('reservation.created', one, tx)),
  )
  return together(rows.map(async (row) => reserved.get(row.id) ?? reservedAlready(tx, row)))
}

/** The reservations, by id, without those whose reference holds credit already. */
async function insert(
  tx: Tx,
  wanted: readonly (Reserve & { id: string })[],
): Promise<Map<string, ReservationRow>> {
  const rows = wanted.map(({ ttlSeconds, ...one }) => ({
    ...one,
    expiresAt: expiryOf(tx.now, ttlSeconds),
  }))
  const { rows: reserved } = await sql<ReservationRow>`
    insert into reservation (tenant_id, id, customer_id, check_id, external_id, currency, amount, open_amount, expires_at, created_at, updated_at)
    select ${tx.tenant.id}, id, "customerId", "checkId", "externalId", currency, amount, amount, "expiresAt", ${tx.now}, ${tx.now}
    from json_to_recordset(${JSON.stringify(rows)}) as wanted(
      id uuid, "customerId" uuid, "checkId" uuid, "externalId" text, currency text, amount bigint, "expiresAt" timestamptz)
    on conflict (tenant_id, customer_id, external_id) where status = 'active' do nothing
    returning *
  `.execute(tx.db)
  return new Map(reserved.map((row) => [row.id, row]))
}

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
