import { byTheService, commit, read, type Tx } from '../../foundation/database/commit.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { Context } from '../../foundation/http/context.ts'
import { publicId } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'

/** Where and for whom customers are worked off, and when to stop between two commits. */
export interface Frame {
  context: Context
  tenantId: string
  runId: string
  signal: AbortSignal
}

/** What is done with customers, batch by batch. */
export interface Work {
  /** The ids of the next customers after one, ascending; empty when none is left. */
  next: (reader: Reader, after: string | null) => Promise<string[]>
  /** Does all of it for these customers, in one commit. */
  work: (tx: Tx, customerIds: readonly string[]) => Promise<void>
  /** What becomes of a customer for whom it cannot be done; without it, everything is tried again later. */
  giveUp?: (tx: Tx, customerId: string) => Promise<void>
}

/**
 * Works customers off in batches, each a commit of its own that splits no customer. Where a batch fails, each of its
 * customers is done by itself, so that one that cannot be done hinders no other. Interrupted and called again, it goes
 * on with what `next` still finds.
 */
export async function workOff(frame: Frame, work: Work): Promise<void> {
  let after: string | null = null
  do {
    frame.signal.throwIfAborted()
    after = await workOffBatch(frame, work, after)
  } while (after !== null)
}

/** Answers where the next batch begins; null when this was the last. */
async function workOffBatch(
  { context, tenantId, runId, signal }: Frame,
  { next, work, giveUp }: Work,
  after: string | null,
): Promise<string | null> {
  const options = { tenantId, cause: byTheService }
  try {
    return await commit(context.workers, options, async (tx) => {
      const customerIds = await next(tx, after)
      if (customerIds.length > 0) await work(tx, customerIds)
      return customerIds.at(-1) ?? null
    })
  } catch (error) {
    if (signal.aborted || isUnavailable(error)) throw error
    context.log.error({ err: error, run_id: runId }, 'a dunning batch failed: going on one by one')
  }
  const customerIds = await read(context.workers, tenantId, (reader) => next(reader, after))
  for (const customerId of customerIds) {
    signal.throwIfAborted()
    await commit(context.workers, options, (tx) => work(tx, [customerId])).catch(async (error) => {
      if (isUnavailable(error) || giveUp === undefined) throw error
      const customer = publicId('customer', customerId)
      context.log.error({ err: error, customer, run_id: runId }, 'a customer was left out of a run')
      await commit(context.workers, options, (tx) => giveUp(tx, customerId))
    })
  }
  return customerIds.at(-1) ?? null
}

const isUnavailable = (error: unknown): boolean =>
  error instanceof Problem && error.code === 'unavailable'
