import { byTheService, commit, read, type Tx } from '../../foundation/database/commit.ts'
import { type Reader, together } from '../../foundation/database/frame.ts'
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

/** How many batches are under way at once: while the database writes one, the next is decided. */
const LANES = 2

/**
 * Works customers off in batches, each a commit of its own that splits no customer; no two are of the same customers.
 * Where a batch fails, each of its customers is done by itself, so that one that cannot be done hinders no other.
 * Interrupted and called again, it goes on with what `next` still finds. Fails only when nothing is under way any more.
 */
export async function workOff(frame: Frame, work: Work): Promise<void> {
  const { context, tenantId, signal } = frame
  let chosen: Promise<readonly string[] | null> = Promise.resolve(null)
  let hasFailed = false

  /** The customers after those that were chosen last; none once there were none. */
  const choose = (): Promise<readonly string[]> => {
    const choosing = chosen.then((last) =>
      last?.length === 0
        ? last
        : read(context.workers, tenantId, (reader) => work.next(reader, last?.at(-1) ?? null)),
    )
    chosen = choosing
    return choosing
  }
  const lane = async (): Promise<void> => {
    while (!hasFailed) {
      signal.throwIfAborted()
      const customerIds = await choose()
      if (customerIds.length === 0) return
      await workOffBatch(frame, work, customerIds)
    }
  }
  const lanes = Array.from({ length: LANES }, lane)
  await together(
    lanes.map((one) =>
      one.catch((error) => {
        hasFailed = true
        throw error
      }),
    ),
  )
}

async function workOffBatch(
  { context, tenantId, runId, signal }: Frame,
  { work, giveUp }: Work,
  customerIds: readonly string[],
): Promise<void> {
  const options = { tenantId, cause: byTheService }
  try {
    return await commit(context.workers, options, (tx) => work(tx, customerIds))
  } catch (error) {
    if (signal.aborted || isUnavailable(error)) throw error
    context.log.error({ err: error, run_id: runId }, 'a dunning batch failed: going on one by one')
  }
  for (const customerId of customerIds) {
    signal.throwIfAborted()
    await commit(context.workers, options, (tx) => work(tx, [customerId])).catch(async (error) => {
      if (isUnavailable(error) || giveUp === undefined) throw error
      const customer = publicId('customer', customerId)
      context.log.error({ err: error, customer, run_id: runId }, 'a customer was left out of a run')
      await commit(context.workers, options, (tx) => giveUp(tx, customerId))
    })
  }
}

const isUnavailable = (error: unknown): boolean =>
  error instanceof Problem && error.code === 'unavailable'
