import type { Instant } from '../../foundation/calendar.ts'

/** What becomes of held credit: it is used by an order or invoice, given up, or its time runs out. */
export const reservationStatuses = ['active', 'confirmed', 'released', 'expired'] as const
export type ReservationStatus = (typeof reservationStatuses)[number]

/** The longest time credit is held without being asked for again: 90 days. */
export const TTL_SECONDS_MAX = 90 * 86_400

/** What decides whether a reservation holds anything. */
interface Marked {
  status: ReservationStatus
  open_amount: number
  expires_at: Instant
}

/**
 * What a reservation is and holds at an instant. From the very instant it expires it holds nothing, whether or not it
 * has been marked yet.
 */
export function reservationAt(
  { status, open_amount, expires_at }: Marked,
  now: Instant,
): { status: ReservationStatus; open_amount: number } {
  return status === 'active' && expires_at <= now
    ? { status: 'expired', open_amount: 0 }
    : { status, open_amount }
}

/** When credit that is held from now on for so many seconds expires; seconds last as long on every day of the year. */
export const expiryOf = (now: Instant, ttlSeconds: number): Instant =>
  new Date(Date.parse(now) + ttlSeconds * 1_000).toISOString()
