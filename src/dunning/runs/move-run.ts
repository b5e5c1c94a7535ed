import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Problem } from '../../foundation/problem.ts'
import { runFact } from '../events.ts'
import { requireRun } from '../queries.ts'
import type { RunRow, RunStatus } from '../table.ts'

/** What can be done with a run in each status. */
const actions: Record<RunStatus, readonly string[]> = {
  running: [],
  proposed: ['exclude', 'include', 'release', 'discard'],
  releasing: [],
  discarding: [],
  discarded: [],
  completed: ['reverse'],
  reversing: [],
  reversed: [],
}

/** A step in the life of a run. */
export interface RunMove {
  from: RunStatus
  to: RunStatus
  type: Extract<EventType, `dunning_run.${string}`>
  set?: Partial<Pick<RunRow, 'reversal_reason'>>
}

/** Moves a run on and announces it; undefined when it is not where the move begins. */
export async function moveRun(
  tx: Tx,
  id: string,
  { from, to, type, set = {} }: RunMove,
): Promise<RunRow | undefined> {
  const run = await tx.db
    .updateTable('dunning_run')
    .set({ ...set, status: to, version: sql<number>`version + 1`, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', '=', from)
    .returningAll()
    .executeTakeFirst()
  if (run !== undefined) announce(tx, runFact(type, run, tx))
  return run
}

/** Refuses what a run's status does not allow, with what it does. */
export function requireStatus(run: RunRow, status: RunStatus): void {
  if (run.status !== status)
    throw new Problem('invalid_state', {
      current_status: run.status,
      allowed_actions: [...actions[run.status]],
    })
}

/** Moves a run that is where the move begins, or refuses. */
export async function requireMove(tx: Tx, id: string, move: RunMove): Promise<RunRow> {
  const moved = await moveRun(tx, id, move)
  if (moved !== undefined) return moved
  const run = await requireRun(tx, id)
  requireStatus(run, move.from)
  throw new Problem('version_mismatch', { current_version: run.version })
}
