import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { replacedFields } from '../../foundation/merge.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { confirmByOrders } from '../reservations/confirm-by-orders.ts'
import { orderFact } from './events.ts'
import { orderToJson } from './schema.ts'
import type { OrderRow } from './table.ts'

/** How much of an order is not invoiced yet, as the tenant's system says it. */
export interface ReportedOrder {
  customerId: string
  /** The reference that order, reservation and invoice share. */
  externalId: string
  currency: string
  /** 0 closes it. */
  openAmount: number
  expectedDate: CalendarDate | null
}

/** What became of the orders that were reported. */
export interface OrdersReported {
  created: OrderRow[]
  updated: OrderRow[]
  unchanged: OrderRow[]
}

/**
 * Brings orders up to date, set-based. One that says what is known makes no version and no event; one that is new or has
 * changed counts from now on instead of the credit that was reserved under its reference.
 */
export async function upsertOrders(
  tx: Tx,
  orders: readonly ReportedOrder[],
): Promise<OrdersReported> {
  await lockCustomers(tx, [...new Set(orders.map(({ customerId }) => customerId))])
  const known = new Map(
    (await findOrders(tx, orders)).map((order) => [
      keyOf(order.customer_id, order.external_id),
      order,
    ]),
  )
  const [unchanged, wanted]: [OrderRow[], OrderRow[]] = [[], []]
  for (const order of orders) {
    const before = known.get(keyOf(order.customerId, order.externalId))
    const after = asReported(tx, order, before)
    if (before !== undefined && previousOf(tx, before, after) === undefined) unchanged.push(before)
    else wanted.push(after)
  }
  if (wanted.length === 0) return { created: [], updated: [], unchanged }
  await write(tx, wanted)
  const created = wanted.filter(({ version }) => version === 1)
  const updated = wanted.filter(({ version }) => version > 1)
  announce(
    tx,
    ...wanted.map((order) => {
      const before = known.get(keyOf(order.customer_id, order.external_id))
      const previous = before && previousOf(tx, before, order)
      return orderFact('order_on_hand.reported', order, tx, previous)
    }),
  )
  await confirmByOrders(tx, wanted)
  return { created, updated, unchanged }
}

/** What tells orders apart within a tenant. */
export const keyOf = (customerId: string, externalId: string): string =>
  `${customerId} ${externalId}`

const asReported = (tx: Tx, order: ReportedOrder, before: OrderRow | undefined): OrderRow => ({
  tenant_id: tx.tenant.id,
  id: before?.id ?? newId(),
  customer_id: order.customerId,
  external_id: order.externalId,
  currency: order.currency,
  open_amount: order.openAmount,
  expected_date: order.expectedDate,
  version: (before?.version ?? 0) + 1,
  created_at: before?.created_at ?? tx.now,
  updated_at: tx.now,
})

const previousOf = (tx: Tx, before: OrderRow, after: OrderRow) =>
  replacedFields(orderToJson(before, tx), orderToJson(after, tx))

/** The orders that are known of those reported. */
async function findOrders(
  { db, tenant }: Tx,
  orders: readonly ReportedOrder[],
): Promise<OrderRow[]> {
  const wanted = orders.map(({ customerId, externalId }) => ({
    customer_id: customerId,
    external_id: externalId,
  }))
  const { rows } = await sql<OrderRow>`
    select known.* from json_to_recordset(${JSON.stringify(wanted)}) as wanted(customer_id uuid, external_id text)
    join order_on_hand as known on known.tenant_id = ${tenant.id}
      and known.customer_id = wanted.customer_id and known.external_id = wanted.external_id
  `.execute(db)
  return rows
}

/** Whole rows, new or in place of those there are; nobody else writes them while their customers are locked. */
async function write(tx: Tx, orders: readonly OrderRow[]): Promise<void> {
  await sql`
    insert into order_on_hand
    select * from json_populate_recordset(null::order_on_hand, ${JSON.stringify(orders)})
    on conflict (tenant_id, id) do update
    set currency = excluded.currency, open_amount = excluded.open_amount, expected_date = excluded.expected_date,
      version = excluded.version, updated_at = excluded.updated_at
  `.execute(tx.db)
}
