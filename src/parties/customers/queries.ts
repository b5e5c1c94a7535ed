import { sql } from 'kysely'
import type { Instant } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { type Order, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import type { CustomerRow } from '../table.ts'

/** What the list of customers can be narrowed to. */
export interface CustomerFilters extends Page {
  external_id?: string
  name?: string
  kind?: ('business' | 'consumer')[]
  country?: string
  customer_class_id?: string
  updated_at_gte?: Instant
  sort?: 'created_at' | '-created_at' | 'updated_at' | '-updated_at'
}

/** One page of customers. */
export function listCustomers(
  { db, tenant }: Reader,
  { sort = '-created_at', ...filters }: CustomerFilters,
): Promise<Paged<CustomerRow>> {
  const { external_id, name, kind, country, customer_class_id, updated_at_gte } = filters
  let select = db.selectFrom('customer').selectAll().where('tenant_id', '=', tenant.id)
  if (external_id !== undefined) select = select.where('external_id', '=', external_id)
  if (name !== undefined) select = select.where('name', '=', name)
  if (kind !== undefined) select = select.where('kind', '=', sql<'business'>`any(${kind})`)
  if (country !== undefined) select = select.where('country', '=', country)
  if (customer_class_id !== undefined)
    select = select.where('customer_class_id', '=', uuidOf(customer_class_id))
  if (updated_at_gte !== undefined) select = select.where('updated_at', '>=', updated_at_gte)
  return pageOf<CustomerRow>(select, filters, orders[sort])
}

const orders: Record<NonNullable<CustomerFilters['sort']>, Order> = {
  created_at: { column: 'created_at', direction: 'asc', type: 'timestamptz' },
  '-created_at': { column: 'created_at', direction: 'desc', type: 'timestamptz' },
  updated_at: { column: 'updated_at', direction: 'asc', type: 'timestamptz' },
  '-updated_at': { column: 'updated_at', direction: 'desc', type: 'timestamptz' },
}
