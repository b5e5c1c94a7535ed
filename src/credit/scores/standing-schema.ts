import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Body,
  Count,
  Day,
  Decimal,
  Id,
  Nullable,
  named,
  Reason,
  resourceFields,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import type { CustomerRow } from '../../parties/table.ts'
import { effectiveStanding } from '../effective-standing.ts'
import { isNaturalPerson } from '../natural-person.ts'
import { StandingWord } from '../policies/check-rules-schema.ts'
import type { CreditStandingRow } from '../table.ts'

/** A figure from 0 to 100. */
export const ScoreField = (description: string) => Count(description, { maximum: 100, example: 72 })
/** What the policy calls a class of scores. */
export const ScoreClass = () =>
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

/** What is known of a customer as a debtor, in short. */
export const CreditStanding = named(
  'CreditStanding',
  Type.Object(
    {
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
    },
    { description: 'What is known of a customer as a debtor, in short.' },
  ),
)

/** A customer, and what is known of it as a debtor. */
export interface CustomerStanding {
  customer: CustomerRow
  standing: CreditStandingRow
}

/** A standing as the API shows it. */
export const standingToJson = (
  { standing: known, customer }: CustomerStanding,
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
