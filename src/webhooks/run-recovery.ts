import { announce } from '../events/announce.ts'
import { byTheService, commit, type Tx } from '../foundation/database/commit.ts'
import type { Context } from '../foundation/http/context.ts'
import { recoveryFact } from './events.ts'
import { findUndelivered } from './find-undelivered.ts'
import { findEndpoint } from './queries.ts'
import { holdFanOut, resendUndelivered } from './resend-undelivered.ts'
import type { RecoveryRow } from './table.ts'

/**
 * Does a recovery, batch by batch. What a batch sends and how far it has come are one commit; interrupted anywhere and
 * called again, it goes on from there.
 */
export async function runRecovery(
  context: Context,
  tenantId: string,
  recoveryId: string,
  signal: AbortSignal,
): Promise<void> {
  let isOver = false
  while (!isOver) {
    signal.throwIfAborted()
    isOver = await commit(context.workers, { tenantId, cause: byTheService }, (tx) =>
      recoverSome(tx, recoveryId),
    )
  }
}

/** Answers whether that was all. */
async function recoverSome(tx: Tx, id: string): Promise<boolean> {
  await holdFanOut(tx)
  const recovery = await tx.db
    .selectFrom('webhook_recovery')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .forNoKeyUpdate()
    .executeTakeFirst()
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
  const resent_count = recovery.resent_count + (await resendUndelivered(tx, endpoint.id, found))
  if (next === null) await finish(tx, { ...recovery, resent_count }, 'succeeded')
  else await change(tx, id, { status: 'running', resent_count, last_event_id: next })
  return next === null
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
