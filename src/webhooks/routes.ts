import { Type } from '@sinclair/typebox'
import { networks } from '../foundation/config.ts'
import type { Context } from '../foundation/http/context.ts'
import { Answer, command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { publicId, uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { secretsOf } from '../foundation/secrets.ts'
import { createEndpoint } from './create-endpoint.ts'
import { deleteEndpoint } from './delete-endpoint.ts'
import { disableEndpoint, enableEndpoint } from './disable-endpoint.ts'
import { findDelivery, listDeliveries, listEndpoints, requireEndpoint } from './queries.ts'
import { resendDelivery } from './resend-delivery.ts'
import { rotateSecret } from './rotate-secret.ts'
import {
  CreateWebhookEndpoint,
  DeliveryParams,
  deliveryToJson,
  ExternalIdParams,
  endpointToJson,
  endpointWithSecretToJson,
  GRACE_SECONDS_DEFAULT,
  RotateWebhookSecret,
  UpsertWebhookEndpoint,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookDeliveryQuery,
  WebhookEndpoint,
  WebhookEndpointList,
  WebhookEndpointPatch,
  WebhookEndpointQuery,
  WebhookEndpointWithSecret,
  WebhookTest,
} from './schema.ts'
import { createTargets } from './target.ts'
import { testEndpoint } from './test-endpoint.ts'
import { updateEndpoint } from './update-endpoint.ts'
import { upsertEndpoint } from './upsert-endpoint.ts'

const tag = 'Webhooks'
const params = IdParams('webhook_endpoint', 'webhook endpoint')
const url = '/v1/webhook-endpoints'
const locationOf = (id: string): { location: string } => ({
  location: `${url}/${publicId('webhook_endpoint', id)}`,
})

/** Telling others: endpoints, their secrets, and what became of each delivery. */
export function webhookRoutes(http: Http, context: Context): void {
  const targets = createTargets(networks(context.config.WEBHOOK_ALLOWED_CIDRS))

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
    work: async (tx, { params: { id }, body, ifMatch }, { refusal }) => {
      requireTarget(refusal)
      return endpointToJson(
        await updateEndpoint(tx, { id: uuidOf(id), patch: body, ifMatch }),
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
      const wanted = { description: null, metadata: {}, ...body, external_id, ifMatch }
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
    description: 'It gets what happens from now on. What was skipped meanwhile can be resent.',
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

  command(http, context, {
    method: 'POST',
    url: `${url}/:id/rotate-secret`,
    operationId: 'rotateWebhookSecret',
    tag,
    summary: 'Rotate the secret of a webhook endpoint',
    description:
      'The new secret is shown in this answer only. During the grace, messages carry a signature by each of the two, so that receivers can change over when it suits them.',
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

  command(http, context, {
    method: 'POST',
    url: `${url}/:id/test`,
    operationId: 'testWebhookEndpoint',
    tag,
    summary: 'Send a test event',
    description:
      'A `webhook_endpoint.test` event goes to this endpoint alone, whatever types it asked for. What became of it stands in the deliveries.',
    scope: 'webhooks:write',
    ifMatch: 'none',
    params,
    answers: { 202: WebhookTest },
    problems: ['webhook_endpoint_not_found', 'invalid_state'],
    work: async (tx, { params: { id } }) => {
      const eventId = publicId('event', await testEndpoint(tx, uuidOf(id)))
      const body = { object: 'webhook_test', webhook_endpoint_id: id, event_id: eventId }
      return new Answer(202, body, { location: `${url}/${id}/deliveries?event_id=${eventId}` })
    },
  })

  query(http, context, {
    method: 'GET',
    url: `${url}/:id/deliveries`,
    operationId: 'listWebhookDeliveries',
    tag,
    summary: 'List the deliveries of a webhook endpoint',
    description:
      'Newest first, with their latest attempts. Answers that were not 2xx are kept in part, with secrets blotted out.',
    scope: 'webhooks:read',
    params,
    query: WebhookDeliveryQuery,
    answers: { 200: WebhookDeliveryList },
    problems: ['webhook_endpoint_not_found', 'invalid_cursor'],
    work: async (reader, { params: { id }, query: filters }) => {
      const endpoint = await requireEndpoint(reader, uuidOf(id))
      return listToJson(await listDeliveries(reader, endpoint.id, filters), (row) =>
        deliveryToJson(row, reader.tenant.mode),
      )
    },
  })

  query(http, context, {
    method: 'GET',
    url: `${url}/:id/deliveries/:delivery_id`,
    operationId: 'getWebhookDelivery',
    tag,
    summary: 'Read a delivery',
    description: 'One endpoint’s copy of an event, with its latest attempts.',
    scope: 'webhooks:read',
    params: DeliveryParams,
    answers: { 200: WebhookDelivery },
    problems: ['webhook_endpoint_not_found', 'webhook_delivery_not_found'],
    work: async (reader, { params: { id, delivery_id } }) => {
      const endpoint = await requireEndpoint(reader, uuidOf(id))
      const delivery = await findDelivery(reader, endpoint.id, uuidOf(delivery_id))
      if (delivery === undefined) throw new Problem('webhook_delivery_not_found')
      return deliveryToJson(delivery, reader.tenant.mode)
    },
  })

  command(http, context, {
    method: 'POST',
    url: `${url}/:id/deliveries/:delivery_id/resend`,
    operationId: 'resendWebhookDelivery',
    tag,
    summary: 'Resend a delivery',
    description:
      'The same bytes under the same `webhook-id`, with a new timestamp and signature, at once.',
    scope: 'webhooks:write',
    ifMatch: 'none',
    params: DeliveryParams,
    answers: { 202: WebhookDelivery },
    problems: [
      'webhook_endpoint_not_found',
      'webhook_delivery_not_found',
      'delivery_not_resendable',
      'invalid_state',
    ],
    work: async (tx, { params: { id, delivery_id } }) => {
      const resent = await resendDelivery(tx, { endpointId: uuidOf(id), id: uuidOf(delivery_id) })
      const location = `${url}/${id}/deliveries/${delivery_id}`
      return new Answer(202, deliveryToJson(resent, tx.tenant.mode), { location })
    },
  })
}

function requireTarget(refusal: string | undefined): void {
  if (refusal === undefined) return
  throw new Problem('webhook_url_refused', {
    detail: `The URL is refused: ${refusal}.`,
    errors: [{ in: 'body', pointer: '#/url', code: 'refused', detail: refusal }],
  })
}
