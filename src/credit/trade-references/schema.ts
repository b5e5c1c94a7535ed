import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Body,
  Count,
  Day,
  Id,
  ListOf,
  Nullable,
  named,
  paging,
  Query,
  ref,
  resourceFields,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { Money } from '../policies/check-rules-schema.ts'
import type { TradeReferenceRow } from './table.ts'

const Referee = () => Text('Who says it.', { example: 'Beispiel Stahlhandel KG' })
const ReferenceDate = () => Day('The day it was said; not after today.', '2026-02-20')
const RelationSince = () => Day('Since when it is their customer.', '2019-05-01')
const DaysLate = () =>
  Count('How many days late it pays them on average.', { maximum: 3650, example: 4 })
const Rating = () =>
  Count('How good a payer it is for them, from 0 to 100, the higher the better.', {
    maximum: 100,
    example: 80,
  })
const Note = () =>
  Text('A note for people.', { maxLength: 1000, example: 'Asked Mr Beispiel by phone.' })

export const RecordTradeReference = named(
  'RecordTradeReference',
  Body(
    {
      referee: Referee(),
      reference_date: ReferenceDate(),
      relation_since: Type.Optional(Nullable(RelationSince())),
      high_credit: Type.Optional(Nullable(ref(Money))),
      days_late: Type.Optional(Nullable(DaysLate())),
      rating: Rating(),
      note: Type.Optional(Nullable(Note())),
    },
    {
      description: 'What another creditor says of a customer; `high_credit` is the most they gave.',
    },
  ),
)

export const TradeReference = named(
  'TradeReference',
  Type.Object(
    {
      ...resourceFields('trade_reference'),
      customer_id: Id('customer', 'The customer.'),
      referee: Referee(),
      reference_date: ReferenceDate(),
      relation_since: Nullable(RelationSince()),
      high_credit: Nullable(ref(Money)),
      days_late: Nullable(DaysLate()),
      rating: Rating(),
      note: Nullable(Note()),
    },
    { description: 'What another creditor says of a customer. Never changes.' },
  ),
)
export const TradeReferenceList = ListOf(TradeReference)

/** A reference as the API shows it. */
export const tradeReferenceToJson = (
  reference: TradeReferenceRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof TradeReference> => ({
  id: publicId('trade_reference', reference.id),
  object: 'trade_reference',
  version: reference.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', reference.customer_id),
  referee: reference.referee,
  reference_date: reference.reference_date,
  relation_since: reference.relation_since,
  high_credit:
    reference.high_currency === null
      ? null
      : { currency: reference.high_currency, amount: reference.high_amount as number },
  days_late: reference.days_late,
  rating: reference.rating,
  note: reference.note,
  created_at: reference.created_at,
  updated_at: reference.updated_at,
})

export const TradeReferenceQuery = Query({ ...paging })
