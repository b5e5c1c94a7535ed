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
  OneOf,
  ref,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { MAX_AMOUNT, sum } from '../../foundation/money.ts'
import { exposureComponents, standings } from '../policies/policy.ts'
import { type Exposure, utilisation } from './exposure.ts'
import type { LimitFact } from './facts.ts'
import type { MeasuredCustomer } from './measure.ts'

const Signed = (description: string, example: number) =>
  Amount(description, { minimum: -MAX_AMOUNT, example })

const Component = named(
  'CreditExposureComponent',
  Type.Object(
    {
      component: OneOf(exposureComponents, {
        description:
          '`not_due`, `overdue` and `disputed`: open items. `provisional_debits`: collected by direct debit and still revocable. `orders`: not invoiced yet. `reservations`: held for orders. `unallocated`: money of the customer, which lowers exposure.',
      }),
      amount: Amount('The amount, in the currency of the exposure.'),
      included: YesNo('Whether it counts.'),
      sub_limit_amount: Nullable(Amount('The most there may be of it; null without such a bound.')),
    },
    { description: 'One component of exposure.' },
  ),
)

const RateUsed = named(
  'CreditRateUsed',
  Type.Object(
    {
      rate_id: Id('exchange_rate', 'The rate.'),
      from_currency: Currency('The currency that was converted.'),
      rate_date: Day('The day of the rate.'),
      rate: Decimal('The rate as it was supplied.', '0.9234'),
      inverse: YesNo('True when the rate of the opposite direction was used.', { example: false }),
    },
    { description: 'A rate that an amount was converted by.' },
  ),
)

/** What a customer or a group could cost, beside its limit. */
export const CreditExposure = named(
  'CreditExposure',
  Type.Object(
    {
      currency: Currency('The currency of the limit; without a limit the customer’s.'),
      exposure_amount: Signed(
        'What counts. Negative when the customer has more with us than it owes.',
        250_000,
      ),
      limit_id: Nullable(Id('credit_limit', 'The limit in force; null without one.')),
      limit_amount: Nullable(Amount('The limit in force; null without one.')),
      available_amount: Nullable(
        Signed('What may be sold on account yet; negative when the limit is exceeded.', 750_000),
      ),
      utilisation_percent: Nullable(
        Count(
          'Exposure in percent of the limit, rounded down, at most 2,147,483,647; null without a limit above 0.',
          {
            example: 25,
          },
        ),
      ),
      components: List(ref(Component), { description: 'All components.', maxItems: 7 }),
      rates: List(ref(RateUsed), { description: 'The rates that were used.', maxItems: 200 }),
      unconverted_currencies: List(Currency(), {
        description: 'Currencies without a rate; their amounts are in no figure here.',
        maxItems: 200,
        examples: [[]],
      }),
    },
    { description: 'What a customer, or all who share a limit, could cost, beside the limit.' },
  ),
)

/** What a credit decision about a customer looks at, on a day. */
export const CustomerCredit = named(
  'CustomerCredit',
  Type.Object(
    {
      customer_id: Id('customer', 'The customer.'),
      exposure: ref(CreditExposure),
      limit_valid_until: Nullable(Day('The last day of its limit.')),
      limit_expired: YesNo('Whether its limit has expired.', { example: false }),
      group_id: Nullable(Id('credit_group', 'The group it shares a limit with.')),
      group_exposure: Nullable(ref(CreditExposure)),
      oldest_overdue_date: Nullable(
        Day('The due date of the oldest item that is overdue and not disputed.'),
      ),
      highest_dunning_level: Count('The highest level of what is overdue and not disputed.', {
        example: 0,
      }),
      credit_hold_id: Nullable(Id('credit_hold', 'The oldest credit hold in force.')),
      score: Nullable(Count('The score, 0 to 100.', { maximum: 100, example: 72 })),
      standing: Nullable(OneOf(standings, { description: 'How it pays.' })),
      next_review_date: Nullable(Day('When it is to be reviewed.')),
      human_review_required: YesNo(
        'True when a decision against it needs a person’s look (GDPR art. 22).',
        {
          example: false,
        },
      ),
    },
    { description: 'What a credit decision about a customer looks at, on a day.' },
  ),
)

export const CustomerParams = Type.Object(
  { id: Id('customer', 'The customer.') },
  { additionalProperties: false },
)

/** An exposure beside its limit, as the API shows it. */
export const exposureToJson = (
  exposure: Exposure,
  limit: Pick<LimitFact, 'id' | 'amount'> | null,
): Static<typeof CreditExposure> => ({
  currency: exposure.currency,
  exposure_amount: exposure.amount,
  limit_id: publicIdOrNull('credit_limit', limit?.id ?? null),
  limit_amount: limit?.amount ?? null,
  available_amount: limit && sum([limit.amount, -exposure.amount]),
  utilisation_percent: utilisation(exposure.amount, limit?.amount ?? null),
  components: exposure.components.map(({ subLimit, ...component }) => ({
    ...component,
    sub_limit_amount: subLimit,
  })),
  rates: exposure.rates.map((used) => ({
    rate_id: publicId('exchange_rate', used.rateId),
    from_currency: used.fromCurrency,
    rate_date: used.rateDate,
    rate: used.rate,
    inverse: used.inverse,
  })),
  unconverted_currencies: exposure.unconverted,
})

/** A measured customer as the API shows it. */
export const creditToJson = ({
  facts,
  own,
  group,
}: MeasuredCustomer): Static<typeof CustomerCredit> => ({
  customer_id: publicId('customer', facts.customerId),
  exposure: exposureToJson(own.exposure, own.limit),
  limit_valid_until: facts.limit?.valid_until ?? null,
  limit_expired: facts.limit?.expired ?? false,
  group_id: publicIdOrNull('credit_group', facts.group?.id ?? null),
  group_exposure: group && exposureToJson(group.exposure, group.limit),
  oldest_overdue_date: facts.oldestOverdueDate,
  highest_dunning_level: facts.highestLevel,
  credit_hold_id: publicIdOrNull('credit_hold', facts.creditHoldId),
  score: facts.score,
  standing: facts.standing,
  next_review_date: facts.nextReviewDate,
  human_review_required: facts.naturalPerson,
})
