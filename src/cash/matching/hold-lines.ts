import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'

/** Locks the lines that are still unmatched; the others belong to whoever was first. Customers are locked before. */
export async function holdLines(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from bank_line
    where tenant_id = ${tx.tenant.id} and id = any(${ids}) and status = 'unmatched'
    order by id
    for update
  `.execute(tx.db)
  return new Set(rows.map(({ id }) => id))
}
