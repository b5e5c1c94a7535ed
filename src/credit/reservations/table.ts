import type { Generated, Selectable } from 'kysely'
import type { Instant } from '../../foundation/calendar.ts'
import type { ReservationStatus } from './reservation.ts'

export interface ReservationTables {
  reservation: {
    tenant_id: string
    id: string
    customer_id: string
    /** The credit check that made it. */
    check_id: string | null
    /** The reference that order, reservation and invoice share. */
    external_id: string | null
    currency: string
    amount: number
    /** What it holds, until it expires. */
    open_amount: number
    /** As it was last marked; `reservationAt` says what it is. */
    status: Generated<ReservationStatus>
    expires_at: Instant
    confirmed_by: 'order' | 'invoice' | null
    release_reason: string | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  /** What an invoice used up of a reservation. */
  reservation_invoiced: {
    tenant_id: string
    invoice_id: string
    reservation_id: string
    amount: number
  }
}

export type ReservationRow = Selectable<ReservationTables['reservation']>
