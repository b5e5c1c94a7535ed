import { Type } from '@sinclair/typebox'
import { dueDateBases } from '../../billing/invoice.ts'
import {
  Amount,
  Body,
  Count,
  Currency,
  Day,
  Id,
  List,
  Nullable,
  named,
  OneOf,
  Query,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { interestRefusals } from './assess-claim.ts'
import { dayCounts } from './day-count.ts'
import { jurisdictionCodes } from './jurisdiction.ts'
import { Percent, Series } from './rate-schema.ts'
import { debtorKinds, limitationActs, topics } from './rule.ts'
import { InterestTermsSchema, RuleCode } from './rule-schema.ts'

const PAYMENTS_MAX = 500
const ACTS_MAX = 100

const carryForward = YesNo(
  'True to go on with the last known rate where no later one is known; otherwise such days are refused.',
  { default: false, example: false },
)

export const CalculateLatePayment = named(
  'CalculateLatePayment',
  Body(
    {
      jurisdiction: Type.Optional(
        OneOf(jurisdictionCodes, {
          description:
            'Whose law binds the debtor. Without one only a contract gives interest, and there is no lump sum.',
        }),
      ),
      debtor_kind: Type.Optional(
        OneOf(debtorKinds, { description: 'Who the debtor is.', default: 'business' }),
      ),
      currency: Currency(),
      amount: Amount('The principal.', { minimum: 1, example: 1000000 }),
      due_date: Day('The due date of the principal.', '2025-03-31'),
      claim_date: Type.Optional(
        Day(
          'When the claim arose: the law of that day counts. The due date unless given.',
          '2025-03-01',
        ),
      ),
      due_date_basis: Type.Optional(
        OneOf(dueDateBases, {
          description: 'Whether the due date was agreed or is said by the invoice only.',
          default: 'agreed',
        }),
      ),
      received_date: Type.Optional(Day('When the debtor received the invoice.', '2025-03-03')),
      consumer_notice_given: Type.Optional(
        YesNo('Whether the invoice told a consumer that default follows (§ 286 (3) BGB).', {
          default: false,
          example: false,
        }),
      ),
      demand_received_date: Type.Optional(
        Day('When the debtor received the first demand.', '2025-04-10'),
      ),
      default_from_date: Type.Optional(
        Day('The first day of default, where you know it; otherwise it is derived.', '2025-04-01'),
      ),
      until_date: Type.Optional(
        Day('The last day that bears interest; today unless given.', '2025-12-31'),
      ),
      payments: Type.Optional(
        List(
          Body({
            date: Day('When it was paid; that day still bears interest.', '2025-06-30'),
            amount: Amount('What it took of the principal.', { minimum: 1, example: 400000 }),
          }),
          {
            description: 'Payments on the principal; together at most the principal.',
            maxItems: PAYMENTS_MAX,
          },
        ),
      ),
      contract: Type.Optional(
        Body(
          {
            percent: Percent('Percent a year, or points above the series.', '8.00'),
            series: Type.Optional(
              Series('The reference rate it follows, read on the first day of each half-year.'),
            ),
          },
          { description: 'Interest that was agreed; statutory interest unless given.' },
        ),
      ),
      mode: Type.Optional(
        OneOf(['floating', 'fixed_at_start'], {
          description: 'Another mode than that of the law: a floating rate in the United Kingdom.',
        }),
      ),
      day_count: Type.Optional(
        OneOf(dayCounts, { description: 'Another length of the year than is usual there.' }),
      ),
      limitation_acts: Type.Optional(
        List(
          Body({
            kind: OneOf(limitationActs, { description: 'What was done.' }),
            date: Day('When, or its first day.', '2025-10-01'),
            until_date: Type.Optional(
              Day('The last day of what lasts; still going on unless given.', '2025-11-30'),
            ),
          }),
          { description: 'What was done about the claim.', maxItems: ACTS_MAX },
        ),
      ),
      carry_forward: Type.Optional(carryForward),
    },
    { description: 'A claim that is paid late, and what is asked about it.' },
  ),
)

/** Days with the same principal, rate and length of the year. */
export const Segment = Type.Object(
  {
    from_date: Day('Its first day.', '2025-04-01'),
    until_date: Day('Its last day; it bears interest too.', '2025-06-30'),
    principal_amount: Amount('The principal in it.', { example: 1000000 }),
    capitalised_interest: Type.String({
      description:
        'Interest of past years that bears interest, less what was paid of it before, in minor units, to six places of them.',
      maxLength: 40,
      pattern: '^\\d{1,30}\\.\\d{6}$',
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
      pattern: '^\\d{1,30}\\.\\d{6}$',
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

export const LatePaymentQuery = Query({
  as_of_date: Type.Optional(Day('The last day that bears interest; today unless given.')),
  carry_forward: Type.Optional(carryForward),
})
