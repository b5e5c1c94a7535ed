import { type Static, Type } from '@sinclair/typebox'
import {
  Body,
  Count,
  Day,
  Id,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Several,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { LEVELS_MAX } from '../policy.ts'
import { decisionReasons, outcomes } from '../reasons.ts'
import { type DecisionRow, decisionStatuses } from '../table.ts'

export const allReasons = Object.keys(decisionReasons) as (keyof typeof decisionReasons)[]

const Inputs = (description: string) =>
  Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    description,
    additionalProperties: true,
    examples: [{ days_overdue: 5, level_days: 5 }],
  })

export const decisionFields = {
  item_id: Id('open_item', 'The open item decided about.'),
  invoice_id: Nullable(Id('invoice', 'Its invoice; null for a charge.')),
  customer_id: Id('customer', 'Its customer.'),
  outcome: OneOf(outcomes, { description: 'What it comes to.' }),
  reason: OneOf(allReasons, { description: 'Why; a closed catalogue.' }),
  inputs: Inputs('The values that decided.'),
  from_level: Count('The level it was at.', { example: 0 }),
  to_level: Count('The level it is to reach.'),
  next_look_date: Nullable(
    Day(
      'The first day on which the answer may differ by itself; null when only an event can change it.',
    ),
  ),
}

const reviewFields = {
  reviewed_level: Nullable(
    Count('The lower level that a reviewer has chosen instead of `to_level`.', {
      minimum: 1,
      maximum: LEVELS_MAX,
    }),
  ),
  deadline_date: Nullable(
    Day('The deadline that a reviewer has chosen instead of the level’s.', '2026-04-19'),
  ),
}

const ExclusionReason = () =>
  Text('Why it was left out.', { maxLength: 500, example: 'has called, pays on Friday' })

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
      version: Count('Grows by one with every change; the ETag.', { minimum: 1 }),
      run_id: Id('dunning_run', 'The run it belongs to.'),
      ...decisionFields,
      courtesy_days: Nullable(
        Count('Of a courtesy: so many days before the due date.', {
          maximum: 365,
          example: 3,
        }),
      ),
      status: OneOf(decisionStatuses, {
        description:
          'What became of it. `recorded` when there was nothing to do; `proposed` while it waits for its release; `lapsed` when by then it was not due any more.',
      }),
      ...reviewFields,
      exclusion_reason: Nullable(ExclusionReason()),
      lapse_reason: Nullable(
        OneOf(allReasons, { description: 'Why it was not due any more.', examples: ['on_hold'] }),
      ),
      notice_id: Nullable(Id('dunning_notice', 'The notice that carried it out.')),
    },
    { description: 'Why an open item was or was not escalated, and what became of it.' },
  ),
)
export const DunningDecisionList = ListOf(DunningDecision)

/** A decision as the API shows it. */
export const decisionToJson = (decision: DecisionRow): Static<typeof DunningDecision> => ({
  id: publicId('dunning_decision', decision.id),
  object: 'dunning_decision',
  version: decision.version,
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
  courtesy_days: decision.courtesy,
  status: decision.status,
  reviewed_level: decision.reviewed_level,
  deadline_date: decision.deadline_date,
  exclusion_reason: decision.exclusion_reason,
  lapse_reason: decision.lapse_reason,
  notice_id: publicIdOrNull('dunning_notice', decision.notice_id),
})

export const DecisionQuery = Query({
  ...paging,
  outcome: Type.Optional(OneOf(outcomes, { description: 'Only this outcome.' })),
  status: Several(decisionStatuses, 'Only these statuses.'),
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
})

export const ReviewDunningDecision = named(
  'ReviewDunningDecision',
  Body(
    {
      reviewed_level: Type.Optional(reviewFields.reviewed_level),
      deadline_date: Type.Optional(reviewFields.deadline_date),
    },
    { description: 'What is to be done otherwise than proposed; null for as proposed.' },
  ),
)

const subject = {
  item_id: Type.Optional(Id('open_item', 'One item.')),
  customer_id: Type.Optional(Id('customer', 'Or everything of one customer.')),
}

export const ExcludeFromDunningRun = named(
  'ExcludeFromDunningRun',
  Body(
    { ...subject, reason: ExclusionReason() },
    { description: 'What is to be left out of a proposal, and why.' },
  ),
)
export const IncludeInDunningRun = named(
  'IncludeInDunningRun',
  Body(subject, { description: 'What is to be taken into a proposal again.' }),
)
