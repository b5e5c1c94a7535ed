import { type Static, Type } from '@sinclair/typebox'
import {
  Amount,
  Count,
  Currency,
  Day,
  List,
  Nullable,
  named,
  OneOf,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { statutoryNotices } from '../policy.ts'
import { dayCounts } from './day-count.ts'
import { isEnabled, type RuleSwitches } from './jurisdiction.ts'
import { percentOf } from './rate.ts'
import { Percent, Series } from './rate-schema.ts'
import {
  type AnyRule,
  debtorKinds,
  type FeeTerms,
  type InterestTerms,
  type LimitationAct,
  limitationActs,
  type Rule,
  type Topic,
  topics,
} from './rule.ts'

/** What the code of a rule looks like. */
export const RULE_PATTERN = '^[A-Z]{2}_[a-z0-9_]{3,60}$'

/** The code of a rule. */
export const RuleCode = Type.String({
  description: 'The rule, for good.',
  pattern: RULE_PATTERN,
  maxLength: 63,
  examples: ['DE_business_interest_2014'],
})

/** The terms of interest. */
export const InterestTermsSchema = Type.Object(
  {
    series: Nullable(Series('The series it follows; null for a fixed rate.')),
    read: Nullable(
      OneOf(['first_of_half_year', 'last_before_half_year'], {
        description: 'On which day the rate is read that counts for a half-year.',
      }),
    ),
    percent: Percent('Points above the series; the rate itself where there is none.', '9.00'),
    rounded_up_to_percent: Nullable(
      Percent('The rate is rounded up to a multiple of this; null for not at all.', '0.50'),
    ),
    mode: OneOf(['floating', 'fixed_at_start'], {
      description: 'Whether the rate follows the series, or stays what it was when interest began.',
    }),
    compounding: OneOf(['none', 'yearly'], {
      description: 'Whether after each full year its interest bears interest.',
    }),
    day_count: OneOf(dayCounts, { description: 'How many days a year of interest has.' }),
  },
  { description: 'How late interest grows.' },
)

const Default = Type.Object(
  {
    days: Nullable(
      Count(
        'Days after which default begins although the due date was not agreed; null for never without a demand.',
        { example: 30 },
      ),
    ),
    counted_from: OneOf(['receipt', 'receipt_and_due_date'], {
      description: 'What the days are counted from.',
    }),
    needs_notice: YesNo('Whether the invoice must have said so.', { example: false }),
  },
  { description: 'When default begins without a demand.' },
)

const LumpSum = Type.Object(
  {
    currency: Currency(),
    steps: List(
      Type.Object({
        from_amount: Amount('Claims of at least so much belong to the step.', { example: 0 }),
        amount: Amount('The lump sum.', { example: 4000 }),
      }),
      { description: 'By the size of the claim.', maxItems: 10 },
    ),
  },
  { description: 'What is owed once per claim for being late.' },
)

const Fees = Type.Object(
  {
    refuses_percentage: YesNo('Whether a fee in percent of the claim is refused.'),
    notice_cap: Nullable(
      Type.Object(
        { currency: Currency(), amount: Amount('The most.', { example: 750 }) },
        { description: 'The most one notice may cost besides postage.', examples: [null] },
      ),
    ),
    after_notice: Nullable(
      OneOf(statutoryNotices, {
        description: 'The notice that must have gone before, and whose term must have run.',
      }),
    ),
    cap: Nullable(
      Type.Object(
        {
          currency: Currency(),
          steps: List(
            Type.Object({
              above_amount: Amount('The step counts for claims above it.', { example: 0 }),
              fixed_amount: Amount('What it gives in any case.', { example: 0 }),
              percent: Percent('The share of what lies above it.', '15.00'),
            }),
            { description: 'By the size of the claim.', maxItems: 10 },
          ),
          minimum_amount: Amount('Never less.', { example: 4000 }),
          maximum_amount: Nullable(Amount('Never more.', { example: 677500 })),
        },
        { description: 'The most all fees for a claim may be.', examples: [null] },
      ),
    ),
  },
  { description: 'What may be charged for chasing.' },
)

const Act = OneOf(limitationActs, { description: 'What happens.' })

const Limitation = Type.Object(
  {
    years: Count('How long.', { example: 3 }),
    counted_from: OneOf(['due_date', 'end_of_year'], {
      description: 'From the due date, or the end of the year in which it lies.',
      examples: ['end_of_year'],
    }),
    restarted_by: List(Act, {
      description: 'After these it begins anew.',
      maxItems: limitationActs.length,
      examples: [['acknowledgement']],
    }),
    suspended_by: List(
      Type.Object({
        act: Act,
        grace_months: Count('It ends at the earliest so long after it.', { example: 6 }),
      }),
      { description: 'While these last it does not run.', maxItems: limitationActs.length },
    ),
  },
  { description: 'When a claim can no longer be enforced.' },
)

export const LegalRule = named(
  'LegalRule',
  Type.Object(
    {
      code: RuleCode,
      topic: OneOf(topics, { description: 'What it is about; its terms stand under that name.' }),
      debtor_kind: OneOf(debtorKinds, { description: 'Whose debts it is about.' }),
      valid_from_date: Day(
        'Claims that arose from this day on fall under it, until the next of its topic.',
        '2014-07-29',
      ),
      summary: Text('What it says.', { maxLength: 500, example: 'Base rate plus 9 points.' }),
      source: Text('Where it stands.', { maxLength: 300, example: '§ 288 (2), § 247 BGB' }),
      verified: YesNo('Whether the source was read for it.'),
      enabled: YesNo('Whether it counts: as you have switched it, else if it was verified.'),
      interest: Nullable(InterestTermsSchema),
      default: Nullable(Default),
      lump_sum: Nullable(LumpSum),
      fees: Nullable(Fees),
      payment_term: Nullable(
        Type.Object(
          { days_max: Count('Days from receipt to due date.', { example: 60 }) },
          { description: 'How long a payment term may be without more.' },
        ),
      ),
      limitation: Nullable(Limitation),
    },
    { description: 'One rule of the law of late payment. This is no legal advice.' },
  ),
)

/** A rule as the API shows it to a tenant. */
export function ruleToJson(rule: AnyRule, switches: RuleSwitches): Static<typeof LegalRule> {
  const of = <T extends Topic, J>(topic: T, toJson: (terms: Rule<T>['terms']) => J) =>
    rule.topic === topic ? toJson(rule.terms as Rule<T>['terms']) : null
  return {
    code: rule.code,
    topic: rule.topic,
    debtor_kind: rule.debtor,
    valid_from_date: rule.validFrom,
    summary: rule.summary,
    source: rule.source,
    verified: rule.verified,
    enabled: isEnabled(rule, switches),
    interest: of('interest', interestToJson),
    default: of('default', ({ days, countedFrom, needsNotice }) => ({
      days,
      counted_from: countedFrom,
      needs_notice: needsNotice,
    })),
    lump_sum: of('lump_sum', ({ currency, steps }) => ({
      currency,
      steps: steps.map(({ from, amount }) => ({ from_amount: from, amount })),
    })),
    fees: of('fees', feesToJson),
    payment_term: of('payment_term', ({ daysMax }) => ({ days_max: daysMax })),
    limitation: of('limitation', ({ years, countedFrom, restartedBy, suspendedBy }) => ({
      years,
      counted_from: countedFrom,
      restarted_by: [...restartedBy],
      suspended_by: Object.entries(suspendedBy).map(([act, { graceMonths }]) => ({
        act: act as LimitationAct,
        grace_months: graceMonths,
      })),
    })),
  }
}

/** Terms of interest as the API shows them. */
export const interestToJson = (terms: InterestTerms): Static<typeof InterestTermsSchema> => ({
  series: terms.reference?.series ?? null,
  read: terms.reference?.read ?? null,
  percent: percentOf(terms.margin),
  rounded_up_to_percent: terms.roundedUpTo === null ? null : percentOf(terms.roundedUpTo),
  mode: terms.mode,
  compounding: terms.compounding,
  day_count: terms.dayCount,
})

const feesToJson = (terms: FeeTerms): Static<typeof Fees> => ({
  refuses_percentage: terms.refusesPercentage,
  notice_cap: terms.noticeCap,
  after_notice: terms.afterNotice,
  cap: terms.cap && {
    currency: terms.cap.currency,
    steps: terms.cap.steps.map(({ above, fixed, ppm }) => ({
      above_amount: above,
      fixed_amount: fixed,
      percent: percentOf(ppm),
    })),
    minimum_amount: terms.cap.minimum,
    maximum_amount: terms.cap.maximum,
  },
})
