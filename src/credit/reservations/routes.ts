import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { confirmReservation } from './confirm-reservation.ts'
import { extendReservation } from './extend-reservation.ts'
import { listReservations, requireReservation } from './queries.ts'
import { releaseReservation } from './release-reservation.ts'
import * as wire from './schema.ts'

const tag = 'Credit'
const params = IdParams('reservation', 'reservation')
const answers = { 200: wire.Reservation }

/** Credit held for orders; made by credit checks. */
export function reservationRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/reservations',
    operationId: 'listReservations',
    tag,
    summary: 'List reservations',
    description: 'The newest first. Credit is reserved by a credit check that approves.',
    scope: 'credit:read',
    query: wire.ReservationQuery,
    answers: { 200: wire.ReservationList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listReservations(reader, filters), (reservation) =>
        wire.reservationToJson(reservation, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/reservations/:id',
    operationId: 'getReservation',
    tag,
    summary: 'Read a reservation',
    description: 'What it holds, for whom and until when.',
    scope: 'credit:read',
    params,
    answers,
    problems: ['reservation_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.reservationToJson(await requireReservation(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/reservations/:id/release',
    operationId: 'releaseReservation',
    tag,
    summary: 'Release a reservation',
    description: 'Gives held credit up, since the order does not come.',
    scope: 'credit:write',
    params,
    body: wire.ReleaseReservation,
    answers,
    problems: ['reservation_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.reservationToJson(
        await releaseReservation(tx, { id: uuidOf(id), reason: body.reason, ifMatch }),
        tx,
      ),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/reservations/:id/extend',
    operationId: 'extendReservation',
    tag,
    summary: 'Extend a reservation',
    description:
      'Holds the credit for longer, counted from now. One that has expired is not brought back: ask for another credit check.',
    scope: 'credit:write',
    params,
    body: wire.ExtendReservation,
    answers,
    problems: ['reservation_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.reservationToJson(
        await extendReservation(tx, { id: uuidOf(id), ttlSeconds: body.ttl_seconds, ifMatch }),
        tx,
      ),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/reservations/:id/confirm',
    operationId: 'confirmReservation',
    tag,
    summary: 'Confirm a reservation by an invoice',
    description:
      'For an issued invoice of the customer that does not carry the reference; one that does needs no call. It uses up the credit by its total, as far as that has not used up credit before; what is left stays reserved.',
    scope: 'credit:write',
    params,
    body: wire.ConfirmReservation,
    answers,
    problems: [
      'reservation_not_found',
      'invoice_not_found',
      'invalid_state',
      'invoice_used_up',
      'customer_mismatch',
      'currency_mismatch',
    ],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.reservationToJson(
        await confirmReservation(tx, {
          id: uuidOf(id),
          invoiceId: uuidOf(body.invoice_id),
          ifMatch,
        }),
        tx,
      ),
  })
}
