import { sql } from 'kysely'
import { announceOverdueInvoices } from '../../billing/announce-overdue-invoices.ts'
import { byTheService, commit, type Tx } from '../../foundation/database/commit.ts'
import { lookTomorrow } from '../../ledger/watch-items.ts'
import { requireRun } from '../queries.ts'
import type { RunRow } from '../table.ts'
import { customersToLookAt } from './customers-to-look-at.ts'
import { type BatchOutcome, dunCustomers } from './dun-customers.ts'
import { moveRun } from './move-run.ts'
import { type Frame, workOff } from './work-off.ts'

const OVERDUE_PER_COMMIT = 1_000

/**
 * Decides about everybody who is due for a look, batch by batch. What is overdue is announced first, so that nobody
 * hears of a level before. Interrupted and called again, it goes on with the customers that are still due for a look.
 * Ends in a proposal when something waits for a person to release it.
 */
export async function runDunning(frame: Frame, run: RunRow): Promise<RunRow> {
  const { context, tenantId, signal } = frame
  const options = { tenantId, cause: byTheService }
  let announced: number
  do {
    signal.throwIfAborted()
    announced = await commit(context.workers, options, (tx) =>
      announceOverdueInvoices(tx, OVERDUE_PER_COMMIT),
    )
  } while (announced === OVERDUE_PER_COMMIT)
  await workOff(frame, {
    next: (reader, after) => customersToLookAt(reader, run, after),
    work: async (tx, customerIds) => count(tx, run.id, await dunCustomers(tx, run, customerIds)),
    giveUp: lookTomorrow,
  })
  return commit(context.workers, options, (tx) => end(tx, run.id))
}

async function count(tx: Tx, runId: string, done: BatchOutcome): Promise<void> {
  if (done.itemCount === 0) return
  await tx.db
    .updateTable('dunning_run')
    .set({
      item_count: sql<number>`item_count + ${done.itemCount}`,
      proposed_count: sql<number>`proposed_count + ${done.proposedCount}`,
      escalated_count: sql<number>`escalated_count + ${done.escalatedCount}`,
      notice_count: sql<number>`notice_count + ${done.noticeCount}`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', runId)
    .execute()
}

async function end(tx: Tx, runId: string): Promise<RunRow> {
  const { proposed_count } = await requireRun(tx, runId)
  const moved = await moveRun(
    tx,
    runId,
    proposed_count > 0
      ? { from: 'running', to: 'proposed', type: 'dunning_run.proposed' }
      : { from: 'running', to: 'completed', type: 'dunning_run.completed' },
  )
  return moved ?? requireRun(tx, runId)
}
