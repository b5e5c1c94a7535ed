import type { Tx } from '../foundation/database/commit.ts'
import { part, refusalOf } from '../foundation/database/part.ts'
import type { Context } from '../foundation/http/context.ts'
import { Problem } from '../foundation/problem.ts'
import type { Applied, Importer } from './apply.ts'
import type { ImportMode, ImportResource, RowOutcome, RowProblem } from './import.ts'
import { importCustomers } from './import-customers.ts'
import { importInvoices } from './import-invoices.ts'
import { importPayments } from './import-payments.ts'
import { type ReadRow, readRows } from './read-rows.ts'
import type { PendingRow } from './table.ts'

const importers: Record<ImportResource, Importer> = {
  customers: importCustomers,
  invoices: importInvoices,
  payments: importPayments,
}

/**
 * Does some rows, in their order, and answers what became of each. They are done together; should the database refuse
 * them together, each is done by itself, so that only the one that is to blame fails.
 */
export async function importRows(
  context: Context,
  tx: Tx,
  settings: { resource: ImportResource; mode: ImportMode },
  pending: readonly PendingRow[],
): Promise<RowOutcome[]> {
  const rows = await readRows(tx, settings, pending)
  const applied = new Map<number, Applied>()
  for (const { row, content } of rows) if (content instanceof Problem) applied.set(row, content)
  for (const stretch of stretchesOf(rows.filter(({ row }) => !applied.has(row)))) {
    const done = await together(stretch)
    for (const [index, { row }] of stretch.entries()) applied.set(row, done[index] as Applied)
  }
  return rows.map((row) => outcomeOf(row, applied.get(row.row) as Applied))

  async function together(stretch: readonly ReadRow[]): Promise<Applied[]> {
    try {
      return await part(tx, (inner) => apply(inner, stretch))
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal === undefined) throw error
      if (refusal.code === 'internal_error')
        context.log.error({ err: error }, 'rows of an import failed for a reason nobody foresaw')
      if (stretch.length === 1) return [refusal]
      const done: Applied[] = []
      for (const row of stretch) done.push(...(await together([row])))
      return done
    }
  }

  /** Rows are read afresh for every try: commands may complete what they are given. */
  function apply(inner: Tx, stretch: readonly ReadRow[]): Promise<Applied[]> {
    const contents = stretch.map(({ content }) => structuredClone(content))
    return importers[settings.resource](inner, settings.mode, contents)
  }
}

/** Rows with the same external id are done one after the other; all that stand between them go together. */
function* stretchesOf(rows: readonly ReadRow[]): Iterable<ReadRow[]> {
  let stretch: ReadRow[] = []
  let seen = new Set<string>()
  for (const row of rows) {
    if (row.externalId !== null && seen.has(row.externalId)) {
      yield stretch
      stretch = []
      seen = new Set()
    }
    stretch.push(row)
    if (row.externalId !== null) seen.add(row.externalId)
  }
  if (stretch.length > 0) yield stretch
}

const outcomeOf = ({ row, externalId }: ReadRow, applied: Applied): RowOutcome =>
  applied instanceof Problem
    ? { row, externalId, outcome: 'failed', resourceId: null, problem: rowProblem(applied) }
    : { row, externalId, outcome: applied.outcome, resourceId: applied.id, problem: null }

const ERRORS_MAX = 20

/** A problem as the results of an import keep it. */
export function rowProblem({ code, status, message, details }: Problem): RowProblem {
  const { errors, retryAfterSeconds: _, detail: __, ...members } = details
  return {
    code,
    status,
    title: new Problem(code).message,
    detail: message,
    ...members,
    ...(errors && { errors: errors.slice(0, ERRORS_MAX) }),
  }
}
