import { Type } from '@sinclair/typebox'
import {
  Amount,
  Count,
  Currency,
  Day,
  Id,
  List,
  Nullable,
  named,
  OneOf,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { interestRefusals } from './assess-claim.ts'
import { jurisdictionCodes } from './jurisdiction.ts'
import { Percent, Series } from './rate-schema.ts'
import { debtorKinds, topics } from './rule.ts'
import { InterestTermsSchema, RuleCode } from './rule-schema.ts'

const Segment = Type.Object(
  {
    from_date: Day('Its first day.', '2025-04-01'),
    until_date: Day('Its last day; it bears interest too.', '2025-06-30'),
    principal_amount: Amount('The principal in it.', { example: 1000000 }),
    capitalised_interest: Type.String({
      description:
        'Interest of past years that bears interest, in minor units, to six places of them.',
      maxLength: 40,
      examples: ['0.000000'],
    }),
    percent: Percent('The rate, percent a year.', '11.27'),
    reference_percent: Nullable(
      Percent('The reference rate in it; null for a fixed rate.', '2.27'),
    ),
    reference_date: Nullable(Day('The day for which the reference rate was read.', '2025-01-01')),
    verified: Nullable(
      YesNo('Whether an authority was read for the reference rate; null for a fixed rate.'),
    ),
    days: Count('Its days, both ends counted.', { example: 91 }),
    day_base: Count('Days of the year.', { minimum: 360, maximum: 366, example: 365 }),
    exact_interest: Type.String({
      description: 'Its interest in minor units, to six places of them; only the sum is rounded.',
      maxLength: 40,
      examples: ['28097.534247'],
    }),
  },
  { description: 'Days with the same principal, rate and length of the year.' },
)

const warnings = [
  'term_too_long',
  'limitation_near',
  'time_barred',
  'rate_unverified',
  'rate_carried_forward',
] as const
export type LatePaymentWarning = (typeof warnings)[number]

export const LatePayment = named(
  'LatePayment',
  Type.Object(
    {
      object: Type.Unsafe<'late_payment'>(
        Type.String({
          description: 'What this is.',
          const: 'late_payment',
          examples: ['late_payment'],
        }),
      ),
      livemode: YesNo('False in a test tenant.'),
      item_id: Nullable(Id('open_item', 'The open item; null for a calculation.')),
      jurisdiction: Nullable(
        OneOf(jurisdictionCodes, { description: 'Whose law was asked; null for none.' }),
      ),
      debtor_kind: OneOf(debtorKinds, { description: 'Who the debtor is.' }),
      currency: Currency(),
      principal_amount: Amount('What was claimed.', { example: 1000000 }),
      open_amount: Amount('What of it is open at the end of the day.', { example: 1000000 }),
      as_of_date: Day('The day; it bears interest too.', '2025-12-31'),
      in_default: YesNo('Whether default has begun by then.'),
      default_from_date: Nullable(
        Day('The first day of default, also if it is still to come; null for none.', '2025-04-01'),
      ),
      default_cause: Nullable(
        OneOf(['agreed_due_date', 'demand', 'days_after_receipt', 'given'], {
          description: 'Why default begins then.',
        }),
      ),
      interest: Nullable(
        Type.Object(
          {
            amount: Amount('The sum of the segments, rounded once, half up.', { example: 84292 }),
            terms: InterestTermsSchema,
            carried_forward_from_date: Nullable(
              Day('From when on the last known rate was used; null for never.', '2026-07-01'),
            ),
            segments: List(Segment, {
              description: 'How it came about, day by day.',
              maxItems: 10_000,
            }),
          },
          { description: 'Late interest; null where there is none.', examples: [null] },
        ),
      ),
      interest_refusal: Nullable(
        OneOf(interestRefusals, { description: 'Why there is no interest; null where there is.' }),
      ),
      reference: Nullable(
        Type.Object(
          {
            series: Series('The series interest follows.'),
            last_known_date: Nullable(
              Day('Until when it is known; null for not at all.', '2026-01-01'),
            ),
            unknown_from_date: Nullable(
              Day('The first day that was refused, since its rate is not known.', '2026-07-01'),
            ),
          },
          {
            description: 'How far the reference rate is known; null where there is none.',
            examples: [null],
          },
        ),
      ),
      lump_sum_amount: Amount('What the law gives once for being late; 0 for nothing.', {
        example: 4000,
      }),
      cost_cap_amount: Nullable(
        Amount('The most all fees may be; null where the law has no scale.', { example: 4000 }),
      ),
      limitation_date: Nullable(
        Day(
          'The last day on which it can be enforced; null where no rule counts or something suspends it.',
          '2028-12-31',
        ),
      ),
      warnings: List(
        Type.Object({
          code: OneOf(warnings, { description: 'What it is.' }),
          detail: Text('In words.', {
            maxLength: 300,
            example: 'The claim is time-barred in less than half a year.',
          }),
        }),
        { description: 'What somebody should look at.', maxItems: 10 },
      ),
      rules: List(
        Type.Object({
          code: RuleCode,
          topic: OneOf(topics, { description: 'What it is about.' }),
          summary: Text('What it says.', { maxLength: 500, example: 'EUR 40 per claim.' }),
          source: Text('Where it stands.', { maxLength: 300, example: '§ 288 (5) BGB' }),
          verified: YesNo('Whether the source was read for it.'),
        }),
        { description: 'The rules that count for the claim.', maxItems: 20 },
      ),
    },
    { description: 'What the law says about a claim that is paid late. This is no legal advice.' },
  ),
)
