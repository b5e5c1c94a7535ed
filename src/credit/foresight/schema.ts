import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Amount,
  Count,
  Currency,
  Day,
  Decimal,
  Id,
  ListOf,
  Nullable,
  named,
  paging,
  Query,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import type { ItemForesight } from './foresee.ts'
import { PRIOR_ITEMS } from './recovery.ts'

const Percent = (description: string, example: string) =>
  Decimal(`${description} Percent.`, example)
const PredictionInputs = Type.Object(
  {
    own_item_count: Count('Items that the customer has paid in the last three years.', {
      example: 14,
    }),
    own_weight: Decimal('What they still count: half after 180 days, a quarter after 360.', '9.7'),
    own_late_percent: Nullable(Percent('Of these, as they count, were late.', '28.5')),
    class_late_percent: Nullable(
      Percent('Of the items of the customer’s class were late; null without a class.', '31.0'),
    ),
    tenant_late_percent: Nullable(Percent('Of all the tenant’s items were late.', '36.5')),
    tenant_item_count: Count('The tenant’s items that were looked at: the newest.', {
      example: 1_800,
    }),
    strength: Decimal(
      'What others have paid counts like so many items of the customer’s own: the variance within customers divided by that between them.',
      '0.6',
    ),
    spread_days: Decimal(
      'By how many days payments of one customer typically differ (standard deviation).',
      '7.2',
    ),
  },
  { description: 'What the prediction was concluded from.' },
)

const Recovery = Type.Object(
  {
    amount: Amount('What of the open amount is expected to be paid in the end.', {
      example: 145_834,
    }),
    percent: Percent('The same as a share of it.', '98.0'),
    from_days_overdue: Count(
      'The age it is judged by: items that were at least so many days overdue.',
      {
        example: 30,
      },
    ),
    item_count: Count('How many of the tenant’s items had come to that age and have ended.', {
      example: 230,
    }),
    prior_percent: Percent(
      `What would be expected without any, after the example of IFRS 9 B5.5.35; it counts like ${PRIOR_ITEMS} items.`,
      '97.0',
    ),
  },
  { description: 'What is expected to be paid in the end, whenever that is.' },
)

export const PaymentForesight = named(
  'PaymentForesight',
  Type.Object(
    {
      object: Type.Unsafe<'payment_foresight'>(
        Type.String({
          description: 'What this is.',
          const: 'payment_foresight',
          examples: ['payment_foresight'],
        }),
      ),
      item_id: Id('open_item', 'The open item.'),
      customer_id: Id('customer', 'Who owes it.'),
      as_of_date: Day('The day it is foreseen on, from what was settled by then.'),
      due_date: Day('When it is due.', '2026-03-15'),
      currency: Currency(),
      open_amount: Amount('What is open of it.'),
      late_percent: Nullable(
        Percent(
          'How probable it is that it is paid after its due date; 100 when it is late already. Null while the tenant has no history.',
          '34.1',
        ),
      ),
      p50_date: Nullable(
        Day(
          'As probably paid by this day as later, given that it is open today. Null where nothing in the history was paid as late as it is already.',
          '2026-03-19',
        ),
      ),
      p80_date: Nullable(Day('Paid by this day with a probability of 80 percent.', '2026-03-27')),
      inputs: PredictionInputs,
      recovery: Recovery,
      human_review_required: YesNo(
        'The customer is a natural person: nothing with an effect on them may be decided by this alone (GDPR article 22).',
        { example: false },
      ),
    },
    { description: 'When an open item will be paid, and how much of it, as far as history tells.' },
  ),
)
export const PaymentForesightList = ListOf(PaymentForesight)

const decimal = (figure: number): string => figure.toFixed(1)
const percent = (share: number): string => decimal(100 * share)
const percentOrNull = (share: number | null): string | null =>
  share === null ? null : percent(share)

/** What is foreseen of an item, as the API shows it. */
export const foresightToJson = (
  { item, prediction, recovery, recoveryAmount, humanReviewRequired }: ItemForesight,
  { today }: Pick<Reader, 'today'>,
): Static<typeof PaymentForesight> => ({
  object: 'payment_foresight',
  item_id: publicId('open_item', item.id),
  customer_id: publicId('customer', item.customer_id),
  as_of_date: today,
  due_date: item.due_date,
  currency: item.currency,
  open_amount: item.open_amount,
  late_percent: percentOrNull(prediction.lateProbability),
  p50_date: prediction.p50Date,
  p80_date: prediction.p80Date,
  inputs: {
    own_item_count: prediction.inputs.ownItems,
    own_weight: decimal(prediction.inputs.ownWeight),
    own_late_percent: percentOrNull(prediction.inputs.ownLateShare),
    class_late_percent: percentOrNull(prediction.inputs.classLateShare),
    tenant_late_percent: percentOrNull(prediction.inputs.tenantLateShare),
    tenant_item_count: prediction.inputs.tenantItems,
    strength: prediction.inputs.strength.toFixed(2),
    spread_days: decimal(prediction.inputs.spreadDays),
  },
  recovery: {
    amount: recoveryAmount,
    percent: percent(recovery.rate),
    from_days_overdue: recovery.fromDays,
    item_count: recovery.itemCount,
    prior_percent: percent(recovery.prior),
  },
  human_review_required: humanReviewRequired,
})

export const ForesightQuery = Query({ ...paging })
