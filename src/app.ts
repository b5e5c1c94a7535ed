import type { FastifyInstance } from 'fastify'
import type { EffectsBySubject } from './approvals/effects.ts'
import { approvalRoutes } from './approvals/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { loadInvoicesById } from './billing/expand-invoices.ts'
import { billingRoutes } from './billing/routes.ts'
import { bankRoutes } from './cash/bank/routes.ts'
import { directDebitRoutes } from './cash/debits/routes.ts'
import { loadPaymentsById } from './cash/expand-payments.ts'
import { matchingRoutes } from './cash/matching/routes.ts'
import { refundRoutes } from './cash/refunds/routes.ts'
import { cashRoutes } from './cash/routes.ts'
import { activityRoutes } from './collections/activities/routes.ts'
import { deferralRoutes } from './collections/deferrals/routes.ts'
import { writeOffEffects } from './collections/write-offs/decide-write-off.ts'
import { writeOffRoutes } from './collections/write-offs/routes.ts'
import { creditLimitEffects } from './credit/limits/decide-credit-limit.ts'
import { creditRoutes } from './credit/routes.ts'
import { serveDocs } from './docs/routes.ts'
import { dunningRoutes } from './dunning/routes.ts'
import { describeWebhooks } from './events/describe-webhooks.ts'
import { eventRoutes } from './events/routes.ts'
import type { Context } from './foundation/http/context.ts'
import { errorRoutes } from './foundation/http/error-catalogue.ts'
import type { Expansions } from './foundation/http/expand.ts'
import { healthRoutes } from './foundation/http/health.ts'
import { limitRoutes } from './foundation/http/limits.ts'
import { documentApi } from './foundation/http/openapi.ts'
import { createHttp } from './foundation/http/server.ts'
import { importRoutes } from './imports/routes.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { loadCustomersById } from './parties/customers/expand-customers.ts'
import { partyRoutes } from './parties/routes.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { sandboxRoutes } from './sandbox/routes.ts'
import { taskRoutes } from './tasks/routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'

/** What a second principal's decision brings about, by what was asked for. */
const approvalEffects: EffectsBySubject = {
  credit_limit: creditLimitEffects,
  write_off: writeOffEffects,
}

/** How each wing loads what `expand` shows in full. */
const expansions: Expansions = {
  customer: loadCustomersById,
  invoice: loadInvoicesById,
  payment: loadPaymentsById,
}

/** The service as a value: context in, Fastify out. */
export async function createApp(context: Context): Promise<FastifyInstance> {
  const http = await createHttp(context)
  http.decorate('expansions', expansions)
  await documentApi(http, { webhooks: describeWebhooks })
  await serveDocs(http)
  healthRoutes(http, context)
  limitRoutes(http, context)
  errorRoutes(http)
  // Every wing adds its operations here, in the order of the house.
  eventRoutes(http, context)
  auditRoutes(http, context)
  partyRoutes(http, context)
  taskRoutes(http, context)
  ledgerRoutes(http, context)
  approvalRoutes(http, context, approvalEffects)
  creditRoutes(http, context)
  billingRoutes(http, context)
  cashRoutes(http, context)
  refundRoutes(http, context)
  directDebitRoutes(http, context)
  await bankRoutes(http, context)
  matchingRoutes(http, context)
  dunningRoutes(http, context)
  deferralRoutes(http, context)
  writeOffRoutes(http, context)
  activityRoutes(http, context)
  reportRoutes(http, context)
  privacyRoutes(http, context)
  sandboxRoutes(http, context)
  webhookRoutes(http, context)
  await importRoutes(http, context)
  return http
}
