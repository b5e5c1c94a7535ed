import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Body,
  Day,
  Id,
  ListOf,
  named,
  OneOf,
  paging,
  Query,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import type { ListedRate } from './queries.ts'
import { PERCENT_PATTERN, percentOf } from './rate.ts'

/** A percentage a year, exact. */
export const Percent = (description: string, example = '1.27') =>
  Type.String({ description, pattern: PERCENT_PATTERN, maxLength: 9, examples: [example] })

/** The name of a series of reference rates. */
export const Series = (description: string) =>
  Type.String({
    description,
    pattern: '^[a-z][a-z0-9_]{2,59}$',
    maxLength: 60,
    examples: ['bgb_base_rate'],
  })

const validFrom = Day(
  'The first day of it. It holds until the next of its series; one that repeats the rate before says that it still held.',
  '2026-01-01',
)
const percent = Percent('The rate, percent a year; below zero where it was.')
const source = Text('Who published it, and where.', {
  maxLength: 500,
  example: 'Deutsche Bundesbank, notice of 30 June 2026',
})

export const AddReferenceRate = named(
  'AddReferenceRate',
  Body(
    {
      series: Series(
        'One of the series that come with the service, or one of your own to which contracts refer.',
      ),
      valid_from_date: validFrom,
      percent,
      source,
    },
    { description: 'A reference rate, newer than all that are known of its series.' },
  ),
)

export const ReferenceRate = named(
  'ReferenceRate',
  Type.Object(
    {
      id: Id('reference_rate', 'The id.'),
      object: Type.Unsafe<'reference_rate'>(
        Type.String({
          description: 'What this is.',
          const: 'reference_rate',
          examples: ['reference_rate'],
        }),
      ),
      livemode: YesNo('False in a test tenant.'),
      series: Series('The series it belongs to.'),
      valid_from_date: validFrom,
      percent,
      source,
      verified: YesNo(
        'Whether an authority was read for it; otherwise it is what is commonly reported.',
      ),
      origin: OneOf(['service', 'tenant'], {
        description: 'Whether it came with the service or the tenant added it.',
      }),
    },
    { description: 'A rate by which the law or a contract measures late interest.' },
  ),
)
export const ReferenceRateList = ListOf(ReferenceRate)

export const RateQuery = Query({
  ...paging,
  series: Type.Optional(Series('Only this series.')),
  valid_from_date_gte: Type.Optional(Day('From this day on.', '2025-01-01')),
  valid_from_date_lte: Type.Optional(Day('Until this day.', '2026-06-30')),
})

/** A reference rate as the API shows it. */
export const rateToJson = (
  rate: ListedRate,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof ReferenceRate> => ({
  id: publicId('reference_rate', rate.id),
  object: 'reference_rate',
  livemode: tenant.mode === 'live',
  series: rate.series,
  valid_from_date: rate.valid_from_date,
  percent: percentOf(rate.ppm),
  source: rate.source,
  verified: rate.verified,
  origin: rate.origin,
})
