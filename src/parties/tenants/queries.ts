import { sql } from 'kysely'
import { queue, read, type Tx } from '../../foundation/database/commit.ts'
import type { Database } from '../../foundation/database/pool.ts'
import { problemOf } from '../../foundation/database/violations.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { Problem } from '../../foundation/problem.ts'
import { findTenant } from '../queries.ts'
import type { TenantRow } from '../table.ts'

/** The tenant of the frame, locked. */
export const lockTenant = ({ db, tenant }: Tx): Promise<TenantRow> =>
  db
    .selectFrom('tenant')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .forUpdate()
    .executeTakeFirstOrThrow()

export interface TenantFilters extends Page {
  status?: 'active' | 'suspended'
  mode?: 'live' | 'test'
}

/** One page of all tenants there are, the newest first: found in the directory, each then read as itself. */
export async function listTenants(
  database: Database,
  by: TenantFilters,
): Promise<Paged<TenantRow>> {
  try {
    return await queue(database, async (db) => {
      let select = db.selectFrom('tenant_directory').select(['tenant_id', 'created_at'])
      if (by.status !== undefined)
        select = select.where('suspended', '=', by.status === 'suspended')
      if (by.mode !== undefined) select = select.where('mode', '=', by.mode)
      const order = { ...newestFirst, tie: 'tenant_id' }
      const page = await pageOf<{ tenant_id: string }>(select, by, order)
      const rows: TenantRow[] = []
      for (const { tenant_id } of page.rows) {
        await sql`select set_config('app.tenant_id', ${tenant_id}, true)`.execute(db)
        const own = db.selectFrom('tenant').selectAll().where('tenant_id', '=', tenant_id)
        rows.push(await own.executeTakeFirstOrThrow())
      }
      return { rows, nextCursor: page.nextCursor }
    })
  } catch (error) {
    throw problemOf(error) ?? error
  }
}

/** Any tenant there is, or `tenant_not_found`. */
export async function requireTenant(database: Database, id: string): Promise<TenantRow> {
  return read(database, id, findTenant).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'tenant_unknown')
      throw new Problem('tenant_not_found')
    throw error
  })
}
