import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  Amount,
  Body,
  Currency,
  Day,
  dryRun,
  Id,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Reason,
  resourceFields,
  Several,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import type { DeferralRow } from './table.ts'

const ACCRUED_INTEREST =
  'What becomes of the interest that had run until then: `claim` makes what was not claimed yet an open item, `waive` gives it up.'
const accruedInterest = ['claim', 'waive'] as const

export const CreateDeferral = named(
  'CreateDeferral',
  Body(
    {
      item_id: Id('open_item', 'The instalment of an invoice that is to be paid later.'),
      due_date: Day('The new due date; later than today and than the one it has.', '2026-08-31'),
      agreed_date: Type.Optional(
        Day('When that was agreed; today unless given, and never later.', '2026-07-10'),
      ),
      reason: Reason('Why it may be paid later.', 'Their customer pays at the end of August.'),
      accrued_interest: Type.Optional(
        OneOf(accruedInterest, { description: ACCRUED_INTEREST, default: 'claim' }),
      ),
      acknowledged: Type.Optional(
        YesNo(
          'Whether the debtor acknowledged the debt in agreeing; where the law says so, its limitation begins anew.',
          { default: false, example: true },
        ),
      ),
    },
    { description: 'A later due date that was agreed with the customer.' },
  ),
)

export const RevokeDeferral = named(
  'RevokeDeferral',
  Body(
    { reason: Reason('Why it does not hold any more.', 'The first instalment did not come.') },
    { description: 'Why a deferral ends.' },
  ),
)

const statuses = ['agreed', 'revoked'] as const

export const Deferral = named(
  'Deferral',
  Type.Object(
    {
      ...resourceFields('deferral'),
      customer_id: Id('customer', 'Who may pay later.'),
      customer: Expandable('customer'),
      item_id: Id('open_item', 'The open item that is due later.'),
      invoice_id: Id('invoice', 'Its invoice.'),
      invoice: Expandable('invoice'),
      status: OneOf(statuses, { description: 'Whether it holds.' }),
      currency: Currency(),
      amount: Amount('What was open of the item when it was agreed.', { minimum: 1 }),
      previous_due_date: Day('When it was due before.', '2026-06-30'),
      due_date: Day('When it is due by it.', '2026-08-31'),
      agreed_date: Day('When it was agreed.', '2026-07-10'),
      acknowledged: YesNo('Whether the debtor acknowledged the debt in agreeing.', {
        example: true,
      }),
      accrued_interest: OneOf(accruedInterest, { description: ACCRUED_INTEREST }),
      reason: Reason('Why it may be paid later.', 'Their customer pays at the end of August.'),
      revoke_date: Nullable(Day('When it ended before its time.', '2026-08-02')),
      revoke_reason: Nullable(Reason('Why it ended.', 'The first instalment did not come.')),
    },
    { description: 'An agreed later due date of an open item.' },
  ),
)

export const DeferralList = ListOf(Deferral)

/** A deferral as the API shows it. */
export const deferralToJson = (
  deferral: DeferralRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof Deferral> => ({
  id: publicId('deferral', deferral.id),
  object: 'deferral',
  version: deferral.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', deferral.customer_id),
  item_id: publicId('open_item', deferral.item_id),
  invoice_id: publicId('invoice', deferral.invoice_id),
  status: deferral.status,
  currency: deferral.currency,
  amount: deferral.amount,
  previous_due_date: deferral.previous_due_date,
  due_date: deferral.due_date,
  agreed_date: deferral.agreed_date,
  acknowledged: deferral.acknowledged,
  accrued_interest: deferral.accrued_interest,
  reason: deferral.reason,
  revoke_date: deferral.revoke_date,
  revoke_reason: deferral.revoke_reason,
  created_at: deferral.created_at,
  updated_at: deferral.updated_at,
})

export const DeferralQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  invoice_id: Type.Optional(Id('invoice', 'Only those of this invoice.')),
  item_id: Type.Optional(Id('open_item', 'Only those of this open item.')),
  status: Several(statuses, 'Only these statuses.'),
})

export const RehearseQuery = Query({ ...dryRun })
