import { type Static, Type } from '@sinclair/typebox'
import {
  Amount,
  Count,
  Currency,
  Day,
  Decimal,
  Id,
  List,
  Nullable,
  named,
  Query,
} from '../../foundation/http/schema.ts'
import { publicIdOrNull } from '../../foundation/id.ts'
import { periodFields } from '../period.ts'
import { csvAnswer, format, percentText, ReportName } from '../rows.ts'
import { type EffectivenessQuestion, type EffectivenessRow, windowDays } from './effectiveness.ts'

export const EffectivenessQuery = Query({
  ...format,
  ...periodFields,
  policy_id: Type.Optional(Id('dunning_policy', 'Only notices under any version of this policy.')),
})

const Days = (description: string) => Nullable(Decimal(description, '9.5'))

export const EffectivenessReport = named(
  'DunningEffectivenessReport',
  Type.Object(
    {
      object: ReportName('dunning_effectiveness_report'),
      from_date: Day('The first day of the notices it looks at.', '2026-01-01'),
      to_date: Day('The last day of the notices it looks at.'),
      policy_id: Nullable(Id('dunning_policy', 'The policy it is limited to; null for all.')),
      observed_until_date: Day('The day up to which payments are seen: today.'),
      rows: List(
        Type.Object(
          {
            level: Count('The level of the notices.'),
            currency: Currency(),
            notice_count: Count('Notices at the level.', { example: 120 }),
            customer_count: Count('Customers they went to.', { example: 96 }),
            item_count: Count('Items they lifted.', { example: 203 }),
            noticed_amount: Amount('What was open of those items as it was known at the notice.'),
            paid_before_amount: Amount(
              'Money that became known after the notice but counts from before it: notices that were not needed.',
              { example: 0 },
            ),
            windows: List(
              Type.Object(
                {
                  days: Count('Days after the notice.', { example: 7 }),
                  observed_item_count: Count('Items whose days are over.', { example: 180 }),
                  paid_item_count: Count('Those of them that were paid in full by then.', {
                    example: 97,
                  }),
                  paid_item_percent: Nullable(
                    Decimal('Their share of the observed; null where none is observed.', '53.9'),
                  ),
                  observed_amount: Amount('What was noticed of the observed items.'),
                  paid_amount: Amount('What was paid of it by then.', { example: 91000 }),
                  paid_amount_percent: Nullable(
                    Decimal('Its share of the observed; null where none is observed.', '61.2'),
                  ),
                },
                { description: 'What was paid within some days after the notice.' },
              ),
              {
                description:
                  'Within 7, 14 and 30 days. Only money counts, with the day from which it counts; what came back does not.',
                maxItems: windowDays.length,
              },
            ),
            paid_up_item_count: Count('Items paid in full since, as of today.', { example: 150 }),
            average_days_to_pay: Days('From notice to last money, average over those.'),
            median_days_to_pay: Days('From notice to last money, median over those.'),
            escalated_item_count: Count('Items that have since reached a higher level.', {
              example: 41,
            }),
          },
          { description: 'What the notices of one level in one currency came to.' },
        ),
        { description: 'The rows by level; currencies are never mixed.', maxItems: 10_000 },
      ),
    },
    {
      description:
        'What customers did after notices of each level. It shows what followed, not what would have come without. Repeats its switches.',
    },
  ),
)

/** The report as the API shows it. */
export const effectivenessToJson = (
  { fromDate, toDate, policyId }: EffectivenessQuestion,
  today: string,
  rows: EffectivenessRow[],
): Static<typeof EffectivenessReport> => ({
  object: 'dunning_effectiveness_report',
  from_date: fromDate,
  to_date: toDate,
  policy_id: publicIdOrNull('dunning_policy', policyId),
  observed_until_date: today,
  rows: rows.map(({ windows, ...row }) => ({
    ...row,
    windows: Object.entries(windows).map(([days, { observed_items, paid_items, ...amounts }]) => ({
      days: Number(days),
      observed_item_count: observed_items,
      paid_item_count: paid_items,
      paid_item_percent: percentText(paid_items, observed_items),
      observed_amount: amounts.observed,
      paid_amount: amounts.paid,
      paid_amount_percent: percentText(amounts.paid, amounts.observed),
    })),
  })),
})

/** The report as CSV: the windows as columns, `within_7_paid_amount` for instance. */
export function effectivenessToCsv({ rows }: Static<typeof EffectivenessReport>) {
  const figures = ['observed_item_count', 'paid_item_count', 'observed_amount', 'paid_amount']
  const columns = [
    ...['level', 'currency', 'notice_count', 'customer_count', 'item_count', 'noticed_amount'],
    'paid_before_amount',
    ...windowDays.flatMap((days) => figures.map((figure) => `within_${days}_${figure}`)),
    ...['paid_up_item_count', 'average_days_to_pay', 'median_days_to_pay', 'escalated_item_count'],
  ]
  return csvAnswer(
    columns,
    rows.map(({ windows, ...row }) => ({
      ...row,
      ...Object.fromEntries(
        windows.flatMap(({ days, ...window }) =>
          Object.entries(window).map(([figure, value]) => [`within_${days}_${figure}`, value]),
        ),
      ),
    })),
  )
}
