import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  At,
  Body,
  Count,
  Day,
  Decimal,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Reason,
  ref,
  resourceFields,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import type { CustomerRow } from '../../parties/table.ts'
import { isNaturalPerson } from '../natural-person.ts'
import { StandingWord } from '../policies/check-rules-schema.ts'
import { factors } from '../policies/policy.ts'
import type { CreditStandingRow } from '../table.ts'
import { effectiveStanding } from './standing.ts'
import type { CreditScoreRow } from './table.ts'

const ScoreField = (description: string) => Count(description, { maximum: 100, example: 72 })
const ScoreClass = () =>
  Text('The class of the score by the policy.', { maxLength: 20, example: 'B' })
const Days = (description: string) => Nullable(Decimal(description, '4.2'))
const overrideFields = {
  standing: StandingWord('What a person says.'),
  reason: Reason('Why.', 'They moved to a new bank in May; it was our mistake, too.'),
}
const UNTIL = 'The last day it holds; until taken back without it.'

export const PutStanding = named(
  'PutCreditStanding',
  Body(
    { ...overrideFields, until_date: Type.Optional(Nullable(Day(UNTIL, '2026-12-31'))) },
    { description: 'What a person says of a customer, against what its history says.' },
  ),
)

const standingFields = {
  ...resourceFields('credit_standing'),
  customer_id: Id('customer', 'The customer.'),
  score: Nullable(ScoreField('0 to 100, the higher the better; null without a scorecard.')),
  score_class: Nullable(ScoreClass()),
  standing: Nullable(
    StandingWord('What holds today: what a person has said, else what was derived.'),
  ),
  derived_standing: Nullable(StandingWord('What its history says, by the policy.')),
  override: Nullable(
    Type.Object(
      { ...overrideFields, until_date: Nullable(Day(UNTIL, '2026-12-31')) },
      { description: 'What a person has said against it; null where nobody has.' },
    ),
  ),
  habit_days_late: Days(
    'How many days late it pays on average, of what it paid in the year; null where that is nothing.',
  ),
  human_review_required: YesNo(
    'The customer is a natural person: nothing with an effect on them may be decided by this alone (GDPR article 22).',
    { example: false },
  ),
}

/** What is known of a customer as a debtor, in short. */
export const CreditStanding = named(
  'CreditStanding',
  Type.Object(standingFields, {
    description: 'What is known of a customer as a debtor, in short.',
  }),
)

const Figure = (description: string, example = 12) =>
  Nullable(Type.Number({ description, minimum: -1e9, maximum: 1e9, examples: [example] }))

const Factor = Type.Object(
  {
    factor: OneOf(factors, { description: 'What was measured; the policy says how.' }),
    figure: Figure(
      'What it was, with at most one decimal; null where there is nothing to measure.',
    ),
    points: ScoreField('What the figure earns by the policy, 0 to 100.'),
    weight: Count('Its weight among the factors.', { minimum: 1, example: 30 }),
    contribution: ScoreField('Its part of the score. Those of all factors add up to the score.'),
  },
  { description: 'One factor of a score.' },
)

export const CreditScore = named(
  'CreditScore',
  Type.Object(
    {
      id: Id('credit_score', 'The id.'),
      object: Type.Unsafe<'credit_score'>(
        Type.String({
          description: 'What this is.',
          const: 'credit_score',
          examples: ['credit_score'],
        }),
      ),
      customer_id: Id('customer', 'The customer.'),
      score_date: Day('The day it was made.'),
      score: Nullable(ScoreField('0 to 100; null where the policy had no scorecard.')),
      score_class: Nullable(ScoreClass()),
      factors: List(Factor, {
        description: 'What the score was made of.',
        maxItems: factors.length,
      }),
      standing: Nullable(
        StandingWord('What was derived; null where the policy said nothing of standings.'),
      ),
      basis: Type.Object(
        {
          settled_item_count: Count('Items settled, counted up to where a customer is not new.'),
          days_late: Figure('Average days late of the year; null where nothing was settled.', 4.2),
          oldest_overdue_days: Count('How long the oldest undisputed overdue item was overdue.', {
            example: 0,
          }),
        },
        { description: 'What the standing was derived from.' },
      ),
      policy_id: Id('credit_policy', 'The policy it was made by.'),
      policy_version: Count('The version of the policy.', { minimum: 1 }),
      created_at: At('When it was made, by the tenant’s clock.'),
    },
    { description: 'How a customer scored when something of it had changed. Never changes.' },
  ),
)
export const CreditScoreList = ListOf(CreditScore)

export const CurrentCreditScore = named(
  'CurrentCreditScore',
  Type.Object(
    {
      ...standingFields,
      last_score: Nullable(ref(CreditScore)),
    },
    {
      description:
        'What is known of a customer as a debtor, and the score it comes from: each factor with its figure and contribution.',
    },
  ),
)

/** A standing as the API shows it. */
export const standingToJson = (
  known: CreditStandingRow,
  customer: CustomerRow,
  { tenant, today }: Pick<Reader, 'tenant' | 'today'>,
): Static<typeof CreditStanding> => ({
  id: publicId('credit_standing', known.id),
  object: 'credit_standing',
  version: known.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', known.customer_id),
  score: known.score,
  score_class: known.score_class,
  standing: effectiveStanding(known, today),
  derived_standing: known.derived_standing,
  override:
    known.override_standing === null
      ? null
      : {
          standing: known.override_standing,
          reason: known.override_reason as string,
          until_date: known.override_until,
        },
  habit_days_late: known.habit_days_late,
  human_review_required: isNaturalPerson(customer),
  created_at: known.created_at,
  updated_at: known.updated_at,
})

/** A score as the API shows it. */
export const scoreToJson = (row: CreditScoreRow): Static<typeof CreditScore> => ({
  id: publicId('credit_score', row.id),
  object: 'credit_score',
  customer_id: publicId('customer', row.customer_id),
  score_date: row.score_date,
  score: row.score,
  score_class: row.score_class,
  factors: row.factors,
  standing: row.standing,
  basis: {
    settled_item_count: row.basis.settled_items,
    days_late: row.basis.days_late,
    oldest_overdue_days: row.basis.oldest_overdue_days,
  },
  policy_id: publicId('credit_policy', row.policy_id),
  policy_version: row.policy_version,
  created_at: row.created_at,
})

export const CreditScoreQuery = Query({ ...paging })
