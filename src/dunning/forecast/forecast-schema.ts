import { type Static, Type } from '@sinclair/typebox'
import { groupBy } from '../../foundation/group.ts'
import { Amount, Count, Currency, Day, List, named, Query } from '../../foundation/http/schema.ts'
import type { Forecast } from './forecast.ts'

const DAYS_MAX = 90

export const ForecastQuery = Query({
  days: Type.Optional(
    Type.Integer({
      description: 'How many days after today it looks ahead.',
      format: 'int32',
      minimum: 1,
      maximum: DAYS_MAX,
      default: 30,
      examples: [30],
    }),
  ),
})

export const DunningForecast = named(
  'DunningForecast',
  Type.Object(
    {
      object: Type.Unsafe<'dunning_forecast'>(
        Type.String({
          description: 'What this is.',
          const: 'dunning_forecast',
          examples: ['dunning_forecast'],
        }),
      ),
      from_date: Day('The day of the run that comes next: today, or tomorrow after today’s run.'),
      until_date: Day('The last day it looks at.', '2026-04-30'),
      customer_count: Count('Customers that will be sent anything.', { example: 96 }),
      days: List(
        Type.Object(
          {
            date: Day('The day of the run.', '2026-04-05'),
            customer_count: Count('Customers that will be sent anything on the day.', {
              example: 12,
            }),
            rows: List(
              Type.Object(
                {
                  level: Count('The level of the notices; 0 for reminders before the due date.'),
                  currency: Currency(),
                  notice_count: Count('Notices: one per customer.', { example: 12 }),
                  item_count: Count('Items that they lift, or remind of.', { example: 17 }),
                  amount: Amount('What is open of those items today.'),
                  fee_amount: Amount(
                    'What the policies ask for the notices, before what the law forbids.',
                    { example: 6000 },
                  ),
                },
                { description: 'What will be sent on a day at one level in one currency.' },
              ),
              { description: 'By level and currency.', maxItems: 1_000 },
            ),
          },
          { description: 'A day on which something will be sent.' },
        ),
        { description: 'In order; days without notices are left out.', maxItems: DAYS_MAX + 1 },
      ),
    },
    {
      description:
        'What will be sent if nothing happens but time: nobody pays, nothing is invoiced, what is proposed is released at once.',
    },
  ),
)

/** A forecast as the API shows it. */
export const forecastToJson = ({
  fromDate,
  untilDate,
  rows,
  customersOn,
  customerCount,
}: Forecast): Static<typeof DunningForecast> => ({
  object: 'dunning_forecast',
  from_date: fromDate,
  until_date: untilDate,
  customer_count: customerCount,
  days: [...groupBy(rows, ({ date }) => date)].map(([date, ofDay]) => ({
    date,
    customer_count: customersOn.get(date) ?? 0,
    rows: ofDay.map(({ date: _, ...row }) => row),
  })),
})
