import { Type } from '@sinclair/typebox'
import { Count, Id, Nullable, named, OneOf, Text } from '../../foundation/http/schema.ts'
import { OpenItem } from '../../ledger/schema.ts'
import { allReasons } from '../runs/decision-schema.ts'

/** Why a level changed: a decision escalated it, the notice that had is reversed, or it is due on another day. */
export const levelReasons = [
  ...allReasons,
  'notice_reversed',
  'item_deferred',
  'deferral_revoked',
  'taken_over',
] as const
export type LevelReason = (typeof levelReasons)[number]

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
        cycle: Count(
          'Which course of its escalation it is in; a reversed notice or an agreed later due date begins another.',
          {
            minimum: 1,
          },
        ),
        notice_id: Nullable(
          Id(
            'dunning_notice',
            'The notice that goes with it, or that was reversed; null without one.',
          ),
        ),
        run_id: Nullable(Id('dunning_run', 'The run that issued the notice; null without one.')),
        policy_id: Id('dunning_policy', 'The policy it follows.'),
        policy_version: Count('The version of the policy.', { minimum: 1 }),
        reason: OneOf(levelReasons, { description: 'Why the level changed.' }),
      }),
    ],
    { description: 'An open item whose dunning level has changed, and why.' },
  ),
)
