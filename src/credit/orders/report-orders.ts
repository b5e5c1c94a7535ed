import type { Tx } from '../../foundation/database/commit.ts'
import { type FieldError, invalidFields, Problem } from '../../foundation/problem.ts'
import { findCustomers } from '../../parties/queries.ts'
import type { OrderRow } from './table.ts'
import { keyOf, type OrdersReported, type ReportedOrder, upsertOrders } from './upsert-orders.ts'

/**
 * Takes what a system says of one order. It is a fact: no limit refuses it. `customer_not_found` where the customer is
 * unknown.
 */
export async function reportOrder(
  tx: Tx,
  order: ReportedOrder,
): Promise<{ created: boolean; order: OrderRow }> {
  const known = await findCustomers(tx, [order.customerId])
  if (known.size === 0) throw new Problem('customer_not_found')
  const { created, updated, unchanged } = await upsertOrders(tx, [order])
  const [row] = [...created, ...updated, ...unchanged] as [OrderRow]
  return { created: created.length > 0, order: row }
}

/** Takes what a system says of many orders: all, or none, with every row that is in the way named. */
export async function reportOrders(
  tx: Tx,
  orders: readonly ReportedOrder[],
): Promise<OrdersReported> {
  const known = await findCustomers(tx, [...new Set(orders.map(({ customerId }) => customerId))])
  const firsts = new Map<string, number>()
  const errors = orders.flatMap((order, index): Omit<FieldError, 'in'>[] => {
    const key = keyOf(order.customerId, order.externalId)
    const first = firsts.get(key) ?? index
    firsts.set(key, first)
    return [
      ...(known.has(order.customerId) ? [] : [unknownCustomer(index)]),
      ...(first === index ? [] : [duplicate(index, first)]),
    ]
  })
  if (errors.length > 0) throw invalidFields(...errors)
  return upsertOrders(tx, orders)
}

const unknownCustomer = (index: number) => ({
  pointer: `#/orders/${index}/customer_id`,
  code: 'customer_not_found',
  detail: 'must be the id of a customer',
})

const duplicate = (index: number, first: number) => ({
  pointer: `#/orders/${index}/external_id`,
  code: 'duplicate',
  detail: 'must be given once per customer',
  params: { first: `#/orders/${first}` },
})
