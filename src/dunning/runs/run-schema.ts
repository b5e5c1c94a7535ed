import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
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
  Several,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { type DecisionRow, type RunRow, runStatuses } from '../table.ts'
import { DunningDecision, decisionToJson } from './decision-schema.ts'

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
  proposed_count: Count('Items it has proposed for a person to release.', { example: 5 }),
  escalated_count: Count('Items it has lifted to a level.', { example: 17 }),
  notice_count: Count('Notices it has issued, courtesies included.', { example: 12 }),
}

export const DunningRun = named(
  'DunningRun',
  Type.Object(
    {
      ...resourceFields('dunning_run'),
      trigger: OneOf(['schedule', 'request'], { description: 'The timetable, or somebody.' }),
      status: OneOf(runStatuses, {
        description:
          'How far it is. `proposed` waits for a person to release or discard it; `releasing`, `discarding` and `reversing` are under way.',
        examples: ['completed'],
      }),
      ...runFields,
      reversed_count: Count('Notices of it that were taken back with it.'),
      reversal_reason: Nullable(
        Text('Why it was reversed.', { maxLength: 500, example: 'wrong prices' }),
      ),
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
  proposed_count: run.proposed_count,
  escalated_count: run.escalated_count,
  notice_count: run.notice_count,
  reversed_count: run.reversed_count,
  reversal_reason: run.reversal_reason,
  created_at: run.created_at,
  updated_at: run.updated_at,
})

export const RunQuery = Query({
  ...paging,
  status: Several(runStatuses, 'Only these statuses.'),
  run_date_gte: Type.Optional(Day('Runs on or after.')),
  run_date_lte: Type.Optional(Day('Runs on or before.')),
})
export const StartRunQuery = Query({ ...dryRun })

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
    proposed_count: run.proposed_count,
    escalated_count: run.escalated_count,
    notice_count: run.notice_count,
    decisions: decisions.slice(0, PREVIEW_DECISIONS_MAX).map(decisionToJson),
  }
}

export const DunningReview = named(
  'DunningReview',
  Type.Object(
    {
      object: Type.Unsafe<'dunning_review'>(
        Type.String({
          description: 'What this is.',
          const: 'dunning_review',
          examples: ['dunning_review'],
        }),
      ),
      run_id: Id('dunning_run', 'The run that is reviewed.'),
      decision_count: Count('Decisions that were left out or taken in again.', { example: 3 }),
    },
    { description: 'How much of a proposal a review has changed.' },
  ),
)

/** What a review has changed, as the API shows it. */
export const reviewToJson = (runId: string, count: number): Static<typeof DunningReview> => ({
  object: 'dunning_review',
  run_id: publicId('dunning_run', runId),
  decision_count: count,
})
