import { sql } from 'kysely'
import type { Tx } from '../database/commit.ts'
import { forgetInBatches } from '../jobs/forget-in-batches.ts'
import type { Context } from './context.ts'
import { limits } from './limits.ts'

/** Forgets idempotency keys after seven days. */
export const forgetOldKeys = (context: Context, signal: AbortSignal): Promise<void> =>
  forgetInBatches(context, signal, forgetSome)

async function forgetSome({ db, tenant }: Tx, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from idempotency_key
    where tenant_id = ${tenant.id} and key_hash in (
      select key_hash from idempotency_key
      where tenant_id = ${tenant.id} and created_at < now() - ${limits.idempotencyRetentionDays} * interval '1 day'
      limit ${limit})
  `.execute(db)
  return Number(numAffectedRows)
}
