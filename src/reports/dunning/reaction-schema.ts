import { type Static, Type } from '@sinclair/typebox'
import {
  Count,
  Day,
  Decimal,
  Id,
  List,
  Nullable,
  named,
  Query,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { type Period, periodFields } from '../period.ts'
import { csvAnswer, format, ReportName } from '../rows.ts'
import type { FallBackRow, ReactionRow } from './reaction.ts'

export const ReactionQuery = Query({ ...format, ...periodFields })

const firstNoticeFields = {
  policy_id: Id('dunning_policy', 'The policy of the notices.'),
  item_count: Count('Items that were told of for the first time.', { example: 203 }),
  average_days: Decimal('Days they were overdue then, on average.', '5.6'),
  median_days: Decimal('Days they were overdue then, median.', '5.0'),
  p90_days: Count('Days that nine in ten did not exceed.', { example: 7 }),
  max_days: Count('Days at most.', { example: 12 }),
  days_1_7_count: Count('Items told of within a week.', { example: 190 }),
  days_8_14_count: Count('Items told of in the second week.', { example: 13 }),
  days_15_30_count: Count('Items told of after 15 to 30 days.', { example: 0 }),
  days_over_30_count: Count('Items told of later.', { example: 0 }),
}

const fallBackFields = {
  channel: Text('The channel on which notices did not arrive.', { example: 'email' }),
  bounced_count: Count('Bounces and failures.', { example: 7 }),
  followed_count: Count('Those after which the notice was sent another way.', { example: 6 }),
  average_hours: Nullable(Decimal('Hours until then, on average; null where none was.', '20.5')),
  max_hours: Nullable(Decimal('Hours until then, at most.', '48.0')),
}

export const ReactionReport = named(
  'DunningReactionReport',
  Type.Object(
    {
      object: ReportName('dunning_reaction_report'),
      from_date: Day('The first day it looks at.', '2026-01-01'),
      to_date: Day('The last day it looks at.'),
      first_notices: List(
        Type.Object(firstNoticeFields, { description: 'First notices under one policy.' }),
        {
          description: 'From overdue to first notice, by policy, over first notices of the period.',
          maxItems: 10_000,
        },
      ),
      fall_backs: List(
        Type.Object(fallBackFields, { description: 'Notices that did not arrive on one channel.' }),
        {
          description: 'From bounce to next channel, over bounces and failures of the period.',
          maxItems: 10,
        },
      ),
    },
    {
      description:
        'How soon customers hear of what is overdue, and of what did not reach them. Repeats its switches.',
    },
  ),
)

/** The report as the API shows it. */
export const reactionToJson = (
  { fromDate, toDate }: Period,
  firstNotices: ReactionRow[],
  fallBacks: FallBackRow[],
): Static<typeof ReactionReport> => ({
  object: 'dunning_reaction_report',
  from_date: fromDate,
  to_date: toDate,
  first_notices: firstNotices.map((row) => ({
    ...row,
    policy_id: publicId('dunning_policy', row.policy_id),
  })),
  fall_backs: fallBacks,
})

/** The report as CSV: a line per policy, then a line per channel. */
export const reactionToCsv = (report: Static<typeof ReactionReport>) =>
  csvAnswer(
    [...Object.keys(firstNoticeFields), ...Object.keys(fallBackFields)],
    [...report.first_notices, ...report.fall_backs],
  )
