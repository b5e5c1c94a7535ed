import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import type { Context } from '../foundation/http/context.ts'
import { forgetInBatches } from '../foundation/jobs/forget-in-batches.ts'
import { RETENTION_DAYS } from './timing.ts'

/** Forgets deliveries, with their attempts, thirty days after they ended; events have a life of their own. */
export const forgetOldDeliveries = (context: Context, signal: AbortSignal): Promise<void> =>
  forgetInBatches(context, signal, forgetSome)

async function forgetSome({ db, tenant }: Tx, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    with old as (select now() - make_interval(days => ${RETENTION_DAYS}) as before)
    delete from webhook_delivery
    where tenant_id = ${tenant.id} and status <> 'pending' and id in (
      select id from webhook_delivery, old
      where tenant_id = ${tenant.id} and created_at < old.before and updated_at < old.before and status <> 'pending'
      order by created_at
      limit ${limit})
  `.execute(db)
  return Number(numAffectedRows)
}
