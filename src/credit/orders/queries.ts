import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { OrderRow } from './table.ts'

/** The order on hand, or `order_on_hand_not_found`. */
export async function requireOrder({ db, tenant }: Reader, id: string): Promise<OrderRow> {
  const order = await db
    .selectFrom('order_on_hand')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (order === undefined) throw new Problem('order_on_hand_not_found')
  return order
}

/** What the list of orders on hand can be narrowed to. */
export interface OrderFilters extends Page {
  customer_id?: string
  external_id?: string
  open?: boolean
}

/** One page of orders on hand, the newest first. */
export function listOrders({ db, tenant }: Reader, by: OrderFilters): Promise<Paged<OrderRow>> {
  let select = db.selectFrom('order_on_hand').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.external_id !== undefined) select = select.where('external_id', '=', by.external_id)
  if (by.open !== undefined) select = select.where('open_amount', by.open ? '>' : '=', 0)
  return pageOf<OrderRow>(select, by, newestFirst)
}
