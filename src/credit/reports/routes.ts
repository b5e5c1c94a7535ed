import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { listReports, requireReport } from './queries.ts'
import { recordReport } from './record-report.ts'
import * as wire from './schema.ts'

const params = IdParams('customer', 'customer')

/** What outside providers say of customers. */
export function creditReportRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/customers/:id/credit-reports',
    operationId: 'recordCreditReport',
    tag: 'Credit',
    summary: 'Record a credit report',
    description:
      'What an outside provider says of a customer. The newest one that is valid counts in the score, which is made anew at once.',
    scope: 'credit:write',
    ifMatch: 'none',
    params,
    body: wire.RecordCreditReport,
    answers: { 201: wire.CreditReport },
    problems: ['customer_not_found', 'date_in_future'],
    work: async (tx, { params: { id }, body }) => {
      const report = await recordReport(tx, {
        customerId: uuidOf(id),
        provider: body.provider,
        reportDate: body.report_date,
        score: body.score,
        providerScore: body.provider_score ?? null,
        recommendedLimit: body.recommended_limit ?? null,
        validUntil: body.valid_until ?? null,
        raw: body.raw ?? null,
      })
      const json = wire.creditReportToJson(report, tx)
      return new Answer(201, json, { location: `/v1/credit-reports/${json.id}` })
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/customers/:id/credit-reports',
    operationId: 'listCreditReports',
    tag: 'Credit',
    summary: 'List the credit reports on a customer',
    description: 'The last recorded first.',
    scope: 'credit:read',
    params,
    query: wire.CreditReportQuery,
    answers: { 200: wire.CreditReportList },
    problems: ['customer_not_found', 'invalid_cursor'],
    work: async (reader, { params: { id }, query: page }) => {
      const customer = await requireCustomer(reader, uuidOf(id))
      return listToJson(await listReports(reader, customer.id, page), (report) =>
        wire.creditReportToJson(report, reader),
      )
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-reports/:id',
    operationId: 'getCreditReport',
    tag: 'Credit',
    summary: 'Read a credit report',
    description: 'With what the provider has sent.',
    scope: 'credit:read',
    params: IdParams('credit_report', 'credit report'),
    answers: { 200: wire.CreditReportWithRaw },
    problems: ['credit_report_not_found'],
    work: async (reader, { params: { id } }) => {
      const report = await requireReport(reader, uuidOf(id))
      return { ...wire.creditReportToJson(report, reader), raw: report.raw }
    },
  })
}
