import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { Problem } from '../../foundation/problem.ts'
import type { ImportMappingRow } from '../table.ts'

/** The mapping, or `import_mapping_not_found`. */
export async function requireImportMapping(
  { db, tenant }: Reader,
  id: string,
): Promise<ImportMappingRow> {
  const mapping = await db
    .selectFrom('import_mapping')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (mapping === undefined) throw new Problem('import_mapping_not_found')
  return mapping
}

/** One page of mappings, the newest first. */
export const listImportMappings = (
  { db, tenant }: Reader,
  page: Page,
): Promise<Paged<ImportMappingRow>> =>
  pageOf<ImportMappingRow>(
    db.selectFrom('import_mapping').selectAll().where('tenant_id', '=', tenant.id),
    page,
    newestFirst,
  )
