import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { Problem } from '../foundation/problem.ts'
import { importFact } from './events.ts'
import { requireImport } from './queries.ts'
import type { ImportRecord } from './table.ts'

/**
 * Stops an import. Rows that have an outcome keep it and what they made; a batch under way is rolled back, because it
 * finds at its end that the import no longer runs; rows that had no turn are forgotten.
 */
export async function cancelImport(
  tx: Tx,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<ImportRecord> {
  const cancelled = await tx.db
    .updateTable('import')
    .set({
      status: 'cancelled',
      finished_at: tx.now,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .$if(ifMatch !== undefined, (update) => update.where('version', '=', ifMatch as number))
    .returningAll()
    .executeTakeFirst()
  if (cancelled === undefined) throw await whyNot(tx, id, ifMatch)
  await tx.db
    .deleteFrom('import_row')
    .where('tenant_id', '=', tx.tenant.id)
    .where('import_id', '=', id)
    .execute()
  announce(tx, importFact('import.cancelled', cancelled, tx))
  return cancelled
}

async function whyNot(tx: Tx, id: string, ifMatch: number | undefined): Promise<Problem> {
  const { status, version } = await requireImport(tx, id)
  requireVersion(version, ifMatch)
  return new Problem('invalid_state', { current_status: status, allowed_actions: [] })
}
