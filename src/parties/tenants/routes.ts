import { createHash } from 'node:crypto'
import type { Caller } from '../../foundation/http/caller.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { newId } from '../../foundation/id.ts'
import { apiKeyWithSecretToJson } from '../api-keys/schema.ts'
import { policyChoice } from '../policy-choice.ts'
import { findTenant } from '../queries.ts'
import { changeTenant } from './change-tenant.ts'
import { createTenant, newTenant } from './create-tenant.ts'
import { CreatedTenant, CreateTenant, Tenant, TenantPatch, tenantToJson } from './schema.ts'

const tag = 'Tenant'

export function tenantRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/tenant',
    operationId: 'getTenant',
    tag,
    summary: 'Read the tenant’s settings',
    description: 'The tenant the credential belongs to.',
    scope: 'tenants:read',
    answers: { 200: Tenant },
    work: async (reader) => tenantToJson(await findTenant(reader)),
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/tenant',
    operationId: 'updateTenant',
    tag,
    summary: 'Change the tenant’s settings',
    description:
      'A merge patch (RFC 7396). A new time zone or dunning time counts from the next run on; the currency is fixed by the first invoice or payment.',
    scope: 'tenants:write',
    body: TenantPatch,
    consumes: ['application/merge-patch+json', 'application/json'],
    answers: { 200: Tenant },
    problems: ['time_zone_unknown', 'dunning_policy_not_found', 'invalid_state'],
    work: async (tx, { body, ifMatch }) => {
      const { dunning_policy_id: policy, ...rest } = body
      const patch = { ...rest, ...(policy !== undefined && policyChoice(policy)) }
      return tenantToJson(await changeTenant(tx, { patch, ifMatch }))
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/tenants',
    operationId: 'createTenant',
    tag,
    summary: 'Create a tenant',
    description:
      'Creates another tenant of this service and its first API key, whose secret is shown this once. A repeat with the same Idempotency-Key shows it again for seven days.',
    scope: 'tenants:admin',
    body: CreateTenant,
    answers: { 201: CreatedTenant },
    problems: ['time_zone_unknown'],
    secretAnswer: true,
    frame: ({ body, caller }, key) => ({
      tenantId: key === null ? newId() : tenantIdFor(caller, key),
      newTenant: newTenant(body),
    }),
    work: async (tx, { body }) => {
      const { tenant, key, secret } = await createTenant(tx, body)
      return { ...tenantToJson(tenant), api_key: apiKeyWithSecretToJson(key, tenant.mode, secret) }
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
