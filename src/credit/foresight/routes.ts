import type { Context } from '../../foundation/http/context.ts'
import { type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { listItems, requireItem } from '../../ledger/queries.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { foresee } from './foresee.ts'
import * as wire from './schema.ts'

/** When what is open will be paid. */
export function foresightRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/open-items/:id/foresight',
    operationId: 'getItemForesight',
    tag: 'Credit',
    summary: 'Foresee the payment of an open item',
    description:
      'How probably it is paid late, by when, and how much of it in the end: from what the customer has paid before, shrunk towards its class and the tenant. Every figure is there that it was concluded from.',
    scope: 'credit:read',
    params: IdParams('open_item', 'open item'),
    answers: { 200: wire.PaymentForesight },
    problems: ['open_item_not_found', 'insufficient_open_amount'],
    work: async (reader, { params: { id } }) => {
      const item = await requireItem(reader, uuidOf(id))
      if (item.open_amount === 0) throw new Problem('insufficient_open_amount', { open_amount: 0 })
      const [foreseen] = await foresee(reader, [item])
      return foreseen && wire.foresightToJson(foreseen, reader)
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/customers/:id/foresight',
    operationId: 'listCustomerForesight',
    tag: 'Credit',
    summary: 'Foresee the payments of a customer',
    description: 'Of each of its open items, the earliest due date first.',
    scope: 'credit:read',
    params: IdParams('customer', 'customer'),
    query: wire.ForesightQuery,
    answers: { 200: wire.PaymentForesightList },
    problems: ['customer_not_found', 'invalid_cursor'],
    work: async (reader, { params: { id }, query: page }) => {
      await requireCustomer(reader, uuidOf(id))
      const items = await listItems(reader, { ...page, customer_id: id, open: true })
      return listToJson({ ...items, rows: await foresee(reader, items.rows) }, (one) =>
        wire.foresightToJson(one, reader),
      )
    },
  })
}
