import { Type } from '@sinclair/typebox'
import { Answer } from '../foundation/http/answer.ts'
import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { publicId, uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { secretsOf } from '../foundation/secrets.ts'
import { createEndpoint } from './create-endpoint.ts'
import { deleteEndpoint } from './delete-endpoint.ts'
import { disableEndpoint, enableEndpoint } from './disable-endpoint.ts'
import { readEndpointHealth } from './endpoint-health.ts'
import {
  CreateWebhookEndpoint,
  ExternalIdParams,
  endpointToJson,
  UpsertWebhookEndpoint,
  WebhookEndpoint,
  WebhookEndpointList,
  WebhookEndpointPatch,
  WebhookEndpointQuery,
} from './endpoint-schema.ts'
import { healthToJson, WebhookEndpointHealth } from './health-schema.ts'
import { listEndpoints, requireEndpoint } from './queries.ts'
import { endpointWithSecretToJson, WebhookEndpointWithSecret } from './secret-schema.ts'
import { targetsOf } from './target.ts'
import { CONCURRENCY_DEFAULT } from './timing.ts'
import { updateEndpoint } from './update-endpoint.ts'
import { upsertEndpoint } from './upsert-endpoint.ts'

const tag = 'Webhooks'
const params = IdParams('webhook_endpoint', 'webhook endpoint')
const url = '/v1/webhook-endpoints'
const locationOf = (id: string): { location: string } => ({
  location: `${url}/${publicId('webhook_endpoint', id)}`,
})

/** What a PUT leaves out. */
const defaults = {
  signature_versions: ['v1' as const],
  custom_headers: {},
  max_concurrency: CONCURRENCY_DEFAULT,
  throttle_rate: null,
  description: null,
  metadata: {},
}

/** Where events are sent. */
export function endpointRoutes(http: Http, context: Context): void {
  const targets = targetsOf(context.config)

  /** What an operation needs before its transaction: the keys, and the DNS's word on the URL. */
  const ahead = async ({ body }: { body: { url?: string } }) => ({
    secrets: await secretsOf(context),
    refusal: body.url === undefined ? undefined : await targets.refusalOf(body.url),
  })

  command(http, context, {
    method: 'POST',
    url,
    operationId: 'createWebhookEndpoint',
    tag,
    summary: 'Create a webhook endpoint',
    description:
      'It gets every event that happens from now on, at least once, in order per entity, signed as Standard Webhooks 1.0 has it. The signing secret is shown in this answer only.',
    scope: 'webhooks:write',
    body: CreateWebhookEndpoint,
    answers: { 201: WebhookEndpointWithSecret },
    problems: ['webhook_url_refused', 'external_id_taken', 'webhook_endpoint_limit'],
    secretAnswer: true,
    ahead,
    work: async (tx, { body }, { secrets, refusal }) => {
      requireTarget(refusal)
      const created = await createEndpoint(tx, secrets, body)
      return endpointWithSecretToJson({ ...created, formerValidUntil: null }, tx.tenant.mode)
    },
  })

  query(http, context, {
    method: 'GET',
    url,
    operationId: 'listWebhookEndpoints',
    tag,
    summary: 'List webhook endpoints',
    description: 'Newest first. Secrets are never shown.',
    scope: 'webhooks:read',
    query: WebhookEndpointQuery,
    answers: { 200: WebhookEndpointList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listEndpoints(reader, filters), (row) =>
        endpointToJson(row, reader.tenant.mode),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: `${url}/:id`,
    operationId: 'getWebhookEndpoint',
    tag,
    summary: 'Read a webhook endpoint',
    description: 'The secret is never shown; rotate it when it is lost.',
    scope: 'webhooks:read',
    params,
    answers: { 200: WebhookEndpoint },
    problems: ['webhook_endpoint_not_found'],
    work: async (reader, { params: { id } }) =>
      endpointToJson(await requireEndpoint(reader, uuidOf(id)), reader.tenant.mode),
  })

  query(http, context, {
    method: 'GET',
    url: `${url}/:id/health`,
    operationId: 'getWebhookEndpointHealth',
    tag,
    summary: 'Read how a webhook endpoint is doing',
    description: 'Whether it answers, since when it does not, and how much waits for it.',
    scope: 'webhooks:read',
    params,
    answers: { 200: WebhookEndpointHealth },
    problems: ['webhook_endpoint_not_found'],
    work: async (reader, { params: { id } }) =>
      healthToJson(uuidOf(id), await readEndpointHealth(reader, uuidOf(id))),
  })

  command(http, context, {
    method: 'PATCH',
    url: `${url}/:id`,
    operationId: 'updateWebhookEndpoint',
    tag,
    summary: 'Change a webhook endpoint',
    description:
      'A merge patch (RFC 7396). What waits to be sent goes to the new URL. A patch that changes nothing makes no version and announces nothing.',
    scope: 'webhooks:write',
    params,
    body: WebhookEndpointPatch,
    consumes: ['application/merge-patch+json', 'application/json'],
    answers: { 200: WebhookEndpoint },
    problems: ['webhook_endpoint_not_found', 'webhook_url_refused', 'external_id_taken'],
    ahead,
    work: async (tx, { params: { id }, body, ifMatch }, { secrets, refusal }) => {
      requireTarget(refusal)
      return endpointToJson(
        await updateEndpoint(tx, secrets, { id: uuidOf(id), patch: body, ifMatch }),
        tx.tenant.mode,
      )
    },
  })

  command(http, context, {
    method: 'PUT',
    url: `${url}/by-external-id/:external_id`,
    operationId: 'upsertWebhookEndpoint',
    tag,
    summary: 'Create or replace a webhook endpoint by external id',
    description:
      'Makes the endpoint what the body says, whether it exists (200) or not (201, with its secret, shown this once). What is left out is emptied.',
    scope: 'webhooks:write',
    params: ExternalIdParams,
    body: UpsertWebhookEndpoint,
    answers: { 200: WebhookEndpoint, 201: WebhookEndpointWithSecret },
    problems: ['webhook_url_refused', 'webhook_endpoint_limit'],
    ahead,
    work: async (tx, { params: { external_id }, body, ifMatch }, { secrets, refusal }) => {
      requireTarget(refusal)
      const wanted = { ...defaults, ...body, external_id, ifMatch }
      const { endpoint, secret } = await upsertEndpoint(tx, secrets, wanted)
      const { mode } = tx.tenant
      if (secret === null) return endpointToJson(endpoint, mode)
      const created = endpointWithSecretToJson({ endpoint, secret, formerValidUntil: null }, mode)
      return new Answer(201, created, locationOf(endpoint.id))
    },
  })

  command(http, context, {
    method: 'DELETE',
    url: `${url}/:id`,
    operationId: 'deleteWebhookEndpoint',
    tag,
    summary: 'Delete a webhook endpoint',
    description: 'What waits to be sent is cancelled and its secrets are gone.',
    scope: 'webhooks:write',
    params,
    answers: { 204: Type.Null({ description: 'Deleted.' }) },
    problems: ['webhook_endpoint_not_found'],
    work: async (tx, { params: { id }, ifMatch }) =>
      deleteEndpoint(tx, { id: uuidOf(id), ifMatch }),
  })

  command(http, context, {
    method: 'POST',
    url: `${url}/:id/enable`,
    operationId: 'enableWebhookEndpoint',
    tag,
    summary: 'Enable a webhook endpoint',
    description:
      'It gets what happens from now on. What was skipped meanwhile can be resent, all of it by `recover`.',
    scope: 'webhooks:write',
    params,
    answers: { 200: WebhookEndpoint },
    problems: ['webhook_endpoint_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, ifMatch }) =>
      endpointToJson(await enableEndpoint(tx, { id: uuidOf(id), ifMatch }), tx.tenant.mode),
  })

  command(http, context, {
    method: 'POST',
    url: `${url}/:id/disable`,
    operationId: 'disableWebhookEndpoint',
    tag,
    summary: 'Disable a webhook endpoint',
    description:
      'Nothing more is sent to it. What waits and what happens meanwhile becomes `skipped` and can be resent.',
    scope: 'webhooks:write',
    params,
    answers: { 200: WebhookEndpoint },
    problems: ['webhook_endpoint_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, ifMatch }) =>
      endpointToJson(
        await disableEndpoint(tx, { id: uuidOf(id), reason: 'requested', ifMatch }),
        tx.tenant.mode,
      ),
  })
}

function requireTarget(refusal: string | undefined): void {
  if (refusal === undefined) return
  throw new Problem('webhook_url_refused', {
    detail: `The URL is refused: ${refusal}.`,
    errors: [{ in: 'body', pointer: '#/url', code: 'refused', detail: refusal }],
  })
}
