import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import {
  Amount,
  Count,
  Currency,
  Day,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Text,
  YesNo,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import { OpenItem } from '../ledger/schema.ts'
import { LEVELS_MAX } from './policy.ts'
import { allReasons } from './run-schema.ts'
import type { NoticeRow } from './table.ts'

const NoticeItem = Type.Object(
  {
    item_id: Id('open_item', 'The open item.'),
    invoice_id: Nullable(Id('invoice', 'Its invoice; null for a charge.')),
    invoice_number: Nullable(Text('The number of its invoice.', { example: 'R-2026-0815' })),
    kind: OneOf(['invoice', 'charge'], {
      description: 'An instalment of an invoice, or a charge.',
    }),
    due_date: Day('Its due date.'),
    days_overdue: Count('Days past it on the day of the notice.', { example: 5 }),
    total_amount: Amount('What was claimed.'),
    open_amount: Amount('What was open on the day of the notice.'),
    level: Count('The level it has reached.'),
    escalated: YesNo('Whether this notice lifted it to its level.'),
  },
  { description: 'An item that was overdue.' },
)

const NoticeCustomer = Type.Object(
  {
    id: Id('customer', 'The id.'),
    external_id: Nullable(Text('The caller’s own id.', { example: 'SAP-4711' })),
    name: Text('The name.', { maxLength: 200 }),
    kind: Text('Business or consumer.', { example: 'business' }),
    country: Text('The country, ISO 3166-1 alpha-2.', { example: 'DE' }),
    language: Nullable(Text('The language to write in.', { example: 'de' })),
    contacts: List(
      Type.Unsafe<Record<string, unknown>>({
        type: 'object',
        description: 'A person to write to, with role, name and channels.',
        additionalProperties: true,
        examples: [{ role: 'billing', name: 'A. Muster', email: 'billing@muster.example' }],
      }),
      { description: 'Whom to write to.', maxItems: 50 },
    ),
  },
  { description: 'The customer as it stood on the day of the notice.' },
)

export const DunningNotice = named(
  'DunningNotice',
  Type.Object(
    {
      ...resourceFields('dunning_notice'),
      run_id: Id('dunning_run', 'The run that issued it.'),
      customer_id: Id('customer', 'Who is told.'),
      currency: Currency(),
      policy_id: Id('dunning_policy', 'The policy it follows.'),
      policy_version: Count('The version of the policy.', { minimum: 1 }),
      level: Count('The highest level of its items.', { minimum: 1 }),
      level_name: Text('What the level is called.', {
        maxLength: 100,
        example: 'Friendly reminder',
      }),
      notice_date: Day('The day it was issued.', '2026-04-05'),
      customer: NoticeCustomer,
      items: List(NoticeItem, {
        description: 'Everything that was overdue in this currency.',
        maxItems: 100_000,
      }),
      fee_amount: Amount('The fee it claims.', { example: 500 }),
      overdue_amount: Amount('What was overdue.'),
      unallocated_amount: Amount('Money of the customer that is not allocated yet.', {
        example: 0,
      }),
      total_due_amount: Amount('What to pay: overdue and fee, less unallocated.'),
      next_level: Nullable(Count('The next step, if nothing is paid.', { minimum: 1, example: 2 })),
      next_date: Nullable(Day('When the next step would follow.', '2026-04-15')),
    },
    {
      description:
        'What one customer is told in one currency at one time, complete enough to be sent without asking back.',
    },
  ),
)
export const DunningNoticeList = ListOf(DunningNotice)

/** A notice as the API shows it. */
export const noticeToJson = (
  notice: NoticeRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof DunningNotice> => ({
  id: publicId('dunning_notice', notice.id),
  object: 'dunning_notice',
  version: notice.version,
  livemode: tenant.mode === 'live',
  run_id: publicId('dunning_run', notice.run_id),
  customer_id: publicId('customer', notice.customer_id),
  currency: notice.currency,
  policy_id: publicId('dunning_policy', notice.policy_id),
  policy_version: notice.policy_version,
  level: notice.level,
  level_name: notice.level_name,
  notice_date: notice.notice_date,
  ...notice.content,
  customer: {
    ...notice.content.customer,
    contacts: notice.content.customer.contacts.map((contact) => ({ ...contact })),
  },
  created_at: notice.created_at,
  updated_at: notice.updated_at,
})

export const NoticeQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  run_id: Type.Optional(Id('dunning_run', 'Only this run’s.')),
  level: Type.Optional(Count('Only this level.', { minimum: 1, maximum: LEVELS_MAX })),
  notice_date_gte: Type.Optional(Day('Issued on or after.')),
  notice_date_lte: Type.Optional(Day('Issued on or before.')),
})

/** What `dunning.level_changed` tells about. */
export const DunnedOpenItem = named(
  'DunnedOpenItem',
  Type.Composite(
    [
      Type.Omit(OpenItem, ['notice_id']),
      Type.Object({
        invoice_number: Nullable(Text('The number of its invoice.', { example: 'R-2026-0815' })),
        level_name: Nullable(
          Text('What the level is called.', { maxLength: 100, example: 'Friendly reminder' }),
        ),
        notice_id: Id('dunning_notice', 'The notice that goes with it.'),
        run_id: Id('dunning_run', 'The run that decided it.'),
        policy_id: Id('dunning_policy', 'The policy it follows.'),
        policy_version: Count('The version of the policy.', { minimum: 1 }),
        reason: OneOf(allReasons, { description: 'Why it was escalated.' }),
      }),
    ],
    { description: 'An open item that has reached a dunning level, and why.' },
  ),
)
