import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import {
  newestFirst,
  type Order,
  type Page,
  type Paged,
  pageOf,
} from '../foundation/http/paging.ts'
import { Problem } from '../foundation/problem.ts'
import type { ImportResource, ImportStatus, Outcome } from './import.ts'
import type { ImportRecord, PendingRow, ResultRow } from './table.ts'

/** The import, or `import_not_found`. */
export async function requireImport({ db, tenant }: Reader, id: string): Promise<ImportRecord> {
  const record = await db
    .selectFrom('import')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (record === undefined) throw new Problem('import_not_found')
  return record
}

/** What the list of imports can be narrowed to. */
export interface ImportFilters extends Page {
  resource?: ImportResource[]
  status?: ImportStatus[]
}

/** One page of imports, the newest first. */
export function listImports(
  { db, tenant }: Reader,
  by: ImportFilters,
): Promise<Paged<ImportRecord>> {
  let select = db.selectFrom('import').selectAll().where('tenant_id', '=', tenant.id)
  if (by.resource !== undefined)
    select = select.where('resource', '=', sql<ImportResource>`any(${by.resource})`)
  if (by.status !== undefined)
    select = select.where('status', '=', sql<ImportStatus>`any(${by.status})`)
  return pageOf<ImportRecord>(select, by, newestFirst)
}

const inOrder: Order = { column: 'row', direction: 'asc', type: 'int', tie: null }

/** What the results of an import can be narrowed to. */
export interface ResultFilters extends Page {
  status?: Outcome[]
}

/** One page of an import's results, in the order of its rows. */
export function listResults(
  { db, tenant }: Reader,
  importId: string,
  filters: ResultFilters,
): Promise<Paged<ResultRow>> {
  let select = db
    .selectFrom('import_result')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('import_id', '=', importId)
  if (filters.status !== undefined)
    select = select.where('outcome', '=', sql<Outcome>`any(${filters.status})`)
  return pageOf<ResultRow>(select, filters, inOrder, { importId })
}

const BATCH_ROWS = 1_000
const BATCH_BYTES = 2 * 1_048_576

/** The rows to be done next, from one on: as many as make a batch, and never more text than a batch may hold. */
export async function nextRows(
  { db, tenant }: Reader,
  importId: string,
  from: number,
): Promise<PendingRow[]> {
  const { rows } = await sql<PendingRow>`
    select candidate.row, candidate.input, candidate.refusal, candidate.line
    from (
      select pending.row, pending.input, pending.refusal, pending.line,
        sum(octet_length(pending.input)) over (order by pending.row rows between unbounded preceding and 1 preceding) as bytes_before
      from import_row as pending
      where pending.tenant_id = ${tenant.id} and pending.import_id = ${importId} and pending.row >= ${from}
      order by pending.row
      limit ${BATCH_ROWS}
    ) as candidate
    where coalesce(candidate.bytes_before, 0) < ${BATCH_BYTES}
    order by candidate.row
  `.execute(db)
  return rows
}
