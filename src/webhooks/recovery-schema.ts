import { type Static, Type } from '@sinclair/typebox'
import {
  At,
  Body,
  Id,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Several,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import { MAX_AMOUNT } from '../foundation/money.ts'
import type { RecoveryRow } from './table.ts'

export const recoveryStatuses = ['queued', 'running', 'succeeded', 'cancelled'] as const

const Since = () =>
  At(
    'Only what happened at or after this instant; real time, and within the last 30 days, since deliveries are not kept for longer.',
  )
const Until = () => At('Only what happened before this instant; real time. By default now.')

const Tally = (description: string) =>
  Type.Integer({
    description,
    format: 'int64',
    minimum: 0,
    maximum: MAX_AMOUNT,
    examples: [1_204],
  })

/** What an endpoint is to be sent after all. */
export const WebhookRecovery = named(
  'WebhookRecovery',
  Type.Object(
    {
      ...resourceFields('webhook_recovery'),
      webhook_endpoint_id: Id('webhook_endpoint', 'The endpoint.'),
      scope: OneOf(['undelivered', 'missing'], {
        description:
          '`undelivered` is what failed or was skipped; `missing` besides what the endpoint wants by its `event_types` of now and there was never a delivery of.',
      }),
      since: Since(),
      until: At('Only what happened before this instant; real time.'),
      status: OneOf(recoveryStatuses, {
        description: '`cancelled` when the endpoint was disabled or deleted before the end.',
      }),
      resent_count: Tally('Deliveries that were put on their way so far.'),
      finished_at: Nullable(At('When it ended.')),
    },
    {
      description:
        'A webhook endpoint catches up: what it has not got of a stretch of time is sent, in order per entity, under the same `webhook-id` and with the same bytes.',
    },
  ),
)
export const WebhookRecoveryList = ListOf(WebhookRecovery)

export const RecoverWebhooks = named(
  'RecoverWebhooks',
  Body(
    { since: Since(), until: Type.Optional(Until()) },
    { description: 'Of which stretch of time an endpoint is to be sent what it has not got.' },
  ),
)

/** What a rehearsal answers. */
export const WebhookRecoveryPreview = named(
  'WebhookRecoveryPreview',
  Type.Object(
    {
      object: Type.Unsafe<'webhook_recovery_preview'>(
        Type.String({
          description: 'What this is.',
          const: 'webhook_recovery_preview',
          examples: ['webhook_recovery_preview'],
        }),
      ),
      webhook_endpoint_id: Id('webhook_endpoint', 'The endpoint.'),
      matched_count: Tally('Deliveries that would be put on their way.'),
    },
    { description: 'How much an endpoint would be sent. Nothing has been sent.' },
  ),
)

export const WebhookRecoveryQuery = Query({
  ...paging,
  webhook_endpoint_id: Type.Optional(Id('webhook_endpoint', 'Only those of this endpoint.')),
  status: Several(recoveryStatuses, 'Only those in these states.'),
})

/** A recovery as the API and its events show it. */
export const recoveryToJson = (
  row: RecoveryRow,
  mode: 'live' | 'test',
): Static<typeof WebhookRecovery> => ({
  id: publicId('webhook_recovery', row.id),
  object: 'webhook_recovery',
  version: row.version,
  livemode: mode === 'live',
  webhook_endpoint_id: publicId('webhook_endpoint', row.endpoint_id),
  scope: row.scope,
  since: row.since,
  until: row.until,
  status: row.status,
  resent_count: row.resent_count,
  finished_at: row.finished_at,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
