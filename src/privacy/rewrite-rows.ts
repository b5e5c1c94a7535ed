import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import type { WordColumn } from './where-persons-are.ts'

interface Row {
  /** Where the row lies; it is locked, so it stays there. */
  place: string
  texts: Record<string, string | null>
}

/** Writes other words into rows of a table, in one statement. */
export async function rewriteRows(
  { db }: Tx,
  table: string,
  columns: readonly WordColumn[],
  rows: RawBuilder<boolean>,
  rewrite: (column: WordColumn, text: string) => string,
): Promise<void> {
  if (columns.length === 0) return
  const texts = columns.map(
    ({ name }) => sql`${sql.lit(name)}, ${sql.ref(`${table}.${name}`)}::text`,
  )
  const { rows: found } = await sql<Row>`
    select ${sql.ref(table)}.ctid::text as place, json_build_object(${sql.join(texts)}) as texts
    from ${sql.table(table)}
    where ${rows}
    for update
  `.execute(db)
  const changed = found.flatMap(({ place, texts }) => {
    const after = Object.fromEntries(
      columns.map((column) => {
        const text = texts[column.name] ?? null
        return [column.name, text === null ? null : rewrite(column, text)]
      }),
    )
    return columns.some(({ name }) => after[name] !== texts[name]) ? [{ place, texts: after }] : []
  })
  if (changed.length === 0) return
  const assignments = columns.map(
    ({ name, type }) =>
      sql`${sql.ref(name)} = (given.texts ->> ${sql.lit(name)})::${sql.raw(type)}`,
  )
  await sql`
    update ${sql.table(table)}
    set ${sql.join(assignments)}
    from json_to_recordset(${JSON.stringify(changed)}) as given(place text, texts json)
    where ${sql.ref(table)}.ctid = given.place::tid
  `.execute(db)
}
