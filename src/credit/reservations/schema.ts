import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  Amount,
  At,
  Body,
  Count,
  Currency,
  ExternalId,
  Id,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Reason,
  resourceFields,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { reservationAt, reservationStatuses, TTL_SECONDS_MAX } from './reservation.ts'
import type { ReservationRow } from './table.ts'

/** For how long credit is held. */
export const TtlSeconds = (description: string) =>
  Count(description, { minimum: 1, maximum: TTL_SECONDS_MAX, example: 86_400 })

const Reference = ExternalId(
  'The reference of the order it is held for; what order and invoices carry too.',
  'PO-4500012345',
)
const Why = Reason('Why it was given up.', 'The customer withdrew the order.')

export const ReleaseReservation = named(
  'ReleaseReservation',
  Body({ reason: Why }, { description: 'Why held credit is given up.' }),
)

export const ExtendReservation = named(
  'ExtendReservation',
  Body(
    { ttl_seconds: TtlSeconds('Seconds from now on for which it is to be held.') },
    { description: 'For how much longer credit is held.' },
  ),
)

export const ConfirmReservation = named(
  'ConfirmReservation',
  Body(
    { invoice_id: Id('invoice', 'The issued invoice that uses it up.') },
    { description: 'What held credit was used for.' },
  ),
)

export const Reservation = named(
  'Reservation',
  Type.Object(
    {
      ...resourceFields('reservation'),
      customer_id: Id('customer', 'The customer.'),
      customer: Expandable('customer'),
      check_id: Nullable(Id('credit_check', 'The credit check that reserved it.')),
      external_id: Nullable(Reference),
      status: OneOf(reservationStatuses, {
        description:
          'Whether it holds credit. It reads `expired` from the instant it expires, with an event shortly after.',
      }),
      currency: Currency(),
      amount: Amount('What was reserved.', { minimum: 1 }),
      open_amount: Amount('What it still holds; 0 unless it is active.'),
      expires_at: At('From this instant on it holds nothing.'),
      confirmed_by: Nullable(
        OneOf(['order', 'invoice'], {
          description: 'What took its place; null unless it is confirmed.',
        }),
      ),
      release_reason: Nullable(Why),
    },
    { description: 'Credit held for an order until it is invoiced, for a time.' },
  ),
)
export const ReservationList = ListOf(Reservation)

export const ReservationQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  external_id: Type.Optional(ExternalId('Only those with this reference.', 'PO-4500012345')),
  status: Type.Optional(OneOf(reservationStatuses, { description: 'Only of this status, now.' })),
})

/** A reservation as the API shows it now. */
export const reservationToJson = (
  reservation: ReservationRow,
  { tenant, now }: Pick<Reader, 'tenant' | 'now'>,
): Static<typeof Reservation> => ({
  id: publicId('reservation', reservation.id),
  object: 'reservation',
  version: reservation.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', reservation.customer_id),
  check_id: publicIdOrNull('credit_check', reservation.check_id),
  external_id: reservation.external_id,
  currency: reservation.currency,
  amount: reservation.amount,
  ...reservationAt(reservation, now),
  expires_at: reservation.expires_at,
  confirmed_by: reservation.confirmed_by,
  release_reason: reservation.release_reason,
  created_at: reservation.created_at,
  updated_at: reservation.updated_at,
})
