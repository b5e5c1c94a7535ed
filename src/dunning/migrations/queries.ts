import type { Reader } from '../../foundation/database/frame.ts'
import {
  newestFirst,
  type Order,
  type Page,
  type Paged,
  pageOf,
} from '../../foundation/http/paging.ts'
import { Problem } from '../../foundation/problem.ts'
import { requirePolicy } from '../queries.ts'
import type { MigrationItemRow, MigrationRow } from '../table.ts'

/** The migration, or `dunning_migration_not_found`. */
export async function requireMigration({ db, tenant }: Reader, id: string): Promise<MigrationRow> {
  const migration = await db
    .selectFrom('dunning_migration')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (migration === undefined) throw new Problem('dunning_migration_not_found')
  return migration
}

/** One page of a policy's migrations, the newest first. */
export async function listMigrations(
  reader: Reader,
  policyId: string,
  page: Page,
): Promise<Paged<MigrationRow>> {
  await requirePolicy(reader, policyId)
  const select = reader.db
    .selectFrom('dunning_migration')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
    .where('policy_id', '=', policyId)
  return pageOf<MigrationRow>(select, page, newestFirst, { policyId })
}

const byItem: Order = { column: 'item_id', direction: 'asc', type: 'uuid', tie: null }

/** One page of what a migration has changed. */
export async function listMigrationItems(
  reader: Reader,
  migrationId: string,
  page: Page,
): Promise<Paged<MigrationItemRow>> {
  await requireMigration(reader, migrationId)
  const select = reader.db
    .selectFrom('dunning_migration_item')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
    .where('migration_id', '=', migrationId)
  return pageOf<MigrationItemRow>(select, page, byItem, { migrationId })
}
