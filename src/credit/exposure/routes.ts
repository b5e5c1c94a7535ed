import type { Context } from '../../foundation/http/context.ts'
import { type Http, query } from '../../foundation/http/operation.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { PointQuery } from '../../ledger/balance-schema.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { exposureAt, exposuresOf } from './exposures-of.ts'
import * as wire from './schema.ts'

/** What customers could cost the tenant. */
export function exposureRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/customers/:id/credit',
    operationId: 'getCustomerCredit',
    tag: 'Credit',
    summary: 'Read a customer’s credit',
    description:
      'Its exposure by component beside its limit, and everything else a credit check would look at: now, or as of any day, or as it was known at any time.',
    scope: 'credit:read',
    params: wire.CustomerParams,
    query: PointQuery,
    answers: { 200: wire.CustomerCredit },
    problems: ['customer_not_found', 'amount_out_of_range'],
    work: async (reader, { params: { id }, query: { as_of_date: asOf, known_at: knownAt } }) => {
      const customer = await requireCustomer(reader, uuidOf(id))
      const isNow = (asOf === undefined || asOf === reader.today) && knownAt === undefined
      const measured = isNow
        ? (await exposuresOf(reader, [customer.id])).get(customer.id)
        : await exposureAt(reader, customer.id, asOf ?? reader.today, knownAt ?? null)
      if (measured === undefined) throw new Problem('customer_not_found')
      return wire.creditToJson(measured)
    },
  })
}
