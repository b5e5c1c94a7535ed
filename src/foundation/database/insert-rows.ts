import { type Selectable, sql } from 'kysely'
import type { Tx } from './commit.ts'
import type { Tables } from './tables.ts'

/** Writes whole rows, any number of them, in one statement: they are one parameter, so that none is too many. */
export async function insertRows<T extends keyof Tables>(
  tx: Tx,
  table: T,
  rows: readonly Selectable<Tables[T]>[],
): Promise<void> {
  if (rows.length === 0) return
  const into = sql.table(table)
  await sql`insert into ${into} select * from json_populate_recordset(null::${into}, ${JSON.stringify(rows)})`.execute(
    tx.db,
  )
}
