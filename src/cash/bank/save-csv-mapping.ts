import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { newId } from '../../foundation/id.ts'
import { invalidFields } from '../../foundation/problem.ts'
import type { CsvMappingSettings } from './csv-mapping.ts'
import { mappingFact } from './events.ts'
import { requireMapping } from './queries.ts'
import type { CsvMappingRow } from './table.ts'

export interface SaveMapping {
  name: string
  settings: CsvMappingSettings
}

/** Keeps how a bank's CSV export is to be read. */
export async function createMapping(
  tx: Tx,
  { name, settings }: SaveMapping,
): Promise<CsvMappingRow> {
  requireUsable(settings)
  const mapping = await tx.db
    .insertInto('csv_mapping')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      name,
      settings: JSON.stringify(settings),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, mappingFact('csv_mapping.created', mapping, tx))
  return mapping
}

/** Replaces a mapping. What was imported by it stays as it is. */
export async function replaceMapping(
  tx: Tx,
  { id, name, settings, ifMatch }: SaveMapping & { id: string; ifMatch: number | undefined },
): Promise<CsvMappingRow> {
  requireUsable(settings)
  const before = await requireMapping(tx, id)
  requireVersion(before.version, ifMatch)
  const mapping = await tx.db
    .updateTable('csv_mapping')
    .set({
      name,
      settings: JSON.stringify(settings),
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
  if (mapping === undefined) return replaceMapping(tx, { id, name, settings, ifMatch })
  announce(
    tx,
    mappingFact('csv_mapping.updated', mapping, tx, { name: before.name, ...before.settings }),
  )
  return mapping
}

/** Takes a mapping away. Files that were imported by it stay. */
export async function deleteMapping(
  tx: Tx,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<void> {
  const before = await requireMapping(tx, id)
  requireVersion(before.version, ifMatch)
  await tx.db
    .deleteFrom('csv_mapping')
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .execute()
  const deleted = { ...before, version: before.version + 1 }
  announce(tx, mappingFact('csv_mapping.deleted', deleted, tx))
}

/** Refuses a mapping by which no row could ever be read. */
function requireUsable({ sign, columns, account, currency, has_header }: CsvMappingSettings): void {
  const missing = (pointer: string, detail: string) => ({ pointer, code: 'required', detail })
  const named = [...Object.values(columns).flat()]
  const errors = [
    ...(columns.account === undefined && account === null
      ? [missing('#/account', 'is needed where no column names the account')]
      : []),
    ...(columns.currency === undefined && currency === null
      ? [missing('#/currency', 'is needed where no column names the currency')]
      : []),
    ...(sign !== 'two_columns' && columns.amount === undefined
      ? [missing('#/columns/amount', `is needed with ${sign}`)]
      : []),
    ...(sign === 'direction_column' && columns.direction === undefined
      ? [missing('#/columns/direction', 'is needed with direction_column')]
      : []),
    ...(sign === 'two_columns' && (columns.credit_amount ?? columns.debit_amount) === undefined
      ? [missing('#/columns/credit_amount', 'one of the two is needed with two_columns')]
      : []),
    ...(!has_header && named.some((column) => !/^#\d+$/.test(column))
      ? [missing('#/columns', 'must be numbered (`#1`) without a header')]
      : []),
  ]
  if (errors.length > 0) throw invalidFields(...errors)
}
