import { Type } from '@sinclair/typebox'
import {
  Amount,
  Body,
  Count,
  Currency,
  Id,
  List,
  Nullable,
  named,
  OneOf,
  ref,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { StandingWord } from './check-rules-schema.ts'
import { factors } from './policy.ts'

const Points = (description: string) => Count(description, { maximum: 100, example: 80 })
const ClassName = (description: string) => Text(description, { maxLength: 20, example: 'A' })

const Band = Body(
  {
    from: Type.Integer({
      description: 'The figure from which the band applies.',
      format: 'int32',
      minimum: -100_000,
      maximum: 1_000_000,
      examples: [15],
    }),
    points: Points('The points it earns.'),
  },
  { description: 'A band of figures.' },
)

const ScoreFactorSchema = named(
  'CreditScoreFactor',
  Body(
    {
      factor: OneOf(factors, {
        description:
          '`days_late`: average days late of the year, weighted by amount. `late_percent`: percent of the items settled late. `trend_days`: days late of the last three months less those of the nine before. `relation_months`: since the first invoice. `returns`: payments taken back by the bank. `disputes`: items disputed. `overdue_percent`: percent of what is open. `utilisation_percent`: of the limit. `external_score`: the newest valid one of a provider. `trade_references`: their average rating.',
      }),
      weight: Count('Its weight among the factors.', { minimum: 1, maximum: 1000, example: 30 }),
      bands: List(Band, {
        description:
          'Ascending: the last band that the figure reaches counts; below the first, the first.',
        minItems: 1,
        maxItems: 20,
      }),
      missing_points: Points('The points while there is no figure.'),
    },
    { description: 'One factor of a score.' },
  ),
)

/** What a score is made of. */
export const ScorecardSchema = named(
  'CreditScorecard',
  Body(
    {
      factors: List(ref(ScoreFactorSchema), {
        description: 'The factors; each at most once.',
        minItems: 1,
        maxItems: factors.length,
      }),
      classes: List(
        Body(
          {
            name: ClassName('What the class is called.'),
            from_score: Points('The lowest score of the class.'),
          },
          { description: 'A class of scores.' },
        ),
        { description: 'Descending by score; the last begins at 0.', minItems: 1, maxItems: 10 },
      ),
    },
    {
      description: 'How a score is made: the weighted mean of the points of its factors, 0 to 100.',
    },
  ),
)

/** What limit follows from history and score. */
export const LimitFormulaSchema = named(
  'CreditLimitFormula',
  Body(
    {
      currency: Currency('The currency of the limit.'),
      months: Count('Months of average invoicing.', { minimum: 1, maximum: 24, example: 2 }),
      percents: List(
        Body(
          {
            score_class: ClassName('The class of the score.'),
            percent: Count('How much of the invoicing.', { maximum: 1000, example: 100 }),
          },
          { description: 'How much a class of scores gets.' },
        ),
        {
          description: 'By class of the score; a class that is not named gets nothing.',
          minItems: 1,
          maxItems: 10,
        },
      ),
      minimum_amount: Amount('The least that is recommended.', { example: 100_000 }),
      maximum_amount: Amount('The most that is recommended.', { example: 50_000_000 }),
      step_amount: Amount('It is rounded down to whole steps.', { minimum: 1, example: 50_000 }),
    },
    { description: 'Average monthly invoicing of the year × months × percent of the score class.' },
  ),
)

/** When a customer is new, good, slow or a problem. */
export const StandingRulesSchema = named(
  'CreditStandingRules',
  Body(
    {
      new_below_settled_items: Count('New while fewer items than this were settled.', {
        maximum: 1000,
        example: 3,
      }),
      good_up_to_days_late: Count('Good up to so many days late on average.', {
        maximum: 365,
        example: 3,
      }),
      slow_from_days_late: Count('Slow from so many days late on average.', {
        minimum: 1,
        maximum: 365,
        example: 15,
      }),
      problem_from_overdue_days: Count(
        'A problem from so many days that the oldest overdue item is overdue.',
        {
          minimum: 1,
          maximum: 3650,
          example: 60,
        },
      ),
      customer_classes: Type.Optional(
        List(
          Body(
            {
              standing: StandingWord('The standing.'),
              customer_class_id: Id('customer_class', 'The class its customers are put into.'),
            },
            { description: 'The class of a standing.' },
          ),
          {
            description:
              'Which class customers of a standing are put into, so that its terms and dunning policy follow. Only customers without a class or in one of these are moved.',
            maxItems: 5,
          },
        ),
      ),
    },
    { description: 'The first that holds of problem, new, slow, good; else returning.' },
  ),
)

/** How often customers are reviewed, and what is proposed. */
export const ReviewRulesSchema = named(
  'CreditReviewRules',
  Body(
    {
      intervals: List(
        Body(
          {
            standing: StandingWord('The standing.'),
            months: Count('Months from one review to the next.', {
              minimum: 1,
              maximum: 60,
              example: 12,
            }),
          },
          { description: 'The interval of a standing.' },
        ),
        { description: 'By standing; one that is not named is not reviewed.', maxItems: 5 },
      ),
      limit_change_percent: Type.Optional(
        Count(
          'A change of the limit is recommended only from so many percent on; 10 unless given.',
          {
            maximum: 1000,
            example: 10,
          },
        ),
      ),
      terms: Type.Optional(
        List(
          Body(
            {
              standing: StandingWord('The standing.'),
              net_days: Count('The net days that are fitting; 0 is prepayment.', {
                maximum: 365,
                example: 30,
              }),
            },
            { description: 'The terms of a standing.' },
          ),
          { description: 'The terms that are fitting, by standing.', maxItems: 5 },
        ),
      ),
    },
    { description: 'How often customers are reviewed.' },
  ),
)

/** What is worth an event between reviews. */
export const MonitoringRulesSchema = named(
  'CreditMonitoringRules',
  Body(
    {
      utilisation_percents: Type.Optional(
        List(Count('Percent of the limit.', { minimum: 1, maximum: 1000, example: 80 }), {
          description: 'Utilisations that are worth an event when they are reached, ascending.',
          maxItems: 10,
          examples: [[80, 95]],
        }),
      ),
      score_drop: Type.Optional(
        Nullable(Points('Points of score whose loss is worth an event; null for none.')),
      ),
      habit_days: Type.Optional(
        Nullable(
          Count('Days beyond its habit that make an open item worth an event; null for none.', {
            maximum: 365,
            example: 10,
          }),
        ),
      ),
    },
    { description: 'What is worth an event.' },
  ),
)

/** When the policy itself places credit holds. */
export const HoldRulesSchema = named(
  'CreditHoldRules',
  Body(
    {
      overdue_days: Type.Optional(
        Nullable(
          Count('From so many days that the oldest overdue item is overdue; null for never.', {
            minimum: 1,
            maximum: 3650,
            example: 45,
          }),
        ),
      ),
      over_limit: Type.Optional(
        YesNo('While exposure is above a limit; false unless given.', { example: false }),
      ),
    },
    {
      description:
        'When the policy itself places a credit hold. It lifts it once its cause is gone.',
    },
  ),
)
