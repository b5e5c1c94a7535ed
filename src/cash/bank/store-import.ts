import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { lineFact } from './events.ts'
import { knowledge } from './movement.ts'
import type { Change, Plan, PlannedStatement } from './plan-import.ts'
import type { BankLineRow, BankStatementRow } from './table.ts'

const ROWS_PER_STATEMENT = 5_000

/** A line as it is stored; what every new line has is added in SQL. */
type NewLine = Omit<BankLineRow, 'tenant_id' | 'metadata' | 'version' | 'created_at' | 'updated_at'>

/** Writes the lines of an import, set-based: movements before their parts, then who has shown what. */
export async function storeLines(tx: Tx, plan: Plan): Promise<void> {
  const created = [...plan.created.values()]
  await insertLines(tx, created.map(movementRow))
  await insertLines(tx, [...created, ...plan.completed].flatMap(partRows))
  for (const completed of inBatches(plan.completed)) await completeLines(tx, completed)
  for (const sightings of inBatches(plan.sightings)) {
    const rows = sightings.map(({ movement, statementId, content }) => ({
      bank_line_id: movement.id,
      statement_id: statementId,
      content,
    }))
    await sql`
      insert into bank_sighting (tenant_id, bank_line_id, statement_id, content)
      select ${tx.tenant.id}, given.*
      from json_to_recordset(${JSON.stringify(rows)}) as given(bank_line_id uuid, statement_id uuid, content text)
    `.execute(tx.db)
  }
}

const described = (known: object) =>
  Object.fromEntries(
    Object.entries(knowledge).map(([column, name]) => [
      column,
      (known as Record<string, unknown>)[name] ?? null,
    ]),
  ) as Pick<NewLine, keyof typeof knowledge>

const movementRow = ({ movement, entry, statementId, position }: Change): NewLine => ({
  ...described(movement.known),
  id: movement.id,
  bank_account_id: movement.accountId,
  statement_id: statementId,
  parent_id: null,
  position,
  fingerprint: movement.fingerprint,
  status: movement.status,
  booking_date: entry.bookingDate,
  currency: entry.currency,
  amount: entry.amount,
  direction: entry.direction,
  is_reversal: entry.isReversal,
})

const partRows = ({ movement, entry, statementId, parts }: Change): NewLine[] =>
  parts.map((part, position) => ({
    ...described(part),
    id: newId(),
    bank_account_id: movement.accountId,
    statement_id: statementId,
    parent_id: movement.id,
    position,
    fingerprint: `${movement.fingerprint}/${position}`,
    status: 'unmatched',
    booking_date: entry.bookingDate,
    value_date: movement.known.valueDate,
    currency: entry.currency,
    amount: part.amount,
    direction: part.direction,
    is_reversal: entry.isReversal,
    transaction_code: part.transactionCode ?? movement.known.transactionCode,
  }))

async function insertLines(tx: Tx, lines: readonly NewLine[]): Promise<void> {
  for (const batch of inBatches(lines)) {
    const columns = sql.join(Object.keys(batch[0] as NewLine).map((column) => sql.ref(column)))
    await sql`
      insert into bank_line (tenant_id, created_at, updated_at, ${columns})
      select ${tx.tenant.id}, ${tx.now}, ${tx.now}, ${columns}
      from json_populate_recordset(null::bank_line, ${JSON.stringify(batch)})
    `.execute(tx.db)
  }
}

/** Writes what a later statement tells about lines nobody has matched; the import holds their locks. */
async function completeLines(tx: Tx, changes: readonly Change[]): Promise<void> {
  const told = changes.map(({ movement }) => ({
    id: movement.id,
    status: movement.status,
    ...described(movement.known),
  }))
  const columns = Object.keys(knowledge).map(
    (column) => sql`${sql.ref(column)} = ${sql.ref(`told.${column}`)}`,
  )
  const { rows } = await sql<BankLineRow>`
    update bank_line as line
    set status = told.status, ${sql.join(columns)}, version = line.version + 1, updated_at = ${tx.now}
    from json_populate_recordset(null::bank_line, ${JSON.stringify(told)}) as told
    where line.tenant_id = ${tx.tenant.id} and line.id = told.id
    returning line.*
  `.execute(tx.db)
  announce(tx, ...rows.map((line) => lineFact('bank_line.updated', line, tx)))
}

/** Writes the statements of a file. Whether they take up where others end is judged afterwards. */
export async function storeStatements(
  tx: Tx,
  fileId: string,
  statements: readonly PlannedStatement[],
): Promise<BankStatementRow[]> {
  const rows = statements.map((planned, position) => ({
    ...statementRow(planned),
    bank_file_id: fileId,
    position,
    continuity: 'unknown',
  }))
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((column) => sql.ref(column)))
  const { rows: stored } = await sql<BankStatementRow>`
    insert into bank_statement (tenant_id, created_at, updated_at, ${columns})
    select ${tx.tenant.id}, ${tx.now}, ${tx.now}, ${columns}
    from json_populate_recordset(null::bank_statement, ${JSON.stringify(rows)})
    returning *
  `.execute(tx.db)
  return stored
}

const statementRow = ({ id, accountId, currency, statement, ...counts }: PlannedStatement) => ({
  id,
  bank_account_id: accountId,
  kind: statement.kind,
  format: statement.format,
  identification: statement.identification,
  number: statement.number,
  currency,
  from_date: statement.fromDate,
  to_date: statement.toDate,
  opening_amount: statement.opening?.amount ?? null,
  opening_date: statement.opening?.date ?? null,
  closing_amount: statement.closing?.amount ?? null,
  closing_date: statement.closing?.date ?? null,
  entry_count: statement.entries.length,
  detail_count: statement.entries.reduce((count, { details }) => count + details.length, 0),
  not_booked_count: counts.notBookedCount,
  new_line_count: counts.newLineCount,
  duplicate_count: counts.duplicateCount,
  balanced: counts.balanced,
})

function* inBatches<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += ROWS_PER_STATEMENT)
    yield all.slice(from, from + ROWS_PER_STATEMENT)
}
