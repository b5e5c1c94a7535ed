import { commit, type Tx } from '../foundation/database/commit.ts'
import { analyzeYoungTables } from '../foundation/database/young-tables.ts'
import type { Context } from '../foundation/http/context.ts'
import { Problem } from '../foundation/problem.ts'
import { controlMismatch } from './control-totals.ts'
import type { RowOutcome, RowProblem } from './import.ts'
import { importRows, rowProblem } from './import-rows.ts'
import { nextRows, requireImport } from './queries.ts'
import { finishImport, recordOutcomes, Superseded } from './record-outcomes.ts'
import type { ImportRecord } from './table.ts'

/**
 * Does an import. Interrupted anywhere and called again, it goes on with the first row that has no outcome: a row's
 * work and its outcome are one commit. One that was cancelled, or has ended, has nothing left to do.
 */
export async function runImport(
  context: Context,
  tenantId: string,
  importId: string,
  signal: AbortSignal,
): Promise<void> {
  const record = await begin(context, tenantId, importId)
  if (record === undefined) return
  const run = { context, tenantId, record, signal }
  try {
    await (record.atomic || record.dry_run ? doTogether(run) : doInBatches(run))
  } catch (error) {
    if (!(error instanceof Superseded)) throw error
  }
}

interface Run {
  context: Context
  tenantId: string
  record: ImportRecord
  signal: AbortSignal
}

/** Everything the import does is caused by whoever asked for it. */
const optionsOf = ({ tenantId, record }: Run) => ({
  tenantId,
  cause: { origin: 'import', actor: record.actor, requestId: record.request_id } as const,
})

async function begin(
  { workers }: Context,
  tenantId: string,
  importId: string,
): Promise<ImportRecord | undefined> {
  const cause = { origin: 'import', actor: null, requestId: null } as const
  return commit(workers, { tenantId, cause }, async (tx) => {
    await tx.db
      .updateTable('import')
      .set({ status: 'running', updated_at: tx.now })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', importId)
      .where('status', '=', 'queued')
      .execute()
    const record = await requireImport(tx, importId)
    return record.status === 'running' ? record : undefined
  })
}

/** Each batch is a commit of its own: what is done stays done, and progress can be seen. */
async function doInBatches(run: Run): Promise<void> {
  const { context, record, signal } = run
  let next = record.next_row
  do {
    signal.throwIfAborted()
    await analyzeYoungTables(context.workers)
    const from = next
    next = await commit(context.workers, optionsOf(run), async (tx) => {
      const outcomes = await doNext(run, tx, from)
      await recordOutcomes(tx, record.id, outcomes)
      if (from + outcomes.length > record.total_count) await finishImport(tx, record.id)
      return from + outcomes.length
    })
  } while (next <= record.total_count)
}

/** One batch. Rows that are missing have been forgotten by a cancellation. */
async function doNext({ context, record }: Run, tx: Tx, from: number): Promise<RowOutcome[]> {
  if (from > record.total_count) return []
  const pending = await nextRows(tx, record.id, from)
  if (pending[0]?.row !== from) throw new Superseded()
  return importRows(context, tx, record, pending)
}

/** Undoes an atomic import, and carries out of the transaction what became of its rows: those that did not fail by themselves fail by this problem. */
class RolledBack extends Error {
  readonly outcomes: RowOutcome[]

  constructor(outcomes: RowOutcome[], problem: Problem) {
    super('an atomic import failed')
    this.outcomes = outcomes.map((one) => asRolledBack(one, rowProblem(problem)))
  }
}

/**
 * All rows in one transaction. A dry run goes this way too, atomic or not, because its rows must see each other and
 * yet leave nothing; what became of them is then written in a commit of its own.
 */
async function doTogether(run: Run): Promise<void> {
  const { context, record } = run
  await analyzeYoungTables(context.workers)
  const options = optionsOf(run)
  const outcomes = await commit(context.workers, { ...options, dryRun: record.dry_run }, (tx) =>
    doAll(run, tx),
  ).catch((error: unknown) => {
    if (error instanceof RolledBack) return error.outcomes
    throw error
  })
  if (outcomes === null) return
  await commit(context.workers, options, async (tx) => {
    await recordOutcomes(tx, record.id, outcomes.map(record.dry_run ? withoutId : asItIs))
    await finishImport(tx, record.id)
  })
}

/** Answers the outcomes that are still to be written, or null when they have been. */
async function doAll(run: Run, tx: Tx): Promise<RowOutcome[] | null> {
  const { record, signal } = run
  const outcomes: RowOutcome[] = []
  while (outcomes.length < record.total_count) {
    signal.throwIfAborted()
    for (const outcome of await doNext(run, tx, outcomes.length + 1)) outcomes.push(outcome)
  }
  if (record.atomic && outcomes.some(({ outcome }) => outcome === 'failed'))
    throw new RolledBack(outcomes, new Problem('atomic_import_failed'))
  const mismatch = await controlMismatch(tx, record, outcomes)
  if (mismatch !== undefined) throw new RolledBack(outcomes, mismatch)
  if (record.dry_run) return outcomes
  await recordOutcomes(tx, record.id, outcomes)
  await finishImport(tx, record.id)
  return null
}

const asItIs = (outcome: RowOutcome): RowOutcome => outcome

/** What a dry run created does not exist. */
const withoutId = (outcome: RowOutcome): RowOutcome =>
  outcome.outcome === 'created' ? { ...outcome, resourceId: null } : outcome

const asRolledBack = (outcome: RowOutcome, problem: RowProblem): RowOutcome =>
  outcome.outcome === 'failed'
    ? outcome
    : { ...outcome, outcome: 'failed', resourceId: null, resourceKind: null, problem }
