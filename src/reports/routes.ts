import type { Context } from '../foundation/http/context.ts'
import { type Http, query } from '../foundation/http/operation.ts'
import { uuidOf } from '../foundation/id.ts'
import { requireCustomer } from '../parties/queries.ts'
import { agingAsOf } from './aging.ts'
import { dunningReportRoutes } from './dunning/routes.ts'
import { Aging, AgingQuery, agingToJson } from './schema.ts'
import { statementRoutes } from './statement-routes.ts'

/** Reads only. */
export function reportRoutes(http: Http, context: Context): void {
  statementRoutes(http, context)
  dunningReportRoutes(http, context)

  query(http, context, {
    method: 'GET',
    url: '/v1/reports/aging',
    operationId: 'getAgingReport',
    tag: 'Reports',
    summary: 'Age what is owed',
    description:
      'As of the end of any day, past days included: summed from the ledger’s entries that count by then. Money that is not allocated is shown beside it, never netted.',
    scope: 'reports:read',
    query: AgingQuery,
    answers: { 200: Aging },
    problems: ['customer_not_found', 'amount_out_of_range'],
    work: async (reader, { query: { as_of_date, customer_id, group_by } }) => {
      const customerId = customer_id === undefined ? null : uuidOf(customer_id)
      if (customerId !== null) await requireCustomer(reader, customerId)
      const question = {
        asOf: as_of_date ?? reader.today,
        customerId,
        byCustomer: group_by === 'customer',
      }
      return agingToJson(question, await agingAsOf(reader, question))
    },
  })
}
