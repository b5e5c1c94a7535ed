import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import {
  Body,
  Count,
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
} from '../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../foundation/id.ts'
import { decisionReasons, outcomes } from './reasons.ts'
import type { DecisionRow, RunRow } from './table.ts'

export const allReasons = Object.keys(decisionReasons) as (keyof typeof decisionReasons)[]
const Inputs = (description: string) =>
  Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    description,
    additionalProperties: true,
    examples: [{ days_overdue: 5, level_days: 5 }],
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

export const decisionFields = {
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
