import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { Continuity, Direction, LineStatus, StatementKind } from './bank-line.ts'
import type {
  BankAccountRow,
  BankFileRow,
  BankLineRow,
  BankStatementRow,
  CsvMappingRow,
} from './table.ts'

/** The file with these bytes and its statements, if it has been imported. */
export async function findFile(
  reader: Reader,
  sha256: Buffer,
): Promise<{ file: BankFileRow; statements: BankStatementRow[] } | undefined> {
  const { db, tenant } = reader
  const file = await db
    .selectFrom('bank_file')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  if (file === undefined) return undefined
  const statements = await db
    .selectFrom('bank_statement')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('bank_file_id', '=', file.id)
    .orderBy('position')
    .execute()
  return { file, statements }
}

/** Puts the number of its account beside each statement. */
export async function withAccounts(
  { db, tenant }: Reader,
  statements: readonly BankStatementRow[],
): Promise<(BankStatementRow & { account: string })[]> {
  const ids = [...new Set(statements.map(({ bank_account_id }) => bank_account_id))]
  const rows = await db
    .selectFrom('bank_account')
    .select(['id', 'identification'])
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', sql<string>`any(${ids})`)
    .execute()
  const accounts = new Map(rows.map(({ id, identification }) => [id, identification]))
  return statements.map((one) => ({
    ...one,
    account: accounts.get(one.bank_account_id) as string,
  }))
}

/** The account, or `bank_account_not_found`. */
export async function requireBankAccount(reader: Reader, id: string): Promise<BankAccountRow> {
  const account = await reader.db
    .selectFrom('bank_account')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (account === undefined) throw new Problem('bank_account_not_found')
  return account
}

/** The statement, or `bank_statement_not_found`. */
export async function requireBankStatement(reader: Reader, id: string): Promise<BankStatementRow> {
  const statement = await reader.db
    .selectFrom('bank_statement')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (statement === undefined) throw new Problem('bank_statement_not_found')
  return statement
}

/** The line, or `bank_line_not_found`. */
export async function requireBankLine(reader: Reader, id: string): Promise<BankLineRow> {
  const line = await reader.db
    .selectFrom('bank_line')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (line === undefined) throw new Problem('bank_line_not_found')
  return line
}

/** The mapping, or `csv_mapping_not_found`. */
export async function requireMapping(reader: Reader, id: string): Promise<CsvMappingRow> {
  const mapping = await reader.db
    .selectFrom('csv_mapping')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (mapping === undefined) throw new Problem('csv_mapping_not_found')
  return mapping
}

/** One page of CSV mappings, the newest first. */
export const listMappings = ({ db, tenant }: Reader, by: Page): Promise<Paged<CsvMappingRow>> =>
  pageOf<CsvMappingRow>(
    db.selectFrom('csv_mapping').selectAll().where('tenant_id', '=', tenant.id),
    by,
    newestFirst,
  )

/** One page of bank accounts, the newest first. */
export const listBankAccounts = (
  { db, tenant }: Reader,
  by: Page,
): Promise<Paged<BankAccountRow>> =>
  pageOf<BankAccountRow>(
    db.selectFrom('bank_account').selectAll().where('tenant_id', '=', tenant.id),
    by,
    newestFirst,
  )

/** What the list of statements can be narrowed to. */
export interface StatementFilters extends Page {
  bank_account_id?: string
  kind?: StatementKind[]
  continuity?: Continuity[]
}

/** One page of statements, the newest first. */
export function listBankStatements(
  { db, tenant }: Reader,
  by: StatementFilters,
): Promise<Paged<BankStatementRow>> {
  let select = db.selectFrom('bank_statement').selectAll().where('tenant_id', '=', tenant.id)
  if (by.bank_account_id !== undefined)
    select = select.where('bank_account_id', '=', uuidOf(by.bank_account_id))
  if (by.kind !== undefined) select = select.where('kind', '=', sql<StatementKind>`any(${by.kind})`)
  if (by.continuity !== undefined)
    select = select.where('continuity', '=', sql<Continuity>`any(${by.continuity})`)
  return pageOf<BankStatementRow>(select, by, newestFirst)
}

/** What the list of lines can be narrowed to. */
export interface LineFilters extends Page {
  bank_account_id?: string
  bank_statement_id?: string
  parent_id?: string
  status?: LineStatus[]
  direction?: Direction
  currency?: string
  amount?: number
  end_to_end_id?: string
  booking_date_gte?: string
  booking_date_lte?: string
}

/** One page of lines, the newest first. A statement shows its movements with their parts, whoever showed them first. */
export function listBankLines(
  { db, tenant }: Reader,
  by: LineFilters,
): Promise<Paged<BankLineRow>> {
  let select = db.selectFrom('bank_line').selectAll().where('tenant_id', '=', tenant.id)
  if (by.bank_account_id !== undefined)
    select = select.where('bank_account_id', '=', uuidOf(by.bank_account_id))
  if (by.bank_statement_id !== undefined)
    select = select.where(
      sql<string>`coalesce(parent_id, id)`,
      'in',
      db
        .selectFrom('bank_sighting')
        .select('bank_line_id')
        .where('tenant_id', '=', tenant.id)
        .where('statement_id', '=', uuidOf(by.bank_statement_id)),
    )
  if (by.parent_id !== undefined) select = select.where('parent_id', '=', uuidOf(by.parent_id))
  if (by.status !== undefined)
    select = select.where('status', '=', sql<LineStatus>`any(${by.status})`)
  if (by.direction !== undefined) select = select.where('direction', '=', by.direction)
  if (by.currency !== undefined) select = select.where('currency', '=', by.currency)
  if (by.amount !== undefined) select = select.where('amount', '=', by.amount)
  if (by.end_to_end_id !== undefined) select = select.where('end_to_end_id', '=', by.end_to_end_id)
  if (by.booking_date_gte !== undefined)
    select = select.where('booking_date', '>=', by.booking_date_gte)
  if (by.booking_date_lte !== undefined)
    select = select.where('booking_date', '<=', by.booking_date_lte)
  return pageOf<BankLineRow>(select, by, newestFirst)
}
