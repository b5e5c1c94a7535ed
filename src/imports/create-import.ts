import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { enqueueTask } from '../foundation/jobs/tasks.ts'
import { dateInFuture } from '../foundation/problem.ts'
import { importFact } from './events.ts'
import type { GivenRow, GivenRows } from './given-rows.ts'
import type { ControlTotal, ImportMode, ImportResource } from './import.ts'
import type { ImportRecord } from './table.ts'

/** Rows somebody wants to be imported. */
export interface CreateImport {
  resource: ImportResource
  mode: ImportMode
  /** True to keep all rows or none. */
  atomic: boolean
  /** True to find out what would become of the rows, and keep none. */
  dryRun: boolean
  /** What opening balances need; null for everything else. */
  opening: { cutOverDate: CalendarDate; controlTotals: readonly ControlTotal[] } | null
  given: GivenRows
}

const CHUNK_ROWS = 1_000

/** Takes the rows in and hands the work to the workers; nothing is judged here but that the rows can be kept. */
export async function createImport(
  tx: Tx,
  { resource, mode, atomic, dryRun, opening, given }: CreateImport,
): Promise<ImportRecord> {
  if (opening !== null && opening.cutOverDate > tx.today)
    throw dateInFuture('cut_over_date', opening.cutOverDate, tx.today)
  const id = newId()
  await tx.db
    .insertInto('import')
    .values({
      tenant_id: tx.tenant.id,
      id,
      resource,
      mode,
      atomic,
      dry_run: dryRun,
      status: 'queued',
      total_count: 0,
      csv: given.csv === null ? null : JSON.stringify(given.csv),
      cut_over_date: opening?.cutOverDate ?? null,
      control_totals: opening === null ? null : JSON.stringify(opening.controlTotals),
      actor: tx.cause.actor,
      request_id: tx.cause.requestId,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .execute()
  let count = 0
  for await (const chunk of chunksOf(given.rows)) {
    await keep(tx, id, count + 1, chunk)
    count += chunk.length
  }
  const record = await tx.db
    .updateTable('import')
    .set({ total_count: count })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await enqueueTask(tx, 'import', record.id)
  announce(tx, importFact('import.created', record, tx))
  return record
}

async function* chunksOf(rows: AsyncIterable<GivenRow>): AsyncGenerator<GivenRow[]> {
  let chunk: GivenRow[] = []
  for await (const row of rows) {
    chunk.push(row)
    if (chunk.length < CHUNK_ROWS) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

const keep = (tx: Tx, importId: string, first: number, rows: readonly GivenRow[]) =>
  sql`
    insert into import_row (tenant_id, import_id, row, input, refusal, line)
    select ${tx.tenant.id}, ${importId}, ${first}::int + given.ordinality::int - 1, given.input, given.refusal, given.line
    from unnest(${rows.map(({ input }) => input)}::text[], ${rows.map(({ refusal }) => refusal)}::text[], ${rows.map(({ line }) => line)}::int[])
      with ordinality as given (input, refusal, line, ordinality)
  `.execute(tx.db)
