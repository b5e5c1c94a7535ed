import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { newId } from '../../foundation/id.ts'
import { invalidFields } from '../../foundation/problem.ts'
import { isField } from '../csv/field-schema.ts'
import type { MappingSettings } from '../csv/reading.ts'
import type { ImportResource } from '../import.ts'
import type { ImportMappingRow } from '../table.ts'
import { importMappingFact } from './events.ts'
import { requireImportMapping } from './queries.ts'

export interface SaveImportMapping {
  name: string
  resource: ImportResource
  settings: MappingSettings
}

/** Keeps how the files of another system are read. */
export async function createImportMapping(
  tx: Tx,
  { name, resource, settings }: SaveImportMapping,
): Promise<ImportMappingRow> {
  requireFields(resource, settings)
  const mapping = await tx.db
    .insertInto('import_mapping')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      name,
      resource,
      settings: JSON.stringify(settings),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, importMappingFact('import_mapping.created', mapping, tx))
  return mapping
}

/** Replaces a mapping. Imports that have begun go on as they were. */
export async function replaceImportMapping(
  tx: Tx,
  {
    id,
    ifMatch,
    name,
    resource,
    settings,
  }: SaveImportMapping & { id: string; ifMatch: number | undefined },
): Promise<ImportMappingRow> {
  requireFields(resource, settings)
  const before = await lockImportMapping(tx, id)
  requireVersion(before.version, ifMatch)
  const mapping = await tx.db
    .updateTable('import_mapping')
    .set({
      name,
      resource,
      settings: JSON.stringify(settings),
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const previous = { name: before.name, resource: before.resource, ...before.settings }
  announce(tx, importMappingFact('import_mapping.updated', mapping, tx, previous))
  return mapping
}

/** Takes a mapping away. What was imported by it stays. */
export async function deleteImportMapping(
  tx: Tx,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<void> {
  const before = await lockImportMapping(tx, id)
  requireVersion(before.version, ifMatch)
  await tx.db
    .deleteFrom('import_mapping')
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .execute()
  const deleted = { ...before, version: before.version + 1 }
  announce(tx, importMappingFact('import_mapping.deleted', deleted, tx))
}

async function lockImportMapping(tx: Tx, id: string): Promise<ImportMappingRow> {
  const mapping = await tx.db
    .selectFrom('import_mapping')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return mapping ?? requireImportMapping(tx, id)
}

/** Refuses what rows of the resource do not have. */
function requireFields(
  resource: ImportResource,
  { columns, defaults }: Pick<MappingSettings, 'columns' | 'defaults'>,
): void {
  const unknown = Object.entries({ columns, defaults }).flatMap(([list, entries]) =>
    entries.flatMap(({ field }, index) =>
      isField(resource, field)
        ? []
        : {
            pointer: `#/${list}/${index}/field`,
            code: 'unknown_field',
            detail: `is no field of ${resource}`,
            params: { field },
          },
    ),
  )
  if (unknown.length > 0) throw invalidFields(...unknown)
}
