import { byTheService, commit, queue, type Tx } from '../database/commit.ts'
import { unlessResetting } from '../database/unless-resetting.ts'
import type { Context } from '../http/context.ts'

const PER_COMMIT = 10_000

/**
 * Forgets what has been kept for long enough, tenant by tenant, a bounded number of rows per commit. `forgetSome`
 * answers how many it took; fewer than the limit means that nothing is left.
 */
export async function forgetInBatches(
  { workers }: Context,
  signal: AbortSignal,
  forgetSome: (tx: Tx, limit: number) => Promise<number>,
): Promise<void> {
  const tenants = await queue(workers, (db) =>
    db.selectFrom('feed_head').select('tenant_id').execute(),
  )
  for (const { tenant_id: tenantId } of tenants) {
    let forgotten: number
    do {
      signal.throwIfAborted()
      const some = commit(workers, { tenantId, cause: byTheService }, (tx) =>
        forgetSome(tx, PER_COMMIT),
      )
      forgotten = await unlessResetting(some, 0)
    } while (forgotten === PER_COMMIT)
  }
}
