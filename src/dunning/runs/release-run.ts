import { addDays } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { enqueueTask } from '../../foundation/jobs/tasks.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { setNextLooks } from '../../ledger/watch-items.ts'
import { requireRun } from '../queries.ts'
import type { RunRow } from '../table.ts'
import { closeDecisions, proposedDecisions } from './close-decisions.ts'
import { customersProposed } from './customers-proposed.ts'
import { requireMove } from './move-run.ts'
import { releaseCustomers } from './release-customers.ts'
import { type Frame, workOff } from './work-off.ts'

/** Has a proposal released, as it has been reviewed. */
export async function releaseRun(tx: Tx, id: string, ifMatch: number | undefined): Promise<RunRow> {
  requireVersion((await requireRun(tx, id)).version, ifMatch)
  const run = await requireMove(tx, id, {
    from: 'proposed',
    to: 'releasing',
    type: 'dunning_run.updated',
  })
  await enqueueTask(tx, 'dunning_run', run.id)
  return run
}

/** Releases a proposal, customer by customer. What cannot be carried out lapses and is looked at again tomorrow. */
export const releaseProposal = (frame: Frame): Promise<void> =>
  workOff(frame, {
    next: (reader, after) => customersProposed(reader, frame.runId, after),
    work: (tx, customerIds) => releaseCustomers(tx, frame.runId, customerIds),
    giveUp: (tx, customerId) => lapse(tx, frame.runId, customerId),
  })

async function lapse(tx: Tx, runId: string, customerId: string): Promise<void> {
  await lockCustomers(tx, [customerId])
  const proposed = await proposedDecisions(tx, runId, [customerId])
  await closeDecisions(
    tx,
    proposed.map(({ id }) => ({ id, noticeId: null, lapseReason: 'failed' })),
  )
  await setNextLooks(
    tx,
    proposed.map(({ item_id }) => ({ itemId: item_id, nextLookDate: addDays(tx.today, 1) })),
  )
}
