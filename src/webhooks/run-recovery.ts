import { announce } from '../events/announce.ts'
import { byTheService, commit, type Tx } from '../foundation/database/commit.ts'
import type { Context } from '../foundation/http/context.ts'
import { recoveryFact } from './events.ts'
import { findUndelivered } from './find-undelivered.ts'
import { findEndpoint } from './queries.ts'
import { holdFanOut, queueUndelivered, releaseLanes } from './resend-undelivered.ts'
import type { RecoveryRow } from './table.ts'

/**
 * Does a recovery, batch by batch. It looks by event id, which several processes make, so an entity's events may turn up
 * out of order; that is why everything is queued first, and only then let go, from the earliest of each entity on.
 * What a batch queues and how far it has come are one commit; interrupted anywhere and called again, it goes on from
 * there.
 */
export async function runRecovery(
  context: Context,
  tenantId: string,
  recoveryId: string,
  signal: AbortSignal,
): Promise<void> {
  const step = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    signal.throwIfAborted()
    return commit(context.workers, { tenantId, cause: byTheService }, work)
  }
  let isLast = false
  while (!isLast) isLast = await step((tx) => queueSome(tx, recoveryId))
  let after: string | null = null
  do after = await step((tx) => releaseSome(tx, recoveryId, after))
  while (after !== null)
}

/** The recovery, locked, while it is not over. */
const lockRecovery = (tx: Tx, id: string): Promise<RecoveryRow | undefined> =>
  tx.db
    .selectFrom('webhook_recovery')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .forNoKeyUpdate()
    .executeTakeFirst()

/** Answers whether that was the last to queue. */
async function queueSome(tx: Tx, id: string): Promise<boolean> {
  await holdFanOut(tx)
  const recovery = await lockRecovery(tx, id)
  if (recovery === undefined) return true
  const endpoint = await findEndpoint(tx, recovery.endpoint_id)
  if (endpoint?.status !== 'enabled') {
    await finish(tx, recovery, 'cancelled')
    return true
  }
  const { found, next } = await findUndelivered(
    tx,
    { ...recovery, endpoint },
    recovery.last_event_id,
  )
  const queued = await queueUndelivered(tx, endpoint.id, found)
  await change(tx, id, {
    status: 'running',
    resent_count: recovery.resent_count + queued,
    last_event_id: next ?? recovery.last_event_id,
  })
  return next === null
}

/** Lets some lanes go; the last of them ends the recovery. Answers where the next ones begin. */
async function releaseSome(tx: Tx, id: string, after: string | null): Promise<string | null> {
  const recovery = await lockRecovery(tx, id)
  if (recovery === undefined) return null
  const next = await releaseLanes(tx, recovery.endpoint_id, after)
  if (next === null) await finish(tx, recovery, 'succeeded')
  return next
}

const change = (
  tx: Tx,
  id: string,
  to: Partial<Omit<RecoveryRow, 'created_at'>>,
): Promise<RecoveryRow> =>
  tx.db
    .updateTable('webhook_recovery')
    .set({ ...to, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

async function finish(
  tx: Tx,
  { id, version, resent_count }: RecoveryRow,
  status: 'succeeded' | 'cancelled',
): Promise<void> {
  const finished = await change(tx, id, {
    status,
    resent_count,
    finished_at: tx.now,
    version: version + 1,
  })
  announce(tx, recoveryFact('webhook_recovery.completed', finished, tx))
}
