import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { enqueueTask } from '../foundation/jobs/tasks.ts'
import { importFact } from './events.ts'
import type { GivenRow, GivenRows } from './given-rows.ts'
import type { ImportMode, ImportResource } from './import.ts'
import type { ImportRecord } from './table.ts'

/** Rows somebody wants to be imported. */
export interface CreateImport {
  resource: ImportResource
  mode: ImportMode
  /** True to keep all rows or none. */
  atomic: boolean
  /** True to find out what would become of the rows, and keep none. */
  dryRun: boolean
  given: GivenRows
}

const CHUNK_ROWS = 1_000

/** Takes the rows in and hands the work to the workers; nothing is judged here but that the rows can be kept. */
export async function createImport(
  tx: Tx,
  { resource, mode, atomic, dryRun, given }: CreateImport,
): Promise<ImportRecord> {
  const record = await tx.db
    .insertInto('import')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      resource,
      mode,
      atomic,
      dry_run: dryRun,
      status: 'queued',
      total_count: given.count,
      actor: tx.cause.actor,
      request_id: tx.cause.requestId,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  let first = 1
  for (const chunk of chunksOf(given.rows)) {
    await keep(tx, record.id, first, chunk)
    first += chunk.length
  }
  await enqueueTask(tx, 'import', record.id)
  announce(tx, importFact('import.created', record, tx))
  return record
}

function* chunksOf(rows: Iterable<GivenRow>): Iterable<GivenRow[]> {
  let chunk: GivenRow[] = []
  for (const row of rows) {
    chunk.push(row)
    if (chunk.length < CHUNK_ROWS) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

const keep = (tx: Tx, importId: string, first: number, rows: readonly GivenRow[]) =>
  sql`
    insert into import_row (tenant_id, import_id, row, input, refusal)
    select ${tx.tenant.id}, ${importId}, ${first}::int + given.ordinality::int - 1, given.input, given.refusal
    from unnest(${rows.map(({ input }) => input)}::text[], ${rows.map(({ refusal }) => refusal)}::text[])
      with ordinality as given (input, refusal, ordinality)
  `.execute(tx.db)
