import { type Static, Type } from '@sinclair/typebox'
import { allEventTypes } from '../events/catalogue.ts'
import {
  At,
  Body,
  Count,
  ExternalId,
  Id,
  List,
  ListOf,
  Metadata,
  MetadataPatch,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  resourceFields,
  Several,
  Text,
  YesNo,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import { MAX_AMOUNT } from '../foundation/money.ts'
import { eventTypeFilters } from './event-types.ts'
import type { DeliveryRow, EndpointRow } from './table.ts'
import { URL_LENGTH_MAX } from './target.ts'

export const endpointStatuses = ['enabled', 'disabled'] as const
export const deliveryStatuses = ['pending', 'delivered', 'failed', 'skipped', 'cancelled'] as const

/** An endpoint may ask for so many filters. */
const FILTERS_MAX = 100

const Url = () =>
  Type.String({
    description:
      'Where events are sent: https on port 443 or 8443 and a public address; networks the operator allowed over http and on any port too.',
    format: 'text',
    minLength: 10,
    maxLength: URL_LENGTH_MAX,
    examples: ['https://erp.example.com/hooks/receivables'],
  })

const EventTypes = () =>
  Type.Unsafe<string[]>({
    type: 'array',
    description: 'What is sent: `*` for everything, `invoice.*` for a kind, or single types.',
    minItems: 1,
    maxItems: FILTERS_MAX,
    items: { type: 'string', enum: eventTypeFilters, description: 'A filter.' },
    examples: [['invoice.*', 'dunning.level_changed']],
  })

const Description = () => Text('What it is for.', { maxLength: 500, example: 'ERP, production' })

const endpointFields = {
  ...resourceFields('webhook_endpoint'),
  external_id: Nullable(ExternalId("The caller's own id.", 'erp-production')),
  url: Url(),
  event_types: EventTypes(),
  description: Nullable(Description()),
  status: OneOf(['enabled', 'disabled', 'deleted'], {
    description:
      'A disabled endpoint gets `skipped` deliveries, which can be resent. `deleted` shows in events only.',
  }),
  disabled_reason: Nullable(
    OneOf(['requested', 'gone', 'failing'], {
      description:
        'On request, because it answered 410, or after five days of nothing but failures.',
    }),
  ),
  disabled_at: Nullable(At('When it was disabled; real time.')),
  metadata: Metadata,
}

/** Where a tenant wants events sent. */
export const WebhookEndpoint = named(
  'WebhookEndpoint',
  Type.Object(endpointFields, { description: 'Where events are sent. It never shows its secret.' }),
)
export const WebhookEndpointList = ListOf(WebhookEndpoint)

const Secret = () =>
  Type.String({
    description:
      'The signing secret (Standard Webhooks, HMAC-SHA256). It is shown this once; an endpoint that existed already shows none.',
    maxLength: 60,
    pattern: '^whsec_[A-Za-z0-9+/=]{44}$',
    examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='],
  })

export const WebhookEndpointWithSecret = named(
  'WebhookEndpointWithSecret',
  Type.Object(
    {
      ...endpointFields,
      secret: Secret(),
      previous_secret_valid_until: Nullable(
        At('Until when messages carry signatures of the former secret too; real time.'),
      ),
    },
    { description: 'An endpoint and its new secret.' },
  ),
)

const wanted = {
  url: Url(),
  event_types: EventTypes(),
  description: Type.Optional(Nullable(Description())),
  metadata: Type.Optional(Metadata),
}

export const CreateWebhookEndpoint = named(
  'CreateWebhookEndpoint',
  Body(
    {
      ...wanted,
      external_id: Type.Optional(Nullable(ExternalId("The caller's own id.", 'erp-production'))),
    },
    {
      description: 'A new webhook endpoint. It gets every event that happens after it was created.',
    },
  ),
)

export const UpsertWebhookEndpoint = named(
  'UpsertWebhookEndpoint',
  Body(wanted, {
    description: 'What an endpoint should be. Fields that are left out stay as they are.',
  }),
)

export const WebhookEndpointPatch = named(
  'WebhookEndpointPatch',
  Body(
    {
      url: Type.Optional(Url()),
      event_types: Type.Optional(EventTypes()),
      description: Type.Optional(Nullable(Description())),
      external_id: Type.Optional(Nullable(ExternalId("The caller's own id.", 'erp-production'))),
      metadata: Type.Optional(MetadataPatch),
    },
    { description: 'A merge patch (RFC 7396) of an endpoint.' },
  ),
)

export const WebhookEndpointQuery = Query({
  ...paging,
  status: Several(endpointStatuses, 'Only endpoints in these states.'),
  external_id: Type.Optional(ExternalId("The caller's own id.", 'erp-production')),
})

/** The most days a former secret may live on. */
export const GRACE_SECONDS_MAX = 604_800
export const GRACE_SECONDS_DEFAULT = 86_400

export const RotateWebhookSecret = named(
  'RotateWebhookSecret',
  Body(
    {
      grace_seconds: Type.Optional(
        Count('How long the former secret keeps signing too. 0 ends it at once.', {
          maximum: GRACE_SECONDS_MAX,
          example: GRACE_SECONDS_DEFAULT,
        }),
      ),
    },
    { description: 'How a secret is replaced. An empty body takes the default, one day.' },
  ),
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
          '`failed` after the last attempt, `skipped` while the endpoint was disabled, `cancelled` when it was deleted.',
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
    { description: 'One endpoint’s copy of an event, and what became of it.' },
  ),
)
export const WebhookDeliveryList = ListOf(WebhookDelivery)

export const WebhookDeliveryQuery = Query({
  ...paging,
  status: Several(deliveryStatuses, 'Only deliveries in these states.'),
  event_type: Several(allEventTypes, 'Only events of these types.'),
  event_id: Type.Optional(Id('event', 'Only deliveries of this event.')),
})

export const DeliveryParams = Type.Object(
  {
    id: Id('webhook_endpoint', 'The webhook endpoint.'),
    delivery_id: Id('webhook_delivery', 'The delivery.'),
  },
  { additionalProperties: false },
)

export const ExternalIdParams = Type.Object(
  { external_id: ExternalId("The caller's own id.", 'erp-production') },
  { additionalProperties: false },
)

type Mode = 'live' | 'test'

/** An endpoint as the API and its events show it. */
export const endpointToJson = (row: EndpointRow, mode: Mode): Static<typeof WebhookEndpoint> => ({
  id: publicId('webhook_endpoint', row.id),
  object: 'webhook_endpoint',
  version: row.version,
  livemode: mode === 'live',
  external_id: row.external_id,
  url: row.url,
  event_types: row.event_types,
  description: row.description,
  status: row.status,
  disabled_reason: row.disabled_reason,
  disabled_at: row.disabled_at,
  metadata: row.metadata,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

/** An endpoint with the secret that is shown once. */
export const endpointWithSecretToJson = (
  {
    endpoint,
    secret,
    formerValidUntil,
  }: { endpoint: EndpointRow; secret: string; formerValidUntil: string | null },
  mode: Mode,
): Static<typeof WebhookEndpointWithSecret> => ({
  ...endpointToJson(endpoint, mode),
  secret,
  previous_secret_valid_until: formerValidUntil,
})

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
