import type { Context } from '../../foundation/http/context.ts'
import { command, type Http } from '../../foundation/http/operation.ts'
import { beginReset } from './begin-reset.ts'
import { ResetTestTenant, resetToJson, TestTenantReset } from './schema.ts'

/** A test tenant that begins anew. */
export function resetRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/test-tenant/reset',
    operationId: 'resetTestTenant',
    tag: 'Fixtures',
    summary: 'Empty the test tenant',
    description:
      'Everything the tenant has is deleted but itself, its API keys and, unless left out of `keep`, its webhook endpoints; deliveries that wait are dropped. It takes seconds, in which every request is answered with 409 `tenant_resetting`. The feed goes on: its next event is `tenant.reset`, after which a follower has to forget everything it was told before. Positions continue, events of before are gone. What was sent on its way already may still arrive.',
    scope: 'sandbox:write',
    idempotency: 'required',
    ifMatch: 'none',
    body: ResetTestTenant,
    answers: { 202: TestTenantReset },
    problems: ['test_tenant_only', 'clock_advancing', 'tenant_resetting'],
    work: async (tx, { body }) =>
      resetToJson(
        await beginReset(tx, { to: body.now ?? null, keep: body.keep ?? ['webhook_endpoints'] }),
      ),
  })
}
