import type { Tx } from '../foundation/database/commit.ts'
import { Answer } from '../foundation/http/answer.ts'
import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { dryRun, IdParams, Query } from '../foundation/http/schema.ts'
import { publicId, uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { type CreateRecovery, createRecovery, previewRecovery } from './create-recovery.ts'
import { findRecovery, listRecoveries } from './queries.ts'
import {
  RecoverWebhooks,
  recoveryToJson,
  WebhookRecovery,
  WebhookRecoveryList,
  WebhookRecoveryPreview,
  WebhookRecoveryQuery,
} from './recovery-schema.ts'

const tag = 'Webhooks'
const url = '/v1/webhook-recoveries'

/** Catching up after an outage. */
export function recoveryRoutes(http: Http, context: Context): void {
  const both = {
    method: 'POST',
    tag,
    scope: 'webhooks:write',
    ifMatch: 'none',
    params: IdParams('webhook_endpoint', 'webhook endpoint'),
    query: Query(dryRun),
    body: RecoverWebhooks,
    answers: { 202: WebhookRecovery, 200: WebhookRecoveryPreview },
    problems: ['webhook_endpoint_not_found', 'webhook_recovery_in_progress', 'invalid_state'],
  } as const

  command(http, context, {
    ...both,
    url: '/v1/webhook-endpoints/:id/recover',
    operationId: 'recoverWebhookEndpoint',
    summary: 'Resend what failed or was skipped',
    description:
      'Everything the endpoint failed to take, or was skipped while it was disabled, goes on its way again in order per entity. With `dry_run=true` it is counted only.',
    work: (tx, { params: { id }, body, query: { dry_run } }) =>
      recover(tx, { ...body, endpointId: uuidOf(id), scope: 'undelivered' }, dry_run),
  })

  command(http, context, {
    ...both,
    url: '/v1/webhook-endpoints/:id/replay-missing',
    operationId: 'replayMissingWebhooks',
    summary: 'Send what an endpoint never got',
    description:
      'Everything the endpoint wants by its `event_types` of now and has not got: also what happened before it was created or asked for it. With `dry_run=true` it is counted only.',
    work: (tx, { params: { id }, body, query: { dry_run } }) =>
      recover(tx, { ...body, endpointId: uuidOf(id), scope: 'missing' }, dry_run),
  })

  query(http, context, {
    method: 'GET',
    url,
    operationId: 'listWebhookRecoveries',
    tag,
    summary: 'List webhook recoveries',
    description: 'Newest first.',
    scope: 'webhooks:read',
    query: WebhookRecoveryQuery,
    answers: { 200: WebhookRecoveryList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listRecoveries(reader, filters), (row) =>
        recoveryToJson(row, reader.tenant.mode),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: `${url}/:id`,
    operationId: 'getWebhookRecovery',
    tag,
    summary: 'Read a webhook recovery',
    description: 'How far it has come.',
    scope: 'webhooks:read',
    params: IdParams('webhook_recovery', 'webhook recovery'),
    answers: { 200: WebhookRecovery },
    problems: ['webhook_recovery_not_found'],
    work: async (reader, { params: { id } }) => {
      const recovery = await findRecovery(reader, uuidOf(id))
      if (recovery === undefined) throw new Problem('webhook_recovery_not_found')
      return recoveryToJson(recovery, reader.tenant.mode)
    },
  })
}

async function recover(tx: Tx, wish: CreateRecovery, isRehearsal = false): Promise<Answer> {
  if (isRehearsal) {
    return new Answer(200, {
      object: 'webhook_recovery_preview',
      webhook_endpoint_id: publicId('webhook_endpoint', wish.endpointId),
      matched_count: await previewRecovery(tx, wish),
    })
  }
  const body = recoveryToJson(await createRecovery(tx, wish), tx.tenant.mode)
  return new Answer(202, body, { location: `${url}/${body.id}` })
}
