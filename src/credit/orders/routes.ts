import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { publicId, uuidOf } from '../../foundation/id.ts'
import { listOrders, requireOrder } from './queries.ts'
import { reportOrder, reportOrders } from './report-orders.ts'
import * as wire from './schema.ts'

const tag = 'Credit'

/** What is ordered and not invoiced yet. */
export function orderRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/orders-on-hand',
    operationId: 'reportOrderOnHand',
    tag,
    summary: 'Report an order on hand',
    description:
      'Says how much of an order is not invoiced yet, whether it is known (200) or not (201), by customer and reference. It is a fact: no credit limit refuses it. A new or changed order takes the place of the credit reserved under its reference. Sending the same again changes nothing.',
    scope: 'credit:write',
    body: wire.ReportOrder,
    answers: { 200: wire.OrderOnHand, 201: wire.OrderOnHand },
    problems: ['customer_not_found'],
    work: async (tx, { body }) => {
      const { created, order } = await reportOrder(tx, wire.reportedOrder(body))
      const location = `/v1/orders-on-hand/${publicId('order_on_hand', order.id)}`
      return new Answer(
        created ? 201 : 200,
        wire.orderToJson(order, tx),
        created ? { location } : {},
      )
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/orders-on-hand/batch',
    operationId: 'reportOrdersOnHand',
    tag,
    summary: 'Report many orders on hand',
    description:
      'Up to 1,000 orders as if each were reported by itself, in one transaction: where one is refused none is taken, and `errors` points at every one that is in the way.',
    scope: 'credit:write',
    body: wire.ReportOrders,
    answers: { 200: wire.OrdersReported },
    work: async (tx, { body }) => {
      const { created, updated, unchanged } = await reportOrders(
        tx,
        body.orders.map(wire.reportedOrder),
      )
      return {
        object: 'orders_reported',
        created_count: created.length,
        updated_count: updated.length,
        unchanged_count: unchanged.length,
      }
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/orders-on-hand',
    operationId: 'listOrdersOnHand',
    tag,
    summary: 'List orders on hand',
    description: 'The newest first.',
    scope: 'credit:read',
    query: wire.OrderQuery,
    answers: { 200: wire.OrderOnHandList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listOrders(reader, filters), (order) => wire.orderToJson(order, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/orders-on-hand/:id',
    operationId: 'getOrderOnHand',
    tag,
    summary: 'Read an order on hand',
    description: 'Whose it is, and how much of it is not invoiced yet.',
    scope: 'credit:read',
    params: IdParams('order_on_hand', 'order on hand'),
    answers: { 200: wire.OrderOnHand },
    problems: ['order_on_hand_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.orderToJson(await requireOrder(reader, uuidOf(id)), reader),
  })
}
