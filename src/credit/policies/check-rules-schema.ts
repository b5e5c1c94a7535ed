import { type TProperties, Type } from '@sinclair/typebox'
import {
  Amount,
  Body,
  Count,
  Currency,
  List,
  Nullable,
  named,
  OneOf,
  ref,
  YesNo,
} from '../../foundation/http/schema.ts'
import { exposureComponents, outcomes, standings, thresholdRules } from './policy.ts'

const reactions = ['refer', 'deny'] as const
export const Reaction = (description: string) => OneOf(reactions, { description })
const Outcome = (description: string) => OneOf(outcomes, { description })

/** A currency and an amount of it. */
export const Money = named(
  'MoneyAmount',
  Body(
    { currency: Currency(), amount: Amount('The amount.') },
    { description: 'An amount with its currency.' },
  ),
)

/** Amounts by currency. */
export const MoneyByCurrency = (description: string) =>
  List(ref(Money), { description, maxItems: 20 })

/** A word for how a customer pays. */
export const StandingWord = (description: string) =>
  OneOf(standings, { description, examples: ['good'] })

const closed = <P extends TProperties>(properties: P, description: string) =>
  Body(properties, { description })

/** One component of exposure, and whether it counts. */
export const ExposureTerms = named(
  'CreditExposureTerms',
  closed(
    {
      component: OneOf(exposureComponents, { description: 'The component.', examples: ['orders'] }),
      included: YesNo('Whether it counts towards the limit. Unallocated money lowers exposure.'),
      sub_limits: Type.Optional(
        MoneyByCurrency('The most there may be of this component alone, by currency of the limit.'),
      ),
    },
    'Whether a component of exposure counts.',
  ),
)

const ThresholdRule = named(
  'CreditThresholdRule',
  closed(
    {
      rule: OneOf(thresholdRules, {
        description:
          '`oldest_overdue_days`: days the oldest overdue item is overdue. `overdue_percent`: percent of what is open that is overdue. `dunning_level`: the highest level of what is open. `review_overdue_days`: days since a review was due.',
      }),
      maximum: Count('It reacts when the figure is above this.', { example: 30 }),
      reaction: Reaction('What follows.'),
    },
    'A figure that must not be too high.',
  ),
)

/** What a check looks at, and what follows. */
export const CheckRulesSchema = named(
  'CreditCheckRules',
  closed(
    {
      limit: closed(
        {
          reaction: Reaction('What follows when exposure would go above the limit.'),
          tolerance_percent: Type.Optional(
            Count('By how many percent of the limit it may.', { maximum: 100, example: 5 }),
          ),
        },
        'The limit.',
      ),
      no_limit: Type.Optional(
        Outcome('What follows where there is no limit; `refer` unless given.'),
      ),
      limit_expired: Type.Optional(
        Outcome('What follows where the limit has expired; `refer` unless given.'),
      ),
      missing_rate: Type.Optional(
        Reaction('What follows where an amount cannot be converted; `refer` unless given.'),
      ),
      credit_hold: Type.Optional(Reaction('What follows on a credit hold; `deny` unless given.')),
      thresholds: Type.Optional(
        List(ref(ThresholdRule), {
          description: 'Figures that must not be too high.',
          maxItems: 8,
        }),
      ),
      score: Type.Optional(
        Nullable(
          closed(
            {
              minimum: Count('It reacts to a score below this.', { maximum: 100, example: 40 }),
              reaction: Reaction('What follows.'),
            },
            'The score. A customer without one passes.',
          ),
        ),
      ),
      standing: Type.Optional(
        Nullable(
          closed(
            {
              standings: List(StandingWord('A standing.'), {
                description: 'It reacts to these.',
                minItems: 1,
                maxItems: 5,
              }),
              reaction: Reaction('What follows.'),
            },
            'How the customer pays.',
          ),
        ),
      ),
      terms: Type.Optional(
        Nullable(
          closed(
            { reaction: Reaction('What follows.') },
            'Terms longer than those the customer has.',
          ),
        ),
      ),
    },
    'What a credit check looks at. The worst of the rules decides.',
  ),
)
