import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { Problem } from '../foundation/problem.ts'
import type { ApiKeyRow, CustomerRow, TenantRow } from './table.ts'

/** The tenant of the frame, with all its settings. */
export const findTenant = ({ db, tenant }: Reader): Promise<TenantRow> =>
  db.selectFrom('tenant').selectAll().where('tenant_id', '=', tenant.id).executeTakeFirstOrThrow()

/** One API key of the tenant. */
export const findApiKey = ({ db, tenant }: Reader, id: string): Promise<ApiKeyRow | undefined> =>
  db
    .selectFrom('api_key')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()

/** The customers among these ids, by id; ids of other tenants are not among them. */
export async function findCustomers(
  { db, tenant }: Reader,
  ids: readonly string[],
): Promise<Map<string, CustomerRow>> {
  const rows = await db
    .selectFrom('customer')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', sql<string>`any(${ids})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The customer, or `customer_not_found`. */
export async function requireCustomer(reader: Reader, id: string): Promise<CustomerRow> {
  const customer = (await findCustomers(reader, [id])).get(id)
  if (customer === undefined) throw new Problem('customer_not_found')
  return customer
}
