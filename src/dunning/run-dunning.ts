import { sql } from 'kysely'
import { announceOverdueInvoices } from '../billing/announce-overdue-invoices.ts'
import { announce } from '../events/announce.ts'
import { byTheService, commit, read, type Tx } from '../foundation/database/commit.ts'
import type { Context } from '../foundation/http/context.ts'
import { publicId } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { lookTomorrow } from '../ledger/watch-items.ts'
import { type BatchOutcome, customersToLookAt, dunBatch, dunCustomers } from './dun-batch.ts'
import { runFact } from './events.ts'
import type { RunRow } from './table.ts'

const OVERDUE_PER_COMMIT = 1_000

/**
 * Carries a run through, batch by batch, each a commit of its own that splits no customer. What is overdue is announced
 * first, so that nobody hears of a level before. Interrupted and called again, it goes on with the customers that are
 * still due for a look.
 */
export async function runDunning(
  context: Context,
  tenantId: string,
  run: RunRow,
  signal: AbortSignal,
): Promise<RunRow> {
  const options = { tenantId, cause: byTheService }
  let announced: number
  do {
    signal.throwIfAborted()
    announced = await commit(context.workers, options, (tx) =>
      announceOverdueInvoices(tx, OVERDUE_PER_COMMIT),
    )
  } while (announced === OVERDUE_PER_COMMIT)
  let after: string | null = null
  do {
    signal.throwIfAborted()
    after = await runBatch(context, tenantId, run, after, signal)
  } while (after !== null)
  return commit(context.workers, options, (tx) => complete(tx, run.id))
}

/** One batch in one commit; where that fails, each of its customers in one of its own. Answers where the next begins. */
async function runBatch(
  context: Context,
  tenantId: string,
  run: RunRow,
  after: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  const options = { tenantId, cause: byTheService }
  const counted = async (tx: Tx, done: BatchOutcome) => {
    if (done.itemCount > 0) await count(tx, run.id, done)
    return done.after
  }
  try {
    return await commit(context.workers, options, async (tx) =>
      counted(tx, await dunBatch(tx, run, after)),
    )
  } catch (error) {
    if (signal.aborted || (error instanceof Problem && error.code === 'unavailable')) throw error
    context.log.error({ err: error, run_id: run.id }, 'a dunning batch failed: going on one by one')
  }
  const customerIds = await read(context.workers, tenantId, (reader) =>
    customersToLookAt(reader, run, after),
  )
  for (const customerId of customerIds) {
    signal.throwIfAborted()
    await commit(context.workers, options, async (tx) =>
      counted(tx, await dunCustomers(tx, run, [customerId])),
    ).catch(async (error) => {
      if (error instanceof Problem && error.code === 'unavailable') throw error
      const customer = publicId('customer', customerId)
      context.log.error(
        { err: error, customer },
        'a customer cannot be dunned today: left for tomorrow',
      )
      await commit(context.workers, options, (tx) => lookTomorrow(tx, customerId))
    })
  }
  return customerIds.at(-1) ?? null
}

const count = (tx: Tx, runId: string, { itemCount, escalatedCount, noticeCount }: BatchOutcome) =>
  tx.db
    .updateTable('dunning_run')
    .set({
      item_count: sql<number>`item_count + ${itemCount}`,
      escalated_count: sql<number>`escalated_count + ${escalatedCount}`,
      notice_count: sql<number>`notice_count + ${noticeCount}`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', runId)
    .execute()

async function complete(tx: Tx, runId: string): Promise<RunRow> {
  const completed = await tx.db
    .updateTable('dunning_run')
    .set({ status: 'completed', version: sql<number>`version + 1`, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', runId)
    .where('status', '=', 'running')
    .returningAll()
    .executeTakeFirst()
  if (completed !== undefined) {
    announce(tx, runFact('dunning_run.completed', completed, tx))
    return completed
  }
  return tx.db
    .selectFrom('dunning_run')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', runId)
    .executeTakeFirstOrThrow()
}
