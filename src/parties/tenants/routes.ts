import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { findTenant } from '../queries.ts'
import { changeTenant } from './change-tenant.ts'
import { patchOf, Tenant, TenantPatch, tenantToJson } from './schema.ts'

const tag = 'Tenant'

/** What a credential sees and changes of its own tenant. */
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
    work: async (tx, { body, ifMatch }) =>
      tenantToJson(await changeTenant(tx, { patch: patchOf(body), ifMatch })),
  })
}
