import { type Static, Type } from '@sinclair/typebox'
import {
  At,
  Body,
  ExternalId,
  ListOf,
  Metadata,
  MetadataPatch,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Several,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import {
  Concurrency,
  CustomHeaderHints,
  CustomHeaders,
  CustomHeadersPatch,
  Description,
  EventTypes,
  SignatureVersions,
  Throttle,
  Url,
} from './endpoint-fields.ts'
import type { EndpointRow } from './table.ts'

export const endpointStatuses = ['enabled', 'disabled'] as const

export const endpointFields = {
  ...resourceFields('webhook_endpoint'),
  external_id: Nullable(ExternalId("The caller's own id.", 'erp-production')),
  url: Url(),
  event_types: EventTypes(),
  signature_versions: SignatureVersions(),
  custom_headers: CustomHeaderHints(),
  max_concurrency: Concurrency(),
  throttle_rate: Nullable(Throttle()),
  description: Nullable(Description()),
  status: OneOf(['enabled', 'disabled', 'deleted'], {
    description:
      'A disabled endpoint gets `skipped` deliveries, which can be resent. `deleted` shows in events only.',
  }),
  disabled_reason: Nullable(
    OneOf(['requested', 'gone', 'failing'], {
      description:
        'On request, because it answered 410 or `webhook-delivery: disable`, or after five days of nothing but failures.',
    }),
  ),
  disabled_at: Nullable(At('When it was disabled; real time.')),
  failing_since: Nullable(
    At(
      'Since when nothing but failures came back; real time. Set after two and a half days of them, with `webhook_endpoint.failing`, and null again after the first success.',
    ),
  ),
  metadata: Metadata,
}

/** Where a tenant wants events sent. */
export const WebhookEndpoint = named(
  'WebhookEndpoint',
  Type.Object(endpointFields, { description: 'Where events are sent. It never shows its secret.' }),
)
export const WebhookEndpointList = ListOf(WebhookEndpoint)

const options = {
  signature_versions: Type.Optional(SignatureVersions()),
  max_concurrency: Type.Optional(Concurrency()),
  throttle_rate: Type.Optional(Nullable(Throttle())),
}

const wanted = {
  url: Url(),
  event_types: EventTypes(),
  ...options,
  custom_headers: Type.Optional(CustomHeaders()),
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
    description:
      'What an endpoint should be. What is left out takes its default; the secret stays.',
  }),
)

export const WebhookEndpointPatch = named(
  'WebhookEndpointPatch',
  Body(
    {
      url: Type.Optional(Url()),
      event_types: Type.Optional(EventTypes()),
      ...options,
      custom_headers: Type.Optional(CustomHeadersPatch()),
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
  signature_versions: row.signature_versions,
  custom_headers: Object.fromEntries(
    Object.entries(row.custom_headers).map(([name, { hint }]) => [name, hint]),
  ),
  max_concurrency: row.max_concurrency,
  throttle_rate: row.throttle_rate,
  description: row.description,
  status: row.status,
  disabled_reason: row.disabled_reason,
  disabled_at: row.disabled_at,
  failing_since: row.warned_at === null ? null : row.outage_since,
  metadata: row.metadata,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
