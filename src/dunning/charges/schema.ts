import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  Amount,
  At,
  Count,
  Currency,
  Day,
  Decimal,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Several,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { Segment } from '../law/calculation-schema.ts'
import { type ChargeWithState, chargeStates } from './queries.ts'
import { type ChargeExplanation, chargeKinds } from './table.ts'

const Code = (description: string, example: string) =>
  Type.String({ description, maxLength: 60, format: 'text', examples: [example] })

const CreditedFee = Type.Object(
  {
    notice_id: Id('dunning_notice', 'The notice with the fee.'),
    amount: Amount('What of the fee it was cut by.', { example: 1_000 }),
  },
  { description: 'What of an earlier fee has cut a lump sum.' },
)

const Explanation = Type.Object(
  {
    asked_amount: Amount(
      'What the policy asks for before the law: of interest, all since default.',
    ),
    base_amount: Type.Optional(Amount('What a fee or lump sum was reckoned from.')),
    credited_fees: Type.Optional(
      List(CreditedFee, {
        description: 'Fees of earlier notices that a lump sum was cut by: each cuts one only once.',
        maxItems: 1_000,
      }),
    ),
    default_from_date: Type.Optional(Nullable(Day('Since when the principal is in default.'))),
    default_cause: Type.Optional(Nullable(Code('Why default began.', 'agreed_due_date'))),
    settled_before_amount: Type.Optional(
      Amount('What of the interest since default had been claimed before.', { example: 0 }),
    ),
    over_claimed_amount: Type.Optional(
      Amount(
        'What of this claim was waived because the principal turned out to have been paid earlier; what of that had been paid is the customer’s again, unallocated.',
        { example: 0 },
      ),
    ),
    segments: Type.Optional(
      List(Segment, {
        description: 'The interest since default, stretch by stretch.',
        maxItems: 10_000,
      }),
    ),
  },
  { description: 'How the charge came about.' },
)

export const Charge = named(
  'Charge',
  Type.Object(
    {
      id: Id('charge', 'The id.'),
      object: Type.Unsafe<'charge'>(
        Type.String({ description: 'What this is.', const: 'charge', examples: ['charge'] }),
      ),
      livemode: YesNo('False in a test tenant.'),
      kind: OneOf(chargeKinds, { description: 'What it is for.' }),
      status: OneOf(chargeStates, {
        description:
          'Interest is `accrued` while it runs. `claimed` is owed, as an open item; `cleared` was settled, `waived` given up, `refused` not allowed by the law.',
        examples: ['claimed'],
      }),
      customer_id: Id('customer', 'Who owes it.'),
      customer: Expandable('customer'),
      item_id: Nullable(Id('open_item', 'The principal; null for the fee of a notice.')),
      invoice_id: Nullable(Id('invoice', 'The invoice of the principal.')),
      invoice: Expandable('invoice'),
      notice_id: Nullable(Id('dunning_notice', 'The notice that brought it.')),
      claim_item_id: Nullable(
        Id('open_item', 'The open item it was claimed as: settle or waive that.'),
      ),
      level: Count('The level that brought it; 0 for what was settled with the principal.'),
      currency: Currency(),
      amount: Nullable(
        Amount('What was claimed or given up; null while it accrues.', { example: 4000 }),
      ),
      open_amount: Amount('What is still owed.', { example: 4000 }),
      waived_amount: Amount('What of the claim was given up.', { example: 0 }),
      reason: Nullable(Code('Why it was refused, cut or given up.', 'not_in_default')),
      rule: Nullable(Code('The rule of the law that refused or cut it.', 'DE_consumer_fees')),
      percent: Nullable(Decimal('The agreed rate of interest; null for the statutory one.', '8')),
      from_date: Nullable(Day('The first day of interest.', '2026-01-01')),
      until_date: Nullable(Day('The last day of interest; null while it accrues.', '2026-03-15')),
      reversed_date: Nullable(Day('When its notice was taken back.', '2026-03-20')),
      explanation: Explanation,
      created_at: At('When it was created, by the tenant’s clock.'),
      updated_at: At('When it last changed, by the tenant’s clock.'),
    },
    { description: 'What late payment costs a customer: a fee, interest or a lump sum.' },
  ),
)
export const ChargeList = ListOf(Charge)

/** A charge as the API shows it. */
export const chargeToJson = (
  charge: ChargeWithState,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof Charge> => ({
  id: publicId('charge', charge.id),
  object: 'charge',
  livemode: tenant.mode === 'live',
  kind: charge.kind,
  status: charge.state,
  customer_id: publicId('customer', charge.customer_id),
  item_id: publicIdOrNull('open_item', charge.item_id),
  invoice_id: publicIdOrNull('invoice', charge.invoice_id),
  notice_id: publicIdOrNull('dunning_notice', charge.notice_id),
  claim_item_id: publicIdOrNull('open_item', charge.claim_item_id),
  level: charge.level,
  currency: charge.currency,
  amount: charge.status === 'accrued' ? null : charge.amount,
  open_amount: charge.open_amount,
  waived_amount: charge.waived_amount,
  reason: charge.reason,
  rule: charge.rule,
  percent: charge.percent,
  from_date: charge.from_date,
  until_date: charge.until_date,
  reversed_date: charge.reversed_date,
  explanation: explanationToJson(charge.explanation),
  created_at: charge.created_at,
  updated_at: charge.updated_at,
})

const explanationToJson = ({
  credited_fees,
  ...explanation
}: ChargeExplanation): Static<typeof Explanation> => ({
  ...explanation,
  ...(credited_fees && {
    credited_fees: credited_fees.map(({ notice_id, amount }) => ({
      notice_id: publicId('dunning_notice', notice_id),
      amount,
    })),
  }),
})

export const ChargeQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  invoice_id: Type.Optional(Id('invoice', 'Only those of this invoice.')),
  item_id: Type.Optional(Id('open_item', 'Only those of this principal.')),
  notice_id: Type.Optional(Id('dunning_notice', 'Only those of this notice.')),
  kind: Type.Optional(OneOf(chargeKinds, { description: 'Only of this kind.' })),
  status: Several(chargeStates, 'Only these statuses.'),
})
