import { type Static, Type } from '@sinclair/typebox'
import { allEventTypes } from '../events/catalogue.ts'
import {
  At,
  Count,
  exampleId,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  Several,
  YesNo,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import { MAX_AMOUNT } from '../foundation/money.ts'
import { eventTypeFilters } from './event-types.ts'
import type { DeliveryRow } from './table.ts'

export const deliveryStatuses = ['pending', 'delivered', 'failed', 'skipped', 'cancelled'] as const

const Reason = () =>
  Type.String({
    description: 'Why there was no 2xx answer, in a few words.',
    maxLength: 300,
    format: 'text',
    examples: ['timeout'],
  })
const StatusCode = () =>
  Count('The HTTP status of the answer.', { minimum: 100, maximum: 999, example: 503 })
const Latency = () => Count('How long it took, milliseconds.', { example: 41 })

/** One try. */
export const WebhookAttempt = named(
  'WebhookAttempt',
  Type.Object(
    {
      attempt: Count('Counts from one, over retries and resends.', { minimum: 1 }),
      at: At('When it was made; real time.'),
      status_code: Nullable(StatusCode()),
      error: Nullable(Reason()),
      latency_ms: Latency(),
      response: Nullable(
        Type.String({
          description:
            'The beginning of an answer that was not 2xx, secrets blotted out; never of private targets.',
          maxLength: 1100,
          format: 'text',
          examples: ['Service Unavailable'],
        }),
      ),
    },
    { description: 'One try to deliver.' },
  ),
)

/** One endpoint's copy of an event. */
export const WebhookDelivery = named(
  'WebhookDelivery',
  Type.Object(
    {
      id: Id('webhook_delivery', 'The id.'),
      object: Type.Unsafe<'webhook_delivery'>(
        Type.String({
          description: 'What this is.',
          const: 'webhook_delivery',
          examples: ['webhook_delivery'],
        }),
      ),
      version: Count('Grows by one with every change; the ETag.', { minimum: 1 }),
      livemode: YesNo('False in a test tenant.'),
      webhook_endpoint_id: Id('webhook_endpoint', 'The endpoint.'),
      event_id: Id('event', 'The event; it is the `webhook-id`.'),
      event_type: OneOf(allEventTypes, {
        description: 'What happened. New types may be added.',
        examples: ['invoice.issued'],
      }),
      event_sequence: Type.Integer({
        description: 'The event’s position in the feed.',
        format: 'int64',
        minimum: 1,
        maximum: MAX_AMOUNT,
        examples: [48213],
      }),
      status: OneOf(deliveryStatuses, {
        description:
          '`failed` after the last attempt or when the receiver asked for no more, `skipped` while the endpoint was disabled, `cancelled` when it was deleted.',
      }),
      attempt_count: Count('Attempts so far.'),
      last_status_code: Nullable(StatusCode()),
      last_error: Nullable(Reason()),
      last_latency_ms: Nullable(Latency()),
      last_attempt_at: Nullable(At('When it was last tried; real time.')),
      next_attempt_at: Nullable(
        At(
          'When it is tried again; real time. Null when it is not, or waits behind an earlier event of the same entity.',
        ),
      ),
      attempts: List(ref(WebhookAttempt), {
        description: 'The latest attempts, oldest first.',
        maxItems: 50,
      }),
      created_at: At('When the event reached the endpoint’s queue; real time.'),
      updated_at: At('When it last changed; real time.'),
    },
    {
      description:
        'One endpoint’s copy of an event, and what became of it. Forgotten 30 days after it ended.',
    },
  ),
)
export const WebhookDeliveryList = ListOf(WebhookDelivery)

const searched = {
  ...paging,
  status: Several(deliveryStatuses, 'Only deliveries in these states.'),
  event_type: Several(
    eventTypeFilters,
    'Only events of these types; `invoice.*` is all of a kind.',
  ),
  event_id: Type.Optional(Id('event', 'Only deliveries of this event.')),
  entity_id: Type.Optional(
    Type.String({
      description: 'Only deliveries of what happened to this resource.',
      pattern: '^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$',
      minLength: 30,
      maxLength: 30,
      examples: [exampleId('invoice')],
    }),
  ),
  last_status_code: Type.Optional(StatusCode()),
  created_at_gte: Type.Optional(At('Only what reached the queue at or after this instant.')),
  created_at_lt: Type.Optional(At('Only what reached the queue before this instant.')),
  last_attempt_at_gte: Type.Optional(At('Only what was last tried at or after this instant.')),
  last_attempt_at_lt: Type.Optional(At('Only what was last tried before this instant.')),
}

/** How the deliveries of one endpoint are searched. */
export const WebhookDeliveryQuery = Query(searched)

/** How the deliveries of all endpoints are searched. */
export const WebhookDeliverySearch = Query({
  ...searched,
  webhook_endpoint_id: Type.Optional(Id('webhook_endpoint', 'Only deliveries to this endpoint.')),
})

export const DeliveryParams = Type.Object(
  {
    id: Id('webhook_endpoint', 'The webhook endpoint.'),
    delivery_id: Id('webhook_delivery', 'The delivery.'),
  },
  { additionalProperties: false },
)

/** What a test sent. */
export const WebhookTest = named(
  'WebhookTest',
  Type.Object(
    {
      object: Type.Unsafe<'webhook_test'>(
        Type.String({
          description: 'What this is.',
          const: 'webhook_test',
          examples: ['webhook_test'],
        }),
      ),
      webhook_endpoint_id: Id('webhook_endpoint', 'The endpoint.'),
      event_id: Id(
        'event',
        'The `webhook_endpoint.test` event on its way; deliveries can be filtered by it.',
      ),
    },
    { description: 'A test event that is on its way.' },
  ),
)

type Mode = 'live' | 'test'

/** A delivery as the API shows it. */
export const deliveryToJson = (row: DeliveryRow, mode: Mode): Static<typeof WebhookDelivery> => ({
  id: publicId('webhook_delivery', row.id),
  object: 'webhook_delivery',
  version: row.version,
  livemode: mode === 'live',
  webhook_endpoint_id: publicId('webhook_endpoint', row.endpoint_id),
  event_id: publicId('event', row.event_id),
  event_type: row.event_type as Static<typeof WebhookDelivery>['event_type'],
  event_sequence: row.position,
  status: row.status,
  attempt_count: row.attempt_count,
  last_status_code: row.last_status_code,
  last_error: row.last_error,
  last_latency_ms: row.last_latency_ms,
  last_attempt_at: row.last_attempt_at,
  next_attempt_at: row.next_attempt_at,
  attempts: row.attempts,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
