import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  Amount,
  Count,
  Currency,
  Day,
  Id,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Several,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { MAX_AMOUNT } from '../../foundation/money.ts'
import { alertTypes, type CreditAlertRow } from './table.ts'

const Score = (description: string) => Count(description, { maximum: 100, example: 62 })

const AlertFigures = Type.Object(
  {
    limit_id: Type.Optional(Id('credit_limit', 'The limit.')),
    group_id: Type.Optional(
      Nullable(Id('credit_group', 'The group it is shared by; null for the customer’s own limit.')),
    ),
    currency: Type.Optional(Currency('The currency of the limit, ISO 4217.')),
    limit_amount: Type.Optional(Amount('The limit.', { example: 5_000_000 })),
    exposure_amount: Type.Optional(
      Amount('The exposure that counts towards it.', {
        minimum: -Number.MAX_SAFE_INTEGER,
        example: 5_148_810,
      }),
    ),
    excess_amount: Type.Optional(Amount('What of the exposure is above the limit.')),
    utilisation_percent: Type.Optional(
      Nullable(
        Type.Integer({
          description:
            'The exposure in percent of the limit, rounded down; null for a limit of nothing.',
          format: 'int64',
          minimum: 0,
          maximum: MAX_AMOUNT,
          examples: [86],
        }),
      ),
    ),
    threshold_percent: Type.Optional(
      Count('The percentage of the policy that was reached.', { example: 80 }),
    ),
    previous_score: Type.Optional(Score('The score of the night before.')),
    score: Type.Optional(Score('The score now.')),
    first_overdue_date: Type.Optional(Day('The first day on which something was overdue.')),
    days_late: Type.Optional(Count('Days the item is overdue.', { example: 24 })),
    habit_days_late: Type.Optional(
      Type.String({
        description: 'How many days late the customer pays on average, one decimal.',
        maxLength: 8,
        pattern: '^-?\\d{1,5}\\.\\d$',
        examples: ['6.5'],
      }),
    ),
    policy_id: Type.Optional(Id('credit_policy', 'The policy.')),
    owner: Type.Optional(Text('Who answers for the policy.', { example: 'Head of credit' })),
    next_review_date: Type.Optional(Day('When the policy was to be looked at again.')),
  },
  { description: 'What it was judged by; which figures there are follows from the type.' },
)

export const CreditAlert = named(
  'CreditAlert',
  Type.Object(
    {
      ...resourceFields('credit_alert'),
      type: OneOf(alertTypes, { description: 'What was found; the type of its event.' }),
      customer_id: Nullable(
        Id('customer', 'Whom it is about; null for what concerns the credit policy.'),
      ),
      customer: Expandable('customer'),
      item_id: Nullable(Id('open_item', 'The open item it is about.')),
      figures: AlertFigures,
    },
    { description: 'Something about a debtor that monitoring has found worth telling, once.' },
  ),
)
export const CreditAlertList = ListOf(CreditAlert)

/** An alert as the API shows it; it never changes. */
export const creditAlertToJson = (
  alert: CreditAlertRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof CreditAlert> => {
  const { limit_id, group_id, policy_id, ...figures } = alert.figures
  return {
    id: publicId('credit_alert', alert.id),
    object: 'credit_alert',
    version: 1,
    livemode: tenant.mode === 'live',
    type: alert.type,
    customer_id: publicIdOrNull('customer', alert.customer_id),
    item_id: publicIdOrNull('open_item', alert.item_id),
    figures: {
      ...figures,
      ...(limit_id !== undefined && { limit_id: publicId('credit_limit', limit_id) }),
      ...(group_id !== undefined && { group_id: publicIdOrNull('credit_group', group_id) }),
      ...(policy_id !== undefined && { policy_id: publicId('credit_policy', policy_id) }),
    },
    created_at: alert.created_at,
    updated_at: alert.created_at,
  }
}

export const CreditAlertQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only about this customer.')),
  type: Several(alertTypes, 'Only these types.'),
})
