import { type Static, Type } from '@sinclair/typebox'
import { outcomes } from '../../dunning/reasons.ts'
import { allReasons } from '../../dunning/runs/decision-schema.ts'
import {
  Count,
  Day,
  Decimal,
  List,
  Nullable,
  named,
  OneOf,
  Query,
} from '../../foundation/http/schema.ts'
import { type Period, periodFields } from '../period.ts'
import { csvAnswer, format, percentText, ReportName } from '../rows.ts'
import type { Adherence } from './adherence.ts'

export const AdherenceQuery = Query({ ...format, ...periodFields })

export const AdherenceReport = named(
  'DunningAdherenceReport',
  Type.Object(
    {
      object: ReportName('dunning_adherence_report'),
      from_date: Day('The first day it looks at.', '2026-01-01'),
      to_date: Day('The last day it looks at.'),
      levels: List(
        Type.Object(
          {
            level: Count('The level that items were lifted to.'),
            executed_count: Count('Steps of items to the level.', { example: 203 }),
            in_time_count: Count('Steps taken on the day they were due.', { example: 198 }),
            in_time_percent: Nullable(Decimal('Their share of the steps.', '97.5')),
            late_count: Count('Steps taken later.', { example: 5 }),
            average_late_days: Nullable(
              Decimal('Days late on average over the late ones; null where none was.', '1.4'),
            ),
            max_late_days: Count('Days late at most.', { example: 3 }),
          },
          { description: 'How the steps to one level were executed.' },
        ),
        {
          description:
            'By level. A step is due on the first day on which the item is eligible and nothing blocks it, as the decision before it said; in time is on that day.',
          maxItems: 1_000,
        },
      ),
      reasons: List(
        Type.Object(
          {
            outcome: OneOf(outcomes, { description: 'Whether the item waits or is blocked.' }),
            reason: OneOf(allReasons, { description: 'Why.' }),
            item_count: Count('Items to which it was said.', { example: 31 }),
            decision_count: Count('How often it was said.', { example: 44 }),
          },
          { description: 'A reason why items were not escalated when a run looked at them.' },
        ),
        { description: 'Decisions of the period’s runs that did not escalate.', maxItems: 1_000 },
      ),
      overdue_look_count: Count(
        'Open items that were to be looked at before today and have not been, whatever the period.',
        { example: 0 },
      ),
    },
    {
      description:
        'What became eligible and was not blocked, against what was done, and when. Repeats its switches.',
    },
  ),
)

/** The report as the API shows it. */
export const adherenceToJson = (
  { fromDate, toDate }: Period,
  { levels, reasons, overdue_look_count }: Adherence,
): Static<typeof AdherenceReport> => ({
  object: 'dunning_adherence_report',
  from_date: fromDate,
  to_date: toDate,
  levels: levels.map((level) => ({
    ...level,
    in_time_percent: percentText(level.in_time_count, level.executed_count),
  })),
  reasons,
  overdue_look_count,
})

/** The report as CSV: a line per level, then a line per reason. */
export function adherenceToCsv({ levels, reasons }: Static<typeof AdherenceReport>) {
  const ofLevels = ['executed_count', 'in_time_count', 'in_time_percent', 'late_count']
  const lateness = ['average_late_days', 'max_late_days']
  return csvAnswer(
    ['level', ...ofLevels, ...lateness, 'outcome', 'reason', 'item_count', 'decision_count'],
    [...levels, ...reasons],
  )
}
