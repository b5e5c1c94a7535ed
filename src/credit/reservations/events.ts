import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { reservationToJson } from './schema.ts'
import type { ReservationRow } from './table.ts'

/** What happened to a reservation, with the reservation as it stands now. */
export const reservationFact = (
  type: Extract<EventType, `reservation.${string}`>,
  reservation: ReservationRow,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'reservation', id: reservation.id, sequence: reservation.version },
  customerId: reservation.customer_id,
  object: reservationToJson(reservation, reader),
  ...(previous && { previous }),
})

/** An invoice has used up a reservation, in part or wholly. */
export const usedFact = (
  reservation: ReservationRow,
  reader: Reader,
  previousOpenAmount: number,
): Fact =>
  reservation.status === 'confirmed'
    ? reservationFact('reservation.confirmed', reservation, reader, {
        status: 'active',
        open_amount: previousOpenAmount,
        confirmed_by: null,
      })
    : reservationFact('reservation.used', reservation, reader, { open_amount: previousOpenAmount })
