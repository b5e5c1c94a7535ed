import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { importFact } from './events.ts'
import type { Outcome, RowOutcome } from './import.ts'
import type { ImportRecord } from './table.ts'

/** The import was cancelled, or somebody else has done these rows: what was done now must not be kept. */
export class Superseded extends Error {
  constructor() {
    super('these rows of the import are not ours to do')
  }
}

const CHUNK_ROWS = 1_000

/**
 * Writes what became of rows, and moves the import on, in the transaction that did them. The guard is the row the
 * import stands at: of two workers that did the same rows, one commits and the other is rolled back.
 */
export async function recordOutcomes(
  tx: Tx,
  importId: string,
  outcomes: readonly RowOutcome[],
): Promise<void> {
  const first = outcomes[0]
  if (first === undefined) return
  const counts = countsOf(outcomes)
  const { numUpdatedRows } = await tx.db
    .updateTable('import')
    .set({
      created_count: sql<number>`created_count + ${counts.created}`,
      updated_count: sql<number>`updated_count + ${counts.updated}`,
      unchanged_count: sql<number>`unchanged_count + ${counts.unchanged}`,
      failed_count: sql<number>`failed_count + ${counts.failed}`,
      next_row: sql<number>`next_row + ${outcomes.length}`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', importId)
    .where('status', '=', 'running')
    .where('next_row', '=', first.row)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Superseded()
  for (let start = 0; start < outcomes.length; start += CHUNK_ROWS)
    await write(tx, importId, outcomes.slice(start, start + CHUNK_ROWS))
}

function countsOf(outcomes: readonly RowOutcome[]): Record<Outcome, number> {
  const counts = { created: 0, updated: 0, unchanged: 0, failed: 0 }
  for (const { outcome } of outcomes) counts[outcome] += 1
  return counts
}

async function write(tx: Tx, importId: string, outcomes: readonly RowOutcome[]): Promise<void> {
  const rows = JSON.stringify(outcomes, (_, value: unknown) =>
    typeof value === 'string' ? storable(value) : value,
  )
  await sql`
    with done as (
      select * from json_to_recordset(${rows}) as done(
        "row" int, "externalId" text, outcome text, "resourceId" uuid, "resourceKind" text, problem json)
    ), forgotten as (
      delete from import_row
      using done
      where import_row.tenant_id = ${tx.tenant.id} and import_row.import_id = ${importId} and import_row.row = done.row
      returning import_row.row, import_row.input, import_row.line
    )
    insert into import_result (tenant_id, import_id, row, external_id, outcome, resource_id, resource_kind, problem, line, input)
    select ${tx.tenant.id}, ${importId}, done.row, done."externalId", done.outcome, done."resourceId", done."resourceKind", done.problem,
      forgotten.line, case when done.outcome = 'failed' then forgotten.input end
    from done
    left join forgotten on forgotten.row = done.row
  `.execute(tx.db)
}

/** A problem may quote what a row said; what PostgreSQL cannot store is shown as a replacement character. */
const storable = (text: string): string =>
  (text as string & { toWellFormed(): string }).toWellFormed().replaceAll('\0', '\ufffd')

/** Ends an import whose rows all have an outcome. */
export async function finishImport(tx: Tx, importId: string): Promise<ImportRecord> {
  const finished = await tx.db
    .updateTable('import')
    .set({
      status: sql<'succeeded' | 'failed'>`
        case when failed_count > 0 and (atomic or failed_count = total_count) then 'failed' else 'succeeded' end`,
      finished_at: tx.now,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', importId)
    .where('status', '=', 'running')
    .where('next_row', '>', sql<number>`total_count`)
    .returningAll()
    .executeTakeFirst()
  if (finished === undefined) throw new Superseded()
  announce(tx, importFact('import.completed', finished, tx))
  return finished
}
