import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { RecoveryRow, WriteOffRow } from './table.ts'
import type { TaxedClaim } from './tax.ts'

/** A write-off and the recoveries that stand. */
export interface WriteOffWithRecoveries {
  writeOff: WriteOffRow
  recoveries: RecoveryRow[]
}

/** The write-off, or `write_off_not_found`. */
export async function requireWriteOff({ db, tenant }: Reader, id: string): Promise<WriteOffRow> {
  const writeOff = await db
    .selectFrom('write_off')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (writeOff === undefined) throw new Problem('write_off_not_found')
  return writeOff
}

/** The recovery, or `recovery_not_found`. */
export async function requireRecovery({ db, tenant }: Reader, id: string): Promise<RecoveryRow> {
  const recovery = await db
    .selectFrom('recovery')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (recovery === undefined) throw new Problem('recovery_not_found')
  return recovery
}

/** Puts the recoveries that stand beside each write-off, in one query for all of them. */
export async function withRecoveries(
  { db, tenant }: Reader,
  writeOffs: readonly WriteOffRow[],
): Promise<WriteOffWithRecoveries[]> {
  const ids = writeOffs.map(({ id }) => id)
  const recoveries =
    ids.length === 0
      ? []
      : await db
          .selectFrom('recovery')
          .selectAll()
          .where('tenant_id', '=', tenant.id)
          .where('write_off_id', '=', sql<string>`any(${ids})`)
          .where('undo_date', 'is', null)
          .orderBy('id')
          .execute()
  return writeOffs.map((writeOff) => ({
    writeOff,
    recoveries: recoveries.filter(({ write_off_id }) => write_off_id === writeOff.id),
  }))
}

/** What was claimed by an item and the tax in it, and the tax claimed back for it so far. */
export async function taxOf(
  { db, tenant }: Reader,
  itemId: string,
): Promise<TaxedClaim & { relieved_amount: number }> {
  const { rows } = await sql<TaxedClaim & { relieved_amount: number }>`
    select total_amount, (
        select coalesce(sum(amount), 0)::bigint from ledger_entry as entry
        where entry.tenant_id = item.tenant_id and entry.item_id = item.id and happening = 'invoice_issued' and credit_account = 'output_tax'
      ) as tax_amount, (
        select coalesce(sum(relieved_amount), 0)::bigint from write_off
        where write_off.tenant_id = item.tenant_id and write_off.item_id = item.id and status = 'recorded'
      ) as relieved_amount
    from open_item as item
    where item.tenant_id = ${tenant.id} and item.id = ${itemId}
  `.execute(db)
  return rows[0] ?? { total_amount: 1, tax_amount: 0, relieved_amount: 0 }
}

/** What the list of write-offs can be narrowed to. */
export interface WriteOffFilters extends Page {
  customer_id?: string
  invoice_id?: string
  item_id?: string
  status?: WriteOffRow['status'][]
}

/** One page of write-offs with their recoveries, the newest first. */
export async function listWriteOffs(
  reader: Reader,
  by: WriteOffFilters,
): Promise<Paged<WriteOffWithRecoveries>> {
  const { db, tenant } = reader
  let select = db.selectFrom('write_off').selectAll().where('tenant_id', '=', tenant.id)
  for (const column of ['customer_id', 'invoice_id', 'item_id'] as const) {
    const id = by[column]
    if (id !== undefined) select = select.where(column, '=', uuidOf(id))
  }
  if (by.status !== undefined)
    select = select.where('status', '=', sql<'recorded'>`any(${by.status})`)
  const page = await pageOf<WriteOffRow>(select, by, newestFirst)
  return { rows: await withRecoveries(reader, page.rows), nextCursor: page.nextCursor }
}
