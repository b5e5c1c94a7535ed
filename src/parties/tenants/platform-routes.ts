import { createHash } from 'node:crypto'
import { Answer } from '../../foundation/http/answer.ts'
import type { Caller } from '../../foundation/http/caller.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, route } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { newId, publicId, uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { createApiKey } from '../api-keys/create-api-key.ts'
import { refusePlatformScopes } from '../api-keys/require-scopes.ts'
import { ApiKeyWithSecret, apiKeyWithSecretToJson, CreateApiKey } from '../api-keys/schema.ts'
import { changeTenant } from './change-tenant.ts'
import { createTenant, newTenant } from './create-tenant.ts'
import { listTenants, requireTenant } from './queries.ts'
import * as wire from './schema.ts'
import { resumeTenant, suspendTenant } from './suspend-tenant.ts'

const params = IdParams('tenant', 'tenant')
const shared = { tag: 'Tenants', scope: 'tenants:admin' } as const

/** What the platform does with its tenants, each in the tenant it is done to. */
export function platformRoutes(http: Http, context: Context): void {
  const { api } = context
  const inTenant = {
    ...shared,
    params,
    ahead: ({ params: { id } }: { params: { id: string } }) => requireTenant(api, uuidOf(id)),
    frame: ({ params: { id } }: { params: { id: string } }) => ({ tenantId: uuidOf(id) }),
  }

  command(http, context, {
    ...shared,
    method: 'POST',
    url: '/v1/tenants',
    operationId: 'createTenant',
    summary: 'Create a tenant',
    description:
      'Creates another tenant of this service and its first API key, whose secret is shown this once. A repeat with the same Idempotency-Key shows it again for seven days.',
    body: wire.CreateTenant,
    answers: { 201: wire.CreatedTenant },
    problems: ['time_zone_unknown'],
    secretAnswer: true,
    frame: ({ body, caller }, key) => ({
      tenantId: key === null ? newId() : tenantIdFor(caller, key),
      newTenant: newTenant(body),
    }),
    work: async (tx, { body }) => {
      refusePlatformScopes(body.scopes)
      const { tenant, key, secret } = await createTenant(tx, body)
      return {
        ...wire.tenantToJson(tenant),
        api_key: apiKeyWithSecretToJson(key, tenant.mode, secret),
      }
    },
  })

  route(http, {
    ...shared,
    method: 'GET',
    url: '/v1/tenants',
    operationId: 'listTenants',
    summary: 'List tenants',
    description: 'All tenants of this service, the newest first.',
    query: wire.TenantQuery,
    answers: { 200: wire.TenantList },
    problems: ['invalid_cursor'],
    work: async ({ query: filters }) =>
      listToJson(await listTenants(api, filters), wire.tenantToJson),
  })

  route(http, {
    ...shared,
    method: 'GET',
    url: '/v1/tenants/:id',
    operationId: 'getTenantById',
    summary: 'Read a tenant',
    description: 'The settings of any tenant of this service.',
    params,
    answers: { 200: wire.Tenant },
    problems: ['tenant_not_found'],
    work: async ({ params: { id } }) => wire.tenantToJson(await requireTenant(api, uuidOf(id))),
  })

  command(http, context, {
    ...inTenant,
    method: 'PATCH',
    url: '/v1/tenants/:id',
    operationId: 'updateTenantById',
    summary: 'Change a tenant',
    description: 'The same merge patch as the tenant itself may send, suspended or not.',
    body: wire.TenantPatch,
    consumes: ['application/merge-patch+json', 'application/json'],
    answers: { 200: wire.Tenant },
    problems: [
      'tenant_not_found',
      'time_zone_unknown',
      'dunning_policy_not_found',
      'invalid_state',
    ],
    work: async (tx, { body, ifMatch }) =>
      wire.tenantToJson(await changeTenant(tx, { patch: wire.patchOf(body), ifMatch })),
  })

  command(http, context, {
    ...inTenant,
    method: 'POST',
    url: '/v1/tenants/:id/suspend',
    operationId: 'suspendTenant',
    summary: 'Suspend a tenant',
    description:
      'Its credentials are refused with `tenant_suspended`, at once on the replica that answers and within five seconds on all others; its jobs and imports wait. Nothing is lost, and what has happened before is still delivered to its webhooks. Suspending it again changes nothing. A tenant does not suspend itself.',
    body: wire.SuspendTenant,
    answers: { 200: wire.Tenant },
    problems: ['tenant_not_found', 'invalid_state'],
    work: async (tx, { body: { reason }, caller, ifMatch }) => {
      if (caller.tenantId === tx.tenant.id)
        throw new Problem('invalid_state', {
          detail: 'A tenant that suspended itself could not be resumed by itself.',
          current_status: 'active',
          allowed_actions: [],
        })
      return wire.tenantToJson(await suspendTenant(tx, { reason, ifMatch }))
    },
  })

  command(http, context, {
    ...inTenant,
    method: 'POST',
    url: '/v1/tenants/:id/resume',
    operationId: 'resumeTenant',
    summary: 'Resume a tenant',
    description:
      'Its credentials are accepted again and its jobs go on, each with the slot that is current; slots that passed meanwhile are recorded as skipped. Resuming it again changes nothing.',
    answers: { 200: wire.Tenant },
    problems: ['tenant_not_found'],
    work: async (tx, { ifMatch }) => wire.tenantToJson(await resumeTenant(tx, { ifMatch })),
  })

  command(http, context, {
    ...inTenant,
    method: 'POST',
    url: '/v1/tenants/:id/api-keys',
    operationId: 'createTenantApiKey',
    summary: 'Create an API key for a tenant',
    description:
      'For a tenant that has lost its last key, for instance. Any role and any scope that does not reach beyond the tenant. The secret is shown in this answer and never again.',
    ifMatch: 'none',
    body: CreateApiKey,
    answers: { 201: ApiKeyWithSecret },
    problems: ['tenant_not_found'],
    secretAnswer: true,
    work: async (tx, { body }) => {
      refusePlatformScopes(body.scopes)
      const { key, secret } = await createApiKey(tx, body)
      return new Answer(201, apiKeyWithSecretToJson(key, tx.tenant.mode, secret), {
        location: `/v1/api-keys/${publicId('api_key', key.id)}`,
      })
    },
  })
}

/**
 * The id of the tenant that a caller creates under an Idempotency-Key: always the same (a UUID of version 8), so that
 * a repeat finds the tenant it has created, and with it the answer.
 */
function tenantIdFor({ tenantId, principal }: Caller, key: string): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([tenantId, principal, key]))
    .digest()
    .subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
