import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { changeApiKey } from './change-api-key.ts'
import { createApiKey } from './create-api-key.ts'
import { listApiKeys, requireApiKey } from './queries.ts'
import { requireGrantable } from './require-scopes.ts'
import { revokeApiKey } from './revoke-api-key.ts'
import { rotateApiKey } from './rotate-api-key.ts'
import {
  ApiKey,
  ApiKeyList,
  ApiKeyPatch,
  ApiKeyQuery,
  ApiKeyWithSecret,
  apiKeyToJson,
  apiKeyWithSecretToJson,
  CreateApiKey,
  RotateApiKey,
} from './schema.ts'

const tag = 'API keys'
const DAY_SECONDS = 86_400

export function apiKeyRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/api-keys',
    operationId: 'listApiKeys',
    tag,
    summary: 'List API keys',
    description: 'Newest first, revoked and expired ones too. Secrets are never shown.',
    scope: 'api_keys:read',
    query: ApiKeyQuery,
    answers: { 200: ApiKeyList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listApiKeys(reader, filters), (row) =>
        apiKeyToJson(row, reader.tenant.mode),
      ),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/api-keys',
    operationId: 'createApiKey',
    tag,
    summary: 'Create an API key',
    description:
      'The secret is shown in this answer and never again. A key can be given only what its creator has. Roles count for what they hold at each request.',
    scope: 'api_keys:write',
    body: CreateApiKey,
    answers: { 201: ApiKeyWithSecret },
    secretAnswer: true,
    work: async (tx, { body, caller }) => {
      requireGrantable(caller, body)
      const { key, secret } = await createApiKey(tx, body)
      return apiKeyWithSecretToJson(key, tx.tenant.mode, secret)
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/api-keys/:id',
    operationId: 'getApiKey',
    tag,
    summary: 'Read an API key',
    description: 'Everything but the secret.',
    scope: 'api_keys:read',
    params: IdParams('api_key', 'API key'),
    answers: { 200: ApiKey },
    problems: ['api_key_not_found'],
    work: async (reader, { params }) =>
      apiKeyToJson(await requireApiKey(reader, uuidOf(params.id)), reader.tenant.mode),
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/api-keys/:id',
    operationId: 'updateApiKey',
    tag,
    summary: 'Change an API key',
    description:
      'A merge patch (RFC 7396) of its name, scopes, roles, networks and end. The caller must hold all that the key holds afterwards. It counts at once on the replica that answers, within five seconds on all others.',
    scope: 'api_keys:write',
    params: IdParams('api_key', 'API key'),
    body: ApiKeyPatch,
    answers: { 200: ApiKey },
    problems: ['api_key_not_found', 'credential_not_active'],
    work: async (tx, { params, body, caller, ifMatch }) =>
      apiKeyToJson(
        await changeApiKey(tx, { id: uuidOf(params.id), patch: body, caller, ifMatch }),
        tx.tenant.mode,
      ),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/api-keys/:id/rotate',
    operationId: 'rotateApiKey',
    tag,
    summary: 'Give an API key a new secret',
    description:
      'The new secret is valid at once and shown in this answer only; the old one stays valid for `grace_seconds`. The caller must hold every scope of the key.',
    scope: 'api_keys:write',
    params: IdParams('api_key', 'API key'),
    body: RotateApiKey,
    answers: { 200: ApiKeyWithSecret },
    problems: ['api_key_not_found', 'credential_not_active'],
    secretAnswer: true,
    work: async (tx, { params, body, caller, ifMatch }) => {
      const graceSeconds = body?.grace_seconds ?? DAY_SECONDS
      const { key, secret } = await rotateApiKey(tx, {
        id: uuidOf(params.id),
        graceSeconds,
        caller,
        ifMatch,
      })
      return apiKeyWithSecretToJson(key, tx.tenant.mode, secret)
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/api-keys/:id/revoke',
    operationId: 'revokeApiKey',
    tag,
    summary: 'Revoke an API key',
    description:
      'Ends the key for good: at once on the replica that answers, within five seconds on all others. Revoking it again changes nothing.',
    scope: 'api_keys:write',
    params: IdParams('api_key', 'API key'),
    answers: { 200: ApiKey },
    problems: ['api_key_not_found'],
    work: async (tx, { params, ifMatch }) =>
      apiKeyToJson(await revokeApiKey(tx, { id: uuidOf(params.id), ifMatch }), tx.tenant.mode),
  })
}
