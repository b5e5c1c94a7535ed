import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { enqueueTask } from '../../foundation/jobs/tasks.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireRun } from '../queries.ts'
import type { RunRow } from '../table.ts'
import { customersProposed } from './customers-proposed.ts'
import { requireMove } from './move-run.ts'
import { type Frame, workOff } from './work-off.ts'

/** Has a proposal thrown away. */
export async function discardRun(tx: Tx, id: string, ifMatch: number | undefined): Promise<RunRow> {
  requireVersion((await requireRun(tx, id)).version, ifMatch)
  const run = await requireMove(tx, id, {
    from: 'proposed',
    to: 'discarding',
    type: 'dunning_run.updated',
  })
  await enqueueTask(tx, 'dunning_run', run.id)
  return run
}

/** Throws a proposal away, customer by customer: nothing of it happens, and its items are looked at again today. */
export const discardProposal = (frame: Frame): Promise<void> =>
  workOff(frame, {
    next: (reader, after) => customersProposed(reader, frame.runId, after),
    work: (tx, customerIds) => discard(tx, frame.runId, customerIds),
  })

async function discard(tx: Tx, runId: string, customerIds: readonly string[]): Promise<void> {
  await lockCustomers(tx, customerIds)
  await sql`
    with discarded as (
      update dunning_decision
      set status = 'discarded', version = version + 1
      where tenant_id = ${tx.tenant.id} and run_id = ${runId} and customer_id = any(${customerIds}) and status = 'proposed'
      returning item_id
    )
    update item_watch
    set next_look_date = ${tx.today}
    from discarded
    where item_watch.tenant_id = ${tx.tenant.id} and item_watch.item_id = discarded.item_id
  `.execute(tx.db)
}
