import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  At,
  Body,
  Currency,
  Day,
  Id,
  ListOf,
  named,
  paging,
  Query,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import type { ExchangeRateRow } from './table.ts'

const fields = {
  from_currency: Currency('The currency of which one unit is priced, ISO 4217.'),
  to_currency: {
    ...Currency('The currency it is priced in, ISO 4217.'),
    examples: ['USD'],
  },
  rate_date: Day(
    'The day it is of, today at the latest. It holds until the next of its two currencies.',
    '2026-03-31',
  ),
  rate: Type.String({
    description:
      'What one unit of `from_currency` costs in `to_currency`, in major units of both: above 0, up to ten decimal places.',
    pattern: '^\\d{1,12}(\\.\\d{1,10})?$',
    maxLength: 23,
    examples: ['1.0829'],
  }),
}

export const AddExchangeRate = named(
  'AddExchangeRate',
  Body(fields, { description: 'What a currency costs in another.' }),
)

export const ExchangeRate = named(
  'ExchangeRate',
  Type.Object(
    {
      id: Id('exchange_rate', 'The id.'),
      object: Type.Unsafe<'exchange_rate'>(
        Type.String({
          description: 'What this is.',
          const: 'exchange_rate',
          examples: ['exchange_rate'],
        }),
      ),
      livemode: YesNo('False in a test tenant.'),
      ...fields,
      created_at: At('When it was added, by the tenant’s clock.'),
    },
    {
      description:
        'What a currency costs in another, as the tenant said it. It never changes; of several for a day the one added last holds.',
    },
  ),
)
export const ExchangeRateList = ListOf(ExchangeRate)

export const ExchangeRateQuery = Query({
  ...paging,
  from_currency: Type.Optional(Currency('Only of this currency, ISO 4217.')),
  to_currency: Type.Optional(Currency('Only in this currency, ISO 4217.')),
  rate_date_gte: Type.Optional(Day('From this day on.', '2026-01-01')),
  rate_date_lte: Type.Optional(Day('Until this day.')),
})

/** An exchange rate as the API shows it. */
export const exchangeRateToJson = (
  rate: ExchangeRateRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof ExchangeRate> => ({
  id: publicId('exchange_rate', rate.id),
  object: 'exchange_rate',
  livemode: tenant.mode === 'live',
  from_currency: rate.from_currency,
  to_currency: rate.to_currency,
  rate_date: rate.rate_date,
  rate: rate.rate,
  created_at: rate.created_at,
})
