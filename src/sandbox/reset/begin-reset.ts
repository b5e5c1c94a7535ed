import { sql } from 'kysely'
import type { Instant } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { enqueueTask } from '../../foundation/jobs/tasks.ts'
import { Problem } from '../../foundation/problem.ts'
import { clockState } from '../set-clock.ts'

/** What may stay besides the tenant and its API keys. */
export const keepable = ['webhook_endpoints'] as const
export type Keepable = (typeof keepable)[number]

export interface BeginReset {
  /** Where the clock stands afterwards; null to follow real time. */
  to: Instant | null
  keep: readonly Keepable[]
}

/** What a reset that has begun says of itself. */
export interface Reset extends BeginReset {
  startedAt: Instant
}

/**
 * Begins to empty a test tenant. From this commit on nobody but the reset gets in; work that was handed to the workers
 * is taken from them, and deliveries that wait are not sent.
 */
export async function beginReset(tx: Tx, { to, keep }: BeginReset): Promise<Reset> {
  const { target } = await clockState(tx)
  if (target !== null) throw new Problem('clock_advancing')
  const begun = await tx.db
    .updateTable('tenant')
    .set({
      reset_at: sql<Instant>`now()`,
      reset_to: to,
      reset_keeps: [...keep],
      dunning_policy_id: null,
      no_dunning: false,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('reset_at', 'is', null)
    .where('clock_target', 'is', null)
    .returning('reset_at')
    .executeTakeFirst()
  if (begun === undefined) throw new Problem('tenant_resetting', { retryAfterSeconds: 1 })
  for (const table of ['task_queue', 'webhook_queue'] as const)
    await tx.db.deleteFrom(table).where('tenant_id', '=', tx.tenant.id).execute()
  await enqueueTask(tx, 'tenant_reset', tx.tenant.id)
  return { to, keep, startedAt: begun.reset_at as Instant }
}
