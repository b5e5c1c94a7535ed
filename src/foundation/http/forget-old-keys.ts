import { sql } from 'kysely'
import { commit, queue } from '../database/commit.ts'
import type { Context } from './context.ts'

const KEPT_DAYS = 7
const PER_LOOK = 10_000

/** Forgets idempotency keys after seven days, a bounded number per look, tenant by tenant. */
export async function forgetOldKeys({ workers }: Context): Promise<void> {
  const tenants = await queue(workers, (db) =>
    db.selectFrom('feed_head').select('tenant_id').execute(),
  )
  for (const { tenant_id: tenantId } of tenants) {
    await commit(
      workers,
      { tenantId, cause: { origin: 'schedule', actor: null, requestId: null } },
      (tx) =>
        sql`
        delete from idempotency_key
        where tenant_id = ${tenantId} and key_hash in (
          select key_hash from idempotency_key
          where tenant_id = ${tenantId} and created_at < now() - ${KEPT_DAYS} * interval '1 day'
          limit ${PER_LOOK})
      `.execute(tx.db),
    )
  }
}
