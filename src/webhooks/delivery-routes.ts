import { Answer } from '../foundation/http/answer.ts'
import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { publicId, uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import {
  DeliveryParams,
  deliveryToJson,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookDeliveryQuery,
  WebhookDeliverySearch,
  WebhookTest,
} from './delivery-schema.ts'
import { findDelivery, requireEndpoint } from './queries.ts'
import { resendDelivery } from './resend-delivery.ts'
import { searchDeliveries } from './search-deliveries.ts'
import { testEndpoint } from './test-endpoint.ts'

const tag = 'Webhooks'
const params = IdParams('webhook_endpoint', 'webhook endpoint')
const url = '/v1/webhook-endpoints'

/** What became of each delivery, and sending one on request. */
export function deliveryRoutes(http: Http, context: Context): void {
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
    url: '/v1/webhook-deliveries',
    operationId: 'searchWebhookDeliveries',
    tag,
    summary: 'Search the deliveries of all webhook endpoints',
    description:
      'Newest first, with their latest attempts. Kept for 30 days after they ended. Time, type, event and resource are found by an index; narrow a search by status or answer with one of them.',
    scope: 'webhooks:read',
    query: WebhookDeliverySearch,
    answers: { 200: WebhookDeliveryList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await searchDeliveries(reader, filters), (row) =>
        deliveryToJson(row, reader.tenant.mode),
      ),
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
      const narrowed = {
        ...filters,
        webhook_endpoint_id: publicId('webhook_endpoint', endpoint.id),
      }
      return listToJson(await searchDeliveries(reader, narrowed), (row) =>
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
