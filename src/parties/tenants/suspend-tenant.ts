import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import type { TenantRow } from '../table.ts'
import { tenantRested } from './events.ts'
import { lockTenant } from './queries.ts'

/**
 * Lets the tenant of the frame rest: its credentials are refused (`tenant_suspended`), its jobs wait. What happened
 * before is still told to its webhooks, and nothing is lost. This process minds it from the commit on, others within
 * five seconds. Suspending it again changes nothing, the reason neither.
 */
export async function suspendTenant(
  tx: Tx,
  { reason, ifMatch }: { reason: string; ifMatch: number | undefined },
): Promise<TenantRow> {
  const before = await lockTenant(tx)
  requireVersion(before.version, ifMatch)
  return before.suspended_at === null ? rest(tx, before, reason) : before
}

/** Wakes the tenant of the frame. Its jobs go on with the slot that is current then. Resuming it again changes nothing. */
export async function resumeTenant(
  tx: Tx,
  { ifMatch }: { ifMatch: number | undefined },
): Promise<TenantRow> {
  const before = await lockTenant(tx)
  requireVersion(before.version, ifMatch)
  return before.suspended_at === null ? before : rest(tx, before, null)
}

/** Suspended with a reason, resumed with none; in its own row and in the directory. */
async function rest(tx: Tx, before: TenantRow, reason: string | null): Promise<TenantRow> {
  const { rows } = await sql<TenantRow>`
    with listed as (
      update tenant_directory set suspended = ${reason !== null} where tenant_id = ${tx.tenant.id}
    )
    update tenant
    set suspended_at = case when ${reason}::text is null then null else now() end, suspension_reason = ${reason},
      version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id}
    returning *
  `.execute(tx.db)
  const after = rows[0] as TenantRow
  tx.wakes.add('credentials')
  tx.wakes.add('tasks')
  announce(tx, tenantRested(reason === null ? 'tenant.resumed' : 'tenant.suspended', before, after))
  return after
}
