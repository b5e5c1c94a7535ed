import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import type { SimulatorRunRow } from '../table.ts'
import { requireRun } from './queries.ts'

/** Takes back what was scheduled and has not happened yet. */
export async function cancelRun(
  tx: Tx,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<SimulatorRunRow> {
  const found = await requireRun(tx, id)
  requireVersion(found.version, ifMatch)
  const cancelled = await tx.db
    .updateTable('simulator_run')
    .set({ status: 'cancelled', version: sql<number>`version + 1`, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', '=', 'scheduled')
    .returningAll()
    .executeTakeFirst()
  if (cancelled !== undefined) return cancelled
  const { status } = await requireRun(tx, id)
  throw new Problem('invalid_state', { current_status: status, allowed_actions: [] })
}
