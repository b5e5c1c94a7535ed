import type { Context } from '../../foundation/http/context.ts'
import { type Http, query } from '../../foundation/http/operation.ts'
import { uuidOf } from '../../foundation/id.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { exposuresOf } from './exposures-of.ts'
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
      'Its exposure by component beside its limit, and everything else a credit check would look at now.',
    scope: 'credit:read',
    params: wire.CustomerParams,
    answers: { 200: wire.CustomerCredit },
    problems: ['customer_not_found'],
    work: async (reader, { params: { id } }) => {
      const customer = await requireCustomer(reader, uuidOf(id))
      const measured = await exposuresOf(reader, [customer.id])
      return [...measured.values()].map(wire.creditToJson)[0]
    },
  })
}
