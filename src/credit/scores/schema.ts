import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  At,
  Count,
  Day,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { StandingWord } from '../policies/check-rules-schema.ts'
import { factors } from '../policies/policy.ts'
import type { StandingBasis } from './standing.ts'
import {
  CreditStanding,
  type CustomerStanding,
  ScoreClass,
  ScoreField,
  standingToJson,
} from './standing-schema.ts'
import type { CreditScoreRow } from './table.ts'

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

const Factors = () =>
  List(Factor, { description: 'What the score was made of.', maxItems: factors.length })

const Basis = Type.Object(
  {
    settled_item_count: Count('Items settled, counted up to where a customer is not new.'),
    days_late: Figure('Average days late of the year; null where nothing was settled.', 4.2),
    oldest_overdue_days: Count('How long the oldest undisputed overdue item was overdue.', {
      example: 0,
    }),
  },
  { description: 'What the standing was derived from.' },
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
      factors: Factors(),
      standing: Nullable(
        StandingWord('What was derived; null where the policy said nothing of standings.'),
      ),
      basis: Basis,
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
      customer_id: Id('customer', 'The customer.'),
      scored_date: Nullable(
        Day('The day the figures are of; null where the customer was never scored.'),
      ),
      score: Nullable(ScoreField('0 to 100, the higher the better; null without a scorecard.')),
      score_class: Nullable(ScoreClass()),
      factors: Factors(),
      basis: Nullable(Basis),
      policy_version: Nullable(Count('The version of the policy.', { minimum: 1 })),
      standing: ref(CreditStanding),
    },
    { description: 'How a customer scores, from which figures, and how it stands.' },
  ),
)

const basisToJson = ({ settled_items, ...basis }: StandingBasis): Static<typeof Basis> => ({
  settled_item_count: settled_items,
  ...basis,
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
  basis: basisToJson(row.basis),
  policy_id: publicId('credit_policy', row.policy_id),
  policy_version: row.policy_version,
  created_at: row.created_at,
})

/** How a customer scores now, as the API shows it. */
export const currentScoreToJson = (
  known: CustomerStanding,
  reader: Pick<Reader, 'tenant' | 'today'>,
): Static<typeof CurrentCreditScore> => ({
  customer_id: publicId('customer', known.customer.id),
  scored_date: known.standing.basis && known.standing.scored_date,
  score: known.standing.score,
  score_class: known.standing.score_class,
  factors: known.standing.factors,
  basis: known.standing.basis && basisToJson(known.standing.basis),
  policy_version: known.standing.policy_version,
  standing: standingToJson(known, reader),
})

export const CreditScoreQuery = Query({ ...paging })
