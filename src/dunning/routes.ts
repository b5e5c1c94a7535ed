import type { Context } from '../foundation/http/context.ts'
import { type Http, query } from '../foundation/http/operation.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { chargeRoutes } from './charges/routes.ts'
import { explainInvoice } from './explain-invoice.ts'
import * as wire from './explanation-schema.ts'
import { forecastRoutes } from './forecast/routes.ts'
import { holdRoutes } from './hold-routes.ts'
import { lawRoutes } from './law/routes.ts'
import { limitRoutes } from './limit-routes.ts'
import { migrationRoutes } from './migrations/routes.ts'
// An event shows it and no operation does, so that nothing else loads its schema.
import './notices/dunned-item-schema.ts'
import { noticeRoutes } from './notices/notice-routes.ts'
import { policyRoutes } from './policy-routes.ts'
import { reviewRoutes } from './runs/review-routes.ts'
import { runRoutes } from './runs/run-routes.ts'
import { simulationRoutes } from './simulation/routes.ts'
import { templateRoutes } from './templates/routes.ts'

/** How we ask: policies, holds, runs with their decisions, notices, and the explanation of each invoice. */
export function dunningRoutes(http: Http, context: Context): void {
  policyRoutes(http, context)
  migrationRoutes(http, context)
  templateRoutes(http, context)
  holdRoutes(http, context)
  limitRoutes(http, context)
  runRoutes(http, context)
  reviewRoutes(http, context)
  noticeRoutes(http, context)
  forecastRoutes(http, context)
  simulationRoutes(http, context)
  chargeRoutes(http, context)
  lawRoutes(http, context)

  query(http, context, {
    method: 'GET',
    url: '/v1/invoices/:id/dunning',
    operationId: 'explainInvoiceDunning',
    tag: 'Dunning',
    summary: 'Explain where an invoice stands in dunning',
    description:
      'Its level, every step taken, what comes next and when, and what stands in the way: the same evaluation a run would make today.',
    scope: 'dunning:read',
    params: IdParams('invoice', 'invoice'),
    answers: { 200: wire.InvoiceDunningSchema },
    problems: ['invoice_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.explanationToJson(await explainInvoice(reader, uuidOf(id))),
  })
}
