import { byTheService, commit, type Tx } from '../../foundation/database/commit.ts'
import type { Context } from '../../foundation/http/context.ts'
import { enqueueTask } from '../../foundation/jobs/tasks.ts'
import type { Place } from './lines.ts'
import { matchLines } from './match-lines.ts'

/** Has the tenant's unmatched lines matched, soon; called whenever new ones have come. */
export const startMatching = (tx: Tx): Promise<void> =>
  enqueueTask(tx, 'bank_matching', tx.tenant.id)

/** Goes through all unmatched lines of a tenant, a commit for every few of them; safe to run twice and to die anywhere. */
export async function runMatching(
  context: Context,
  tenantId: string,
  _subjectId: string,
  signal: AbortSignal,
): Promise<void> {
  let after: Place | null = null
  do {
    signal.throwIfAborted()
    after = await commit(context.workers, { tenantId, cause: byTheService }, (tx) =>
      matchLines(tx, after),
    )
  } while (after !== null)
}
