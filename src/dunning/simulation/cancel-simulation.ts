import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import { simulationFact } from './events.ts'
import { requireSimulation } from './queries.ts'
import type { SimulationRow } from './table.ts'

/** Stops a simulation. A batch under way finds at its end that nobody waits for it any more. */
export async function cancelSimulation(
  tx: Tx,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<SimulationRow> {
  const cancelled = await tx.db
    .updateTable('dunning_simulation')
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
  if (cancelled === undefined) {
    const { status, version } = await requireSimulation(tx, id)
    requireVersion(version, ifMatch)
    throw new Problem('invalid_state', { current_status: status, allowed_actions: [] })
  }
  announce(tx, simulationFact('dunning_simulation.cancelled', cancelled, tx))
  return cancelled
}
