import { type Static, Type } from '@sinclair/typebox'
import {
  Amount,
  Currency,
  Day,
  Id,
  List,
  Nullable,
  named,
  OneOf,
  Query,
} from '../foundation/http/schema.ts'
import { publicIdOrNull } from '../foundation/id.ts'
import { MAX_AMOUNT } from '../foundation/money.ts'
import type { AgingQuestion, AgingRow } from './aging.ts'

const Signed = (description: string, example = 148810) =>
  Amount(description, { minimum: -MAX_AMOUNT, example })

export const AgingQuery = Query({
  as_of_date: Type.Optional(Day('The day whose end the report shows; today unless given.')),
  customer_id: Type.Optional(Id('customer', 'Only this customer.')),
  group_by: Type.Optional(
    OneOf(['currency', 'customer'], {
      description: 'One row per currency, or one per customer and currency.',
      default: 'currency',
    }),
  ),
})

export const Aging = named(
  'AgingReport',
  Type.Object(
    {
      object: Type.Unsafe<'aging_report'>(
        Type.String({
          description: 'What this is.',
          const: 'aging_report',
          examples: ['aging_report'],
        }),
      ),
      as_of_date: Day('The day whose end it shows.'),
      group_by: OneOf(['currency', 'customer'], { description: 'What a row stands for.' }),
      rows: List(
        Type.Object(
          {
            customer_id: Nullable(
              Id('customer', 'The customer; null when rows stand for currencies.'),
            ),
            currency: Currency(),
            not_due_amount: Signed('Owed and not overdue.'),
            days_1_30_amount: Signed('Overdue by 1 to 30 days.', 0),
            days_31_60_amount: Signed('Overdue by 31 to 60 days.', 0),
            days_61_90_amount: Signed('Overdue by 61 to 90 days.', 0),
            days_over_90_amount: Signed('Overdue by more than 90 days.', 0),
            total_amount: Signed('All that is owed.'),
            unallocated_amount: Signed('Money and credit that is not allocated yet.', 0),
          },
          { description: 'What is owed in one currency, by age.' },
        ),
        { description: 'The rows; currencies are never mixed.', maxItems: 1_000_000 },
      ),
    },
    {
      description:
        'What was owed at the end of a day, by how long it had been overdue. Repeats its switches.',
    },
  ),
)

/** The report as the API shows it. */
export const agingToJson = (
  { asOf, byCustomer }: AgingQuestion,
  rows: AgingRow[],
): Static<typeof Aging> => ({
  object: 'aging_report',
  as_of_date: asOf,
  group_by: byCustomer ? 'customer' : 'currency',
  rows: rows.map((row) => ({ ...row, customer_id: publicIdOrNull('customer', row.customer_id) })),
})
