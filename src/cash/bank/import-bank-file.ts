import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { freshenAccounts, lockAccounts } from './bank-accounts.ts'
import { statementFact } from './events.ts'
import { announceVerdicts, judgeContinuity } from './judge-continuity.ts'
import { knownMovements } from './known-movements.ts'
import { type Placed, planImport } from './plan-import.ts'
import { findFile } from './queries.ts'
import type { FileContents } from './read/read-file.ts'
import { storeLines, storeStatements } from './store-import.ts'
import type { BankFileRow, BankStatementRow } from './table.ts'

/** A file that has been read. */
export interface ImportBankFile {
  sha256: Buffer
  byteCount: number
  csvMappingId: string | null
  contents: FileContents
}

/** A file and its statements, as its first import left them. */
export interface ImportedFile {
  file: BankFileRow
  statements: BankStatementRow[]
  /** False when the file was known. */
  isNew: boolean
}

/**
 * Takes a file in, all of it or nothing: its accounts, its statements, and those of its movements that nobody has
 * shown us before. The same bytes are taken in once; whoever sends them again gets the first answer.
 */
export async function importBankFile(tx: Tx, input: ImportBankFile): Promise<ImportedFile> {
  const accountOf = await lockAccounts(tx, input.contents.statements)
  const known = await findFile(tx, input.sha256)
  if (known !== undefined) return { ...known, isNew: false }

  const placed = input.contents.statements.map((statement): Placed => {
    const { id: accountId, currency } = accountOf(statement)
    return { id: newId(), accountId, currency, statement }
  })
  const plan = planImport(placed, await knownMovements(tx, placed))
  const count = (of: 'newLineCount' | 'duplicateCount' | 'notBookedCount') =>
    plan.statements.reduce((total, statement) => total + statement[of], 0)
  const file = await tx.db
    .insertInto('bank_file')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      sha256: input.sha256,
      format: input.contents.format,
      byte_count: input.byteCount,
      csv_mapping_id: input.csvMappingId,
      line_count: count('newLineCount') + count('duplicateCount'),
      new_line_count: count('newLineCount'),
      duplicate_count: count('duplicateCount'),
      not_booked_count: count('notBookedCount'),
      created_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const stored = await storeStatements(tx, file.id, plan.statements)
  await storeLines(tx, plan)
  await freshenAccounts(tx, plan.statements)
  return { file, statements: await judgeAndAnnounce(tx, stored), isNew: true }
}

/** What comes in may close a gap, or show one: of itself, and of statements that were there before. */
async function judgeAndAnnounce(
  tx: Tx,
  stored: readonly BankStatementRow[],
): Promise<BankStatementRow[]> {
  const accounts = [...new Set(stored.map((one) => one.bank_account_id))]
  const judged = await judgeContinuity(tx, accounts)
  const verdicts = new Map(judged.map(({ id, continuity }) => [id, continuity]))
  const statements = stored.map((row) => ({
    ...row,
    continuity: verdicts.get(row.id) ?? row.continuity,
  }))
  announce(tx, ...statements.map((row) => statementFact('bank_statement.imported', row, tx)))
  const isNew = new Set(stored.map(({ id }) => id))
  const changed = judged.filter(({ id, continuity }) => !isNew.has(id) || continuity === 'gap')
  const versions = new Map((await announceVerdicts(tx, changed)).map((row) => [row.id, row]))
  return statements.map((row) => versions.get(row.id) ?? row)
}
