import { verifyTenantChain } from './audit/verify-tenant-chain.ts'
import { announceOverdueInvoices } from './billing/announce-overdue-invoices.ts'
import { collectDebits } from './cash/debits/collect-debits.ts'
import { lapseMandates } from './cash/debits/lapse-mandates.ts'
import { creditWorkOf } from './credit/nightly.ts'
import { settleAccruals } from './dunning/charges/settle-accruals.ts'
import { runScheduledDunning } from './dunning/runs/run-scheduled.ts'
import { byTheService, commit, type Tx } from './foundation/database/commit.ts'
import type { Context } from './foundation/http/context.ts'
import type { JobName } from './foundation/jobs/timetable.ts'
import { verifyTenantLedger } from './ledger/verify-tenant-ledger.ts'

/** What a job is told: which tenant, and when to stop between two commits. */
export interface JobRun {
  context: Context
  tenantId: string
  signal: AbortSignal
}

/**
 * Which command does the work of each slot; `foundation/jobs/timetable.ts` says when. Every job is safe to run twice,
 * to run on every replica at once, and to die anywhere. It answers figures for its row.
 */
export const jobs: Record<JobName, (run: JobRun) => Promise<Record<string, unknown>>> = {
  announce_overdue: (run) => inCommits(1_000, run, announceOverdueInvoices),
  collect_debits: (run) => inCommits(500, run, collectDebits),
  lapse_mandates: (run) => inCommits(1_000, run, lapseMandates),
  credit_night: async (run) => {
    const options = { tenantId: run.tenantId, cause: byTheService }
    let count = 0
    for (const work of await commit(run.context.workers, options, creditWorkOf))
      count += (await inCommits(500, run, work)).count
    return { count }
  },
  verify_ledger: async ({ context, tenantId, signal }) => ({
    ...(await verifyTenantLedger(context, tenantId)),
    ...(await verifyTenantChain(context, tenantId, signal)),
  }),
  // Interest on what has been paid is settled before anybody is asked for more.
  dunning_run: async (run) => {
    const { count: settled } = await inCommits(500, run, settleAccruals)
    const done = await runScheduledDunning(run.context, run.tenantId, run.signal)
    return { ...done, settled }
  },
}

/** Repeats work in batches, each a commit of its own, until one comes back less than full. */
async function inCommits(
  limit: number,
  { context, tenantId, signal }: JobRun,
  work: (tx: Tx, limit: number) => Promise<number>,
): Promise<{ count: number }> {
  let count = 0
  for (;;) {
    signal.throwIfAborted()
    const done = await commit(context.workers, { tenantId, cause: byTheService }, (tx) =>
      work(tx, limit),
    )
    count += done
    if (done < limit) return { count }
  }
}
