import { sql } from 'kysely'
import { byTheService, commit, queue, type Tx } from '../database/commit.ts'
import { unlessResetting } from '../database/unless-resetting.ts'
import type { Context } from './context.ts'
import { limits } from './limits.ts'

const PER_COMMIT = 10_000

/** Forgets idempotency keys after seven days, tenant by tenant, a bounded number per commit. */
export async function forgetOldKeys({ workers }: Context, signal: AbortSignal): Promise<void> {
  const tenants = await queue(workers, (db) =>
    db.selectFrom('feed_head').select('tenant_id').execute(),
  )
  for (const { tenant_id: tenantId } of tenants) {
    let forgotten: number
    do {
      signal.throwIfAborted()
      forgotten = await unlessResetting(
        commit(workers, { tenantId, cause: byTheService }, forgetSome),
        0,
      )
    } while (forgotten === PER_COMMIT)
  }
}

async function forgetSome({ db, tenant }: Tx): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from idempotency_key
    where tenant_id = ${tenant.id} and key_hash in (
      select key_hash from idempotency_key
      where tenant_id = ${tenant.id} and created_at < now() - ${limits.idempotencyRetentionDays} * interval '1 day'
      limit ${PER_COMMIT})
  `.execute(db)
  return Number(numAffectedRows)
}
