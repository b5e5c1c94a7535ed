import { sql } from 'kysely'
import type { Instant } from '../../foundation/calendar.ts'
import type { Asking } from '../../foundation/database/glance.ts'
import {
  type Order,
  type Page,
  type Paged,
  pageFrom,
  pageQuestion,
} from '../../foundation/http/paging.ts'
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

/** What is asked to show a page of customers. */
export function customerPage(
  { db, tenant }: Asking,
  { sort = '-created_at', ...filters }: CustomerFilters,
) {
  const { external_id, name, kind, country, customer_class_id, updated_at_gte } = filters
  let select = db.selectFrom('customer').selectAll().where('tenant_id', '=', tenant.id)
  if (external_id !== undefined) select = select.where('external_id', '=', external_id)
  if (name !== undefined) select = select.where('name', '=', name)
  if (kind !== undefined) select = select.where('kind', '=', sql<'business'>`any(${kind})`)
  if (country !== undefined) select = select.where('country', '=', country)
  if (customer_class_id !== undefined)
    select = select.where('customer_class_id', '=', uuidOf(customer_class_id))
  if (updated_at_gte !== undefined) select = select.where('updated_at', '>=', updated_at_gte)
  return pageQuestion(select, filters, orders[sort])
}

/** The page of customers that the answer makes. */
export const customerPageFrom = (
  rows: readonly CustomerRow[],
  { sort = '-created_at', ...filters }: CustomerFilters,
): Paged<CustomerRow> => pageFrom(rows, filters, orders[sort])

const orders: Record<NonNullable<CustomerFilters['sort']>, Order> = {
  created_at: { column: 'created_at', direction: 'asc', type: 'timestamptz' },
  '-created_at': { column: 'created_at', direction: 'desc', type: 'timestamptz' },
  updated_at: { column: 'updated_at', direction: 'asc', type: 'timestamptz' },
  '-updated_at': { column: 'updated_at', direction: 'desc', type: 'timestamptz' },
}
