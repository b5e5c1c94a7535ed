import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  Amount,
  Body,
  Currency,
  Day,
  Id,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Reason,
  ref,
  resourceFields,
  Several,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { CreditRecommendation, NetDays } from './recommendation-schema.ts'
import { type CreditReviewRow, reviewStatuses } from './table.ts'

const DecisionReason = Reason('Why it was decided so.', 'Pays promptly and orders more.')

export const CreditReview = named(
  'CreditReview',
  Type.Object(
    {
      ...resourceFields('credit_review'),
      customer_id: Id('customer', 'Whom it is about.'),
      customer: Expandable('customer'),
      status: OneOf(reviewStatuses, {
        description:
          'Asked for by a person or proposed for a prompt payer (`open`), due by the calendar (`due`), or decided: `completed`, or `dismissed` without a change.',
      }),
      due_date: Nullable(
        Day('The day of the calendar; null where it was opened before that came.', '2026-06-30'),
      ),
      recommendation: ref(CreditRecommendation),
      decided_date: Nullable(Day('When a person decided.', '2026-07-02')),
      decision_reason: Nullable(DecisionReason),
      limit_id: Nullable(
        Id('credit_limit', 'The limit that was set; it may still wait for an approval.'),
      ),
      net_days: Nullable(NetDays('The net days that were agreed; null where they were kept.')),
      next_review_date: Nullable(
        Day('When a person wants the next review; null for what the calendar says.', '2027-01-31'),
      ),
    },
    { description: 'A look at whether a customer’s limit and terms are still fitting.' },
  ),
)
export const CreditReviewList = ListOf(CreditReview)

export const OpenCreditReview = named(
  'OpenCreditReview',
  Body(
    { customer_id: Id('customer', 'Whom to look at.') },
    { description: 'A review before the calendar asks for it.' },
  ),
)

export const CompleteCreditReview = named(
  'CompleteCreditReview',
  Body(
    {
      limit: Type.Optional(
        Body(
          {
            amount: Amount('The limit from today on.', { example: 1_500_000 }),
            currency: Type.Optional(
              Currency(
                'Its currency, ISO 4217; that of the limit in force, else the customer’s, unless given.',
              ),
            ),
            valid_until: Type.Optional(Day('Its last day; no end unless given.', '2027-06-30')),
          },
          { description: 'The limit to set; left out, it is kept.' },
        ),
      ),
      net_days: Type.Optional(
        NetDays('The net days to invoice with, 0 for prepayment; left out, they are kept.'),
      ),
      reason: DecisionReason,
      next_review_date: Type.Optional(
        Day('When to look again; what the calendar says unless given.', '2027-01-31'),
      ),
    },
    { description: 'What a person has decided: all of it is applied at once, or none of it.' },
  ),
)

export const DismissCreditReview = named(
  'DismissCreditReview',
  Body(
    { reason: Reason('Why nothing is to be decided.', 'The customer is about to be sold.') },
    { description: 'Why a review ends without a change.' },
  ),
)

/** A review as the API shows it. */
export const creditReviewToJson = (
  review: CreditReviewRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof CreditReview> => ({
  id: publicId('credit_review', review.id),
  object: 'credit_review',
  version: review.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', review.customer_id),
  status: review.status,
  due_date: review.due_date,
  recommendation: review.recommendation,
  decided_date: review.decided_date,
  decision_reason: review.decision_reason,
  limit_id: publicIdOrNull('credit_limit', review.limit_id),
  net_days: review.net_days,
  next_review_date: review.next_review_date,
  created_at: review.created_at,
  updated_at: review.updated_at,
})

export const CreditReviewQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only about this customer.')),
  status: Several(reviewStatuses, 'Only these statuses.'),
})
