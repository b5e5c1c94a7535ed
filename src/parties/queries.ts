import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import type { Asking } from '../foundation/database/glance.ts'
import { Problem } from '../foundation/problem.ts'
import type { CustomerRow, TenantRow } from './table.ts'

/** The tenant of the frame, with all its settings. */
export const findTenant = ({ db, tenant }: Reader): Promise<TenantRow> =>
  db.selectFrom('tenant').selectAll().where('tenant_id', '=', tenant.id).executeTakeFirstOrThrow()

/** The customers among these ids; ids of other tenants are not among them. */
export const customersOf = ({ db, tenant }: Asking | Reader, ids: readonly string[]) =>
  db
    .selectFrom('customer')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', sql<string>`any(${ids})`)

/** The customers among these ids, by id. */
export async function findCustomers(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, CustomerRow>> {
  const rows = await customersOf(reader, ids).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** A customer and the net days it is invoiced with, unless an invoice says otherwise: its own, its class's or the tenant's. */
export type CustomerWithTerms = CustomerRow & { agreed_net_days: number | null }

/** The customers among these ids with their terms, by id. */
export async function findCustomersWithTerms(
  { db, tenant }: Reader,
  ids: readonly string[],
): Promise<Map<string, CustomerWithTerms>> {
  const rows = await db
    .selectFrom('customer')
    .leftJoin('customer_class as class', (join) =>
      join
        .onRef('class.tenant_id', '=', 'customer.tenant_id')
        .onRef('class.id', '=', 'customer.customer_class_id'),
    )
    .selectAll('customer')
    .select(
      sql<number | null>`coalesce(customer.net_days, class.net_days, ${tenant.netDays}::int)`.as(
        'agreed_net_days',
      ),
    )
    .where('customer.tenant_id', '=', tenant.id)
    .where('customer.id', '=', sql<string>`any(${ids})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The customer, or `customer_not_found`. */
export const requireCustomer = async (reader: Reader, id: string): Promise<CustomerRow> =>
  customerFrom(await customersOf(reader, [id]).execute())

/** The customer of the answer, or `customer_not_found`. */
export function customerFrom([customer]: CustomerRow[]): CustomerRow {
  if (customer === undefined) throw new Problem('customer_not_found')
  return customer
}
