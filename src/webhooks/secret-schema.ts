import { type Static, Type } from '@sinclair/typebox'
import { At, Body, Count, Id, List, Nullable, named, ref } from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import { endpointFields, endpointToJson } from './endpoint-schema.ts'
import type { EndpointRow, SecretRow } from './table.ts'

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

/** The longest a former secret may live on, seconds: a week. */
export const GRACE_SECONDS_MAX = 604_800
/** How long it lives on unless told otherwise, seconds: a day. */
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

const PublicKey = named(
  'WebhookPublicKey',
  Type.Object(
    {
      key: Type.String({
        description: 'The key: `whpk_` and the base64 of its 32 bytes.',
        pattern: '^whpk_[A-Za-z0-9+/]{43}=$',
        maxLength: 49,
        examples: ['whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='],
      }),
      created_at: At('When it began to sign; real time.'),
      valid_until: Nullable(
        At('When a former key ends; real time. Null for the current one, which has no end yet.'),
      ),
    },
    { description: 'An ed25519 key that verifies `v1a` signatures.' },
  ),
)

/** The public halves of an endpoint's keys. */
export const WebhookPublicKeys = named(
  'WebhookPublicKeys',
  Type.Object(
    {
      object: Type.Unsafe<'webhook_public_keys'>(
        Type.String({
          description: 'What this is.',
          const: 'webhook_public_keys',
          examples: ['webhook_public_keys'],
        }),
      ),
      webhook_endpoint_id: Id('webhook_endpoint', 'The endpoint.'),
      keys: List(ref(PublicKey), {
        description:
          'The current key first. Empty unless the endpoint’s `signature_versions` have `v1a`.',
        maxItems: 5,
      }),
    },
    { description: 'The keys that verify the `v1a` signatures of an endpoint’s messages.' },
  ),
)

/** An endpoint with the secret that is shown once. */
export const endpointWithSecretToJson = (
  {
    endpoint,
    secret,
    formerValidUntil,
  }: { endpoint: EndpointRow; secret: string; formerValidUntil: string | null },
  mode: 'live' | 'test',
): Static<typeof WebhookEndpointWithSecret> => ({
  ...endpointToJson(endpoint, mode),
  secret,
  previous_secret_valid_until: formerValidUntil,
})

/** The public keys of an endpoint as the API shows them. */
export const publicKeysToJson = (
  endpointId: string,
  rows: readonly SecretRow[],
): Static<typeof WebhookPublicKeys> => ({
  object: 'webhook_public_keys',
  webhook_endpoint_id: publicId('webhook_endpoint', endpointId),
  keys: rows.map(({ public_key, created_at, valid_until }) => ({
    key: public_key as string,
    created_at,
    valid_until,
  })),
})
