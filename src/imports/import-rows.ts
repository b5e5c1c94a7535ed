import type { Tx } from '../foundation/database/commit.ts'
import { part, refusalOf } from '../foundation/database/part.ts'
import type { Context } from '../foundation/http/context.ts'
import { Problem } from '../foundation/problem.ts'
import type { Applied, Importer, Settings } from './apply.ts'
import type { ImportResource, ResultKind, RowOutcome, RowProblem } from './import.ts'
import { importContacts } from './import-contacts.ts'
import { importCreditLimits } from './import-credit-limits.ts'
import { importCreditNotes } from './import-credit-notes.ts'
import { importCustomers } from './import-customers.ts'
import { importInvoices } from './import-invoices.ts'
import { importOpeningBalances } from './import-opening-balances.ts'
import { importPayments } from './import-payments.ts'
import { type ReadRow, readRows } from './read-rows.ts'
import { importable } from './resources.ts'
import type { ImportRecord, PendingRow } from './table.ts'

const importers: Record<ImportResource, Importer> = {
  customers: importCustomers,
  contacts: importContacts,
  invoices: importInvoices,
  credit_notes: importCreditNotes,
  payments: importPayments,
  credit_limits: importCreditLimits,
  opening_balances: importOpeningBalances,
}

/**
 * Does some rows, in their order, and answers what became of each. They are done together; should the database refuse
 * them together, each is done by itself, so that only the one that is to blame fails.
 */
export async function importRows(
  context: Context,
  tx: Tx,
  settings: Settings & Pick<ImportRecord, 'csv'>,
  pending: readonly PendingRow[],
): Promise<RowOutcome[]> {
  const rows = await readRows(tx, settings, pending)
  const applied = new Map<number, Applied>()
  for (const { row, content } of rows) if (content instanceof Problem) applied.set(row, content)
  for (const stretch of stretchesOf(rows.filter(({ row }) => !applied.has(row)))) {
    const done = await together(stretch)
    for (const [index, { row }] of stretch.entries()) applied.set(row, done[index] as Applied)
  }
  const { kind } = importable[settings.resource]
  return rows.map((row) => outcomeOf(row, applied.get(row.row) as Applied, kind))

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
    return importers[settings.resource](inner, settings, contents)
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

const outcomeOf = (
  { row, externalId, inFile }: ReadRow,
  applied: Applied,
  usualKind: ResultKind,
): RowOutcome =>
  applied instanceof Problem
    ? { row, externalId, ...failed, problem: inFile(rowProblem(applied)) }
    : {
        row,
        externalId,
        outcome: applied.outcome,
        resourceId: applied.id,
        resourceKind: applied.kind ?? usualKind,
        problem: null,
      }

const failed = { outcome: 'failed', resourceId: null, resourceKind: null } as const

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
