import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import {
  Amount,
  Body,
  Count,
  Currency,
  Day,
  dryRun,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  resourceFields,
  Text,
  YesNo,
} from '../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../foundation/id.ts'
import { OpenItem } from '../ledger/schema.ts'
import type { PolicyWithDefinition } from './create-policy.ts'
import { decisionReasons, outcomes } from './evaluate.ts'
import type { InvoiceDunning } from './explain-invoice.ts'
import {
  type DecisionRow,
  type HoldRow,
  holdReasons,
  type NoticeRow,
  type RunRow,
} from './table.ts'

const LEVELS_MAX = 20
const allReasons = Object.keys(decisionReasons) as (keyof typeof decisionReasons)[]
const Inputs = (description: string) =>
  Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    description,
    additionalProperties: true,
    examples: [{ days_overdue: 5, level_days_overdue: 5 }],
  })

const DunningFee = named(
  'DunningFee',
  Body(
    {
      currency: Currency(),
      amount: Amount('What a notice at this level costs the customer.', {
        minimum: 1,
        example: 500,
      }),
    },
    { description: 'The fee of a level in one currency.' },
  ),
)

const DunningLevel = named(
  'DunningLevel',
  Body(
    {
      level: Count('Its number: 1, 2, 3, … in order.', { minimum: 1, maximum: LEVELS_MAX }),
      days_overdue: Count('The level applies when an item is overdue by at least this many days.', {
        minimum: 1,
        maximum: 3650,
        example: 5,
      }),
      name: Text('What it is called.', { maxLength: 100, example: 'Friendly reminder' }),
      fees: Type.Optional(
        List(ref(DunningFee), {
          description: 'What a notice at this level costs, per currency; nothing unless given.',
          maxItems: 50,
        }),
      ),
    },
    { description: 'One step of escalation.' },
  ),
)

const policyFields = {
  name: Text('What it is called.', { maxLength: 100, example: 'Standard, three steps' }),
  scope: OneOf(['invoice', 'customer'], {
    description:
      '`invoice`: each item escalates by itself. `customer`: all due items of the customer and currency rise to the highest due level.',
  }),
  min_notice_interval_days: Type.Optional(
    Count('Days that must lie between two notices to one customer in one currency.', {
      maximum: 365,
      example: 7,
    }),
  ),
  catch_up: Type.Optional(
    OneOf(['one_level', 'highest'], {
      description:
        'Whether a run lifts an item by one level at most, or to the highest that is due.',
      default: 'one_level',
    }),
  ),
  levels: List(ref(DunningLevel), {
    description: 'The levels, ascending by number and by days.',
    maxItems: LEVELS_MAX,
    minItems: 1,
  }),
}

export const CreateDunningPolicy = named(
  'CreateDunningPolicy',
  Body(policyFields, { description: 'A dunning policy: its first version.' }),
)
export const ReplaceDunningPolicy = named(
  'ReplaceDunningPolicy',
  Body(policyFields, { description: 'The next version of a dunning policy.' }),
)

export const DunningPolicy = named(
  'DunningPolicy',
  Type.Object(
    {
      ...resourceFields('dunning_policy'),
      name: policyFields.name,
      scope: policyFields.scope,
      min_notice_interval_days: Count('Days between two notices to one customer in one currency.', {
        maximum: 365,
        example: 7,
      }),
      catch_up: OneOf(['one_level', 'highest'], { description: 'How far one run lifts an item.' }),
      levels: policyFields.levels,
    },
    {
      description:
        'How a tenant asks for what is overdue. `version` names the immutable version shown; items under way stay on theirs.',
    },
  ),
)
export const DunningPolicyList = ListOf(DunningPolicy)

/** A policy in its current version, as the API shows it. */
export const policyToJson = (
  policy: PolicyWithDefinition,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof DunningPolicy> => ({
  id: publicId('dunning_policy', policy.id),
  object: 'dunning_policy',
  version: policy.version,
  livemode: tenant.mode === 'live',
  name: policy.name,
  scope: policy.definition.scope,
  min_notice_interval_days: policy.definition.min_notice_interval_days,
  catch_up: policy.definition.catch_up,
  levels: policy.definition.levels,
  created_at: policy.created_at,
  updated_at: policy.updated_at,
})

const Note = Text('A note for people.', { maxLength: 1000, example: 'Promised to pay by phone.' })
const HoldReasonField = OneOf(holdReasons, {
  description: 'Why dunning waits.',
  examples: ['promise'],
})

export const CreateDunningHold = named(
  'CreateDunningHold',
  Body(
    {
      customer_id: Type.Optional(Id('customer', 'Hold everything of this customer.')),
      invoice_id: Type.Optional(Id('invoice', 'Hold this invoice.')),
      item_id: Type.Optional(Id('open_item', 'Hold this open item.')),
      reason: HoldReasonField,
      note: Type.Optional(Note),
      from_date: Type.Optional(Day('The first day; today unless given.')),
      until_date: Type.Optional(Day('The last day; until lifted unless given.', '2026-04-15')),
    },
    {
      description:
        'A dated reason not to dun a customer, an invoice or an open item. The narrowest that is named is covered.',
    },
  ),
)

export const DunningHoldPatch = named(
  'DunningHoldPatch',
  Body(
    {
      until_date: Type.Optional(
        Nullable(Day('The last day; null for until lifted.', '2026-04-30')),
      ),
      note: Type.Optional(Nullable(Note)),
    },
    { description: 'A merge patch (RFC 7396): extends or shortens a hold.' },
  ),
)

export const DunningHold = named(
  'DunningHold',
  Type.Object(
    {
      ...resourceFields('dunning_hold'),
      customer_id: Id('customer', 'The customer concerned.'),
      invoice_id: Nullable(Id('invoice', 'The invoice covered; null for more or less than one.')),
      item_id: Nullable(Id('open_item', 'The open item covered; null for more than one.')),
      reason: HoldReasonField,
      note: Nullable(Note),
      from_date: Day('The first day.'),
      until_date: Nullable(Day('The last day; null for until lifted.', '2026-04-15')),
      lifted_date: Nullable(Day('When it was ended before its time.', '2026-04-02')),
    },
    { description: 'A dated reason not to dun.' },
  ),
)
export const DunningHoldList = ListOf(DunningHold)

/** A hold as the API shows it. */
export const holdToJson = (
  hold: HoldRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof DunningHold> => ({
  id: publicId('dunning_hold', hold.id),
  object: 'dunning_hold',
  version: hold.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', hold.customer_id),
  invoice_id: publicIdOrNull('invoice', hold.invoice_id),
  item_id: publicIdOrNull('open_item', hold.item_id),
  reason: hold.reason,
  note: hold.note,
  from_date: hold.from_date,
  until_date: hold.until_date,
  lifted_date: hold.lifted_date,
  created_at: hold.created_at,
  updated_at: hold.updated_at,
})

export const PolicyQuery = Query({ ...paging })

export const HoldQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  invoice_id: Type.Optional(Id('invoice', 'Only this invoice’s.')),
  reason: Type.Optional(HoldReasonField),
  active: Type.Optional(YesNo('Only those that hold today, or only those that do not.')),
})

export const StartDunningRun = named(
  'StartDunningRun',
  Body(
    { customer_id: Type.Optional(Id('customer', 'Only this customer; everybody unless given.')) },
    { description: 'What a dunning run is to look at.' },
  ),
)

const runFields = {
  run_date: Day('The tenant’s day it decides about.', '2026-04-05'),
  customer_id: Nullable(Id('customer', 'The one customer it looks at; null for everybody.')),
  item_count: Count('Items it has looked at.', { example: 120 }),
  escalated_count: Count('Items it has lifted to a level.', { example: 17 }),
  notice_count: Count('Notices it has issued.', { example: 12 }),
}

export const DunningRun = named(
  'DunningRun',
  Type.Object(
    {
      ...resourceFields('dunning_run'),
      trigger: OneOf(['schedule', 'request'], { description: 'The timetable, or somebody.' }),
      status: OneOf(['running', 'completed'], {
        description: 'How far it is.',
        examples: ['completed'],
      }),
      ...runFields,
    },
    { description: 'One evaluation of everything that was due for a look on one day.' },
  ),
)
export const DunningRunList = ListOf(DunningRun)

/** A run as the API shows it. */
export const runToJson = (
  run: RunRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof DunningRun> => ({
  id: publicId('dunning_run', run.id),
  object: 'dunning_run',
  version: run.version,
  livemode: tenant.mode === 'live',
  trigger: run.trigger,
  status: run.status,
  run_date: run.run_date,
  customer_id: publicIdOrNull('customer', run.customer_id),
  item_count: run.item_count,
  escalated_count: run.escalated_count,
  notice_count: run.notice_count,
  created_at: run.created_at,
  updated_at: run.updated_at,
})

export const RunQuery = Query({
  ...paging,
  run_date_gte: Type.Optional(Day('Runs on or after.')),
  run_date_lte: Type.Optional(Day('Runs on or before.')),
})
export const StartRunQuery = Query({ ...dryRun })

const decisionFields = {
  item_id: Id('open_item', 'The open item decided about.'),
  invoice_id: Nullable(Id('invoice', 'Its invoice; null for a charge.')),
  customer_id: Id('customer', 'Its customer.'),
  outcome: OneOf(outcomes, { description: 'What it comes to.' }),
  reason: OneOf(allReasons, { description: 'Why; a closed catalogue.' }),
  inputs: Inputs('The values that decided.'),
  from_level: Count('The level it was at.', { example: 0 }),
  to_level: Count('The level it is at afterwards.'),
  next_look_date: Nullable(
    Day(
      'The first day on which the answer may differ by itself; null when only an event can change it.',
    ),
  ),
}

export const DunningDecision = named(
  'DunningDecision',
  Type.Object(
    {
      id: Id('dunning_decision', 'The id.'),
      object: Type.Unsafe<'dunning_decision'>(
        Type.String({
          description: 'What this is.',
          const: 'dunning_decision',
          examples: ['dunning_decision'],
        }),
      ),
      run_id: Id('dunning_run', 'The run it belongs to.'),
      ...decisionFields,
    },
    { description: 'Why an open item was or was not escalated.' },
  ),
)
export const DunningDecisionList = ListOf(DunningDecision)

/** A decision as the API shows it. */
export const decisionToJson = (decision: DecisionRow): Static<typeof DunningDecision> => ({
  id: publicId('dunning_decision', decision.id),
  object: 'dunning_decision',
  run_id: publicId('dunning_run', decision.run_id),
  item_id: publicId('open_item', decision.item_id),
  invoice_id: publicIdOrNull('invoice', decision.invoice_id),
  customer_id: publicId('customer', decision.customer_id),
  outcome: decision.outcome,
  reason: decision.reason,
  inputs: decision.inputs,
  from_level: decision.from_level,
  to_level: decision.to_level,
  next_look_date: decision.next_look_date,
})

export const DecisionQuery = Query({
  ...paging,
  outcome: Type.Optional(OneOf(outcomes, { description: 'Only this outcome.' })),
})

const PREVIEW_DECISIONS_MAX = 1_000

export const DunningPreview = named(
  'DunningPreview',
  Type.Object(
    {
      object: Type.Unsafe<'dunning_preview'>(
        Type.String({
          description: 'What this is.',
          const: 'dunning_preview',
          examples: ['dunning_preview'],
        }),
      ),
      ...runFields,
      decisions: List(ref(DunningDecision), {
        description: 'What it would decide; the first 1,000.',
        maxItems: PREVIEW_DECISIONS_MAX,
      }),
    },
    { description: 'What a dunning run would do now. Nothing of it is kept.' },
  ),
)

/** A preview as the API shows it. */
export function previewToJson(
  run: RunRow,
  decisions: DecisionRow[],
): Static<typeof DunningPreview> {
  return {
    object: 'dunning_preview',
    run_date: run.run_date,
    customer_id: publicIdOrNull('customer', run.customer_id),
    item_count: run.item_count,
    escalated_count: run.escalated_count,
    notice_count: run.notice_count,
    decisions: decisions.slice(0, PREVIEW_DECISIONS_MAX).map(decisionToJson),
  }
}

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
      OpenItem,
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

export const InvoiceDunningSchema = named(
  'InvoiceDunning',
  Type.Object(
    {
      object: Type.Unsafe<'invoice_dunning'>(
        Type.String({
          description: 'What this is.',
          const: 'invoice_dunning',
          examples: ['invoice_dunning'],
        }),
      ),
      invoice_id: Id('invoice', 'The invoice.'),
      as_of_date: Day('The day of the explanation.'),
      level: Count('The highest level its items have reached.', { example: 1 }),
      items: List(
        Type.Object(
          {
            item_id: decisionFields.item_id,
            due_date: Day('Its due date.'),
            open_amount: Amount('What is open.'),
            level: Count('The level it has reached.', { example: 1 }),
            policy_id: Nullable(
              Id('dunning_policy', 'The policy that decides; null when none does.'),
            ),
            policy_version: Nullable(Count('Its version.', { minimum: 1 })),
            outcome: OneOf(outcomes, { description: 'What a run would do today.' }),
            reason: decisionFields.reason,
            reason_text: Text('The reason in words.', {
              maxLength: 200,
              example: decisionReasons.next_level_not_due,
            }),
            inputs: decisionFields.inputs,
            next_level: Nullable(Count('The next step.', { minimum: 1, example: 2 })),
            next_date: Nullable(
              Day(
                'When the next step may follow; null when only an event can bring it.',
                '2026-04-15',
              ),
            ),
          },
          { description: 'Where an open item stands and what comes next.' },
        ),
        { description: 'The items that are still open.', maxItems: 60 },
      ),
      history: List(
        Type.Object(
          {
            item_id: decisionFields.item_id,
            level: Count('The level reached.'),
            date: Day('When.', '2026-04-05'),
            days_overdue: Count('Days past the due date then.', { example: 5 }),
            notice_id: Id('dunning_notice', 'The notice that went with it.'),
          },
          { description: 'A step that was taken.' },
        ),
        { description: 'Every step, in order.', maxItems: 10_000 },
      ),
    },
    {
      description:
        'Why an invoice is where it is in dunning, what comes next, and what stands in the way.',
    },
  ),
)

/** The explanation as the API shows it. */
export const explanationToJson = ({
  invoiceId,
  today,
  level,
  items,
  steps,
}: InvoiceDunning): Static<typeof InvoiceDunningSchema> => ({
  object: 'invoice_dunning',
  invoice_id: publicId('invoice', invoiceId),
  as_of_date: today,
  level,
  items: items.map(({ item, decision, next }) => ({
    item_id: publicId('open_item', item.id),
    due_date: item.due_date,
    open_amount: item.open_amount,
    level: item.level,
    policy_id: publicIdOrNull('dunning_policy', item.policy?.id ?? null),
    policy_version: item.policy?.version ?? null,
    outcome: decision.outcome,
    reason: decision.reason,
    reason_text: decisionReasons[decision.reason],
    inputs: decision.inputs,
    next_level: next.level,
    next_date: next.date,
  })),
  history: steps.map((step) => ({
    item_id: publicId('open_item', step.item_id),
    level: step.level,
    date: step.step_date,
    days_overdue: step.days_overdue,
    notice_id: publicId('dunning_notice', step.notice_id),
  })),
})
