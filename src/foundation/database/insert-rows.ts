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

/**
 * Writes rows that leave columns to their defaults, all of them the same ones, in one statement. Answers them as they
 * stand.
 */
export async function insertNew<T extends keyof Tables>(
  tx: Tx,
  table: T,
  rows: readonly Partial<Selectable<Tables[T]>>[],
): Promise<Selectable<Tables[T]>[]> {
  const [first] = rows
  if (first === undefined) return []
  const into = sql.table(table)
  const columns = sql.join(Object.keys(first).map((name) => sql.ref(name)))
  const { rows: inserted } = await sql<Selectable<Tables[T]>>`
    insert into ${into} (${columns})
    select ${columns} from json_populate_recordset(null::${into}, ${JSON.stringify(rows)})
    returning *
  `.execute(tx.db)
  return inserted
}
