import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { keyOf, knowledge, type Movement, type Sighting } from './movement.ts'
import type { Placed } from './plan-import.ts'
import type { BankLineRow } from './table.ts'

/**
 * The movements that some statements might show again: of their accounts, on their booking dates. They are locked, so
 * that nobody matches one while it is told apart into its parts.
 */
export async function knownMovements(tx: Tx, statements: readonly Placed[]): Promise<Movement[]> {
  const accounts = [...new Set(statements.map(({ accountId }) => accountId))]
  const dates = [
    ...new Set(
      statements.flatMap(({ statement }) => statement.entries.map((entry) => entry.bookingDate)),
    ),
  ]
  const { rows } = await sql<BankLineRow & { sightings: Sighting[] }>`
    select line.*, sighted.sightings
    from bank_line as line
    cross join lateral (
      select json_agg(json_build_object('content', sighting.content, 'appearance', json_build_object(
        'format', statement.format, 'number', statement.number, 'openingAmount', statement.opening_amount,
        'openingDate', statement.opening_date, 'closingDate', statement.closing_date))) as sightings
      from bank_sighting as sighting
      join bank_statement as statement
        on statement.tenant_id = sighting.tenant_id and statement.id = sighting.statement_id
      where sighting.tenant_id = line.tenant_id and sighting.bank_line_id = line.id
    ) as sighted
    where line.tenant_id = ${tx.tenant.id} and line.bank_account_id = any(${accounts})
      and line.booking_date = any(${dates}::date[]) and line.parent_id is null
    order by line.id
    for no key update of line
  `.execute(tx.db)
  return rows.map(movementOf)
}

const movementOf = (row: BankLineRow & { sightings: Sighting[] }): Movement => ({
  id: row.id,
  accountId: row.bank_account_id,
  status: row.status,
  key: keyOf({ ...row, bookingDate: row.booking_date }),
  fingerprint: row.fingerprint,
  known: Object.fromEntries(
    Object.entries(knowledge).map(([column, name]) => [name, row[column as keyof BankLineRow]]),
  ) as unknown as Movement['known'],
  sightings: row.sightings,
})
