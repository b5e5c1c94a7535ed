import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { secretsOf } from '../foundation/secrets.ts'
import { publicKeysOf } from './endpoint-secrets.ts'
import { requireEndpoint } from './queries.ts'
import { rotateSecret } from './rotate-secret.ts'
import {
  endpointWithSecretToJson,
  GRACE_SECONDS_DEFAULT,
  publicKeysToJson,
  RotateWebhookSecret,
  WebhookEndpointWithSecret,
  WebhookPublicKeys,
} from './secret-schema.ts'

const tag = 'Webhooks'
const params = IdParams('webhook_endpoint', 'webhook endpoint')
const url = '/v1/webhook-endpoints'

/** What messages are signed with. */
export function secretRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: `${url}/:id/rotate-secret`,
    operationId: 'rotateWebhookSecret',
    tag,
    summary: 'Rotate the secret of a webhook endpoint',
    description:
      'The new secret is shown in this answer only. During the grace, messages carry a signature by each of the two, so that receivers can change over when it suits them. Where `v1a` is asked for, the keys are replaced with the same grace.',
    scope: 'webhooks:write',
    params,
    body: RotateWebhookSecret,
    answers: { 200: WebhookEndpointWithSecret },
    problems: ['webhook_endpoint_not_found'],
    secretAnswer: true,
    ahead: () => secretsOf(context),
    work: async (tx, { params: { id }, body, ifMatch }, secrets) => {
      const graceSeconds = body?.grace_seconds ?? GRACE_SECONDS_DEFAULT
      const rotated = await rotateSecret(tx, secrets, { id: uuidOf(id), graceSeconds, ifMatch })
      return endpointWithSecretToJson(rotated, tx.tenant.mode)
    },
  })

  query(http, context, {
    method: 'GET',
    url: `${url}/:id/public-keys`,
    operationId: 'listWebhookPublicKeys',
    tag,
    summary: 'Read the public keys of a webhook endpoint',
    description:
      'The ed25519 keys that verify `v1a` signatures: the current one and, during a rotation, former ones with their end.',
    scope: 'webhooks:read',
    params,
    answers: { 200: WebhookPublicKeys },
    problems: ['webhook_endpoint_not_found'],
    work: async (reader, { params: { id } }) => {
      const endpoint = await requireEndpoint(reader, uuidOf(id))
      return publicKeysToJson(endpoint.id, await publicKeysOf(reader, endpoint.id))
    },
  })
}
