import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { Problem } from '../foundation/problem.ts'
import { endpointDeleted } from './events.ts'
import { requireEndpoint } from './queries.ts'
import { settleQueue } from './settle-queue.ts'
import type { EndpointRow } from './table.ts'

/**
 * Takes an endpoint away. Its secrets and headers are gone, what waited for it is cancelled, its external id is free again; the row
 * stays, since the record of what was delivered to it does.
 */
export async function deleteEndpoint(
  tx: Tx,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<void> {
  const { rows } = await sql<EndpointRow>`
    update webhook_endpoint
    set status = 'deleted', external_id = null, custom_headers = '{}', disabled_reason = null, disabled_at = null, version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and id = ${id} and status <> 'deleted'
      and (${ifMatch ?? null}::int is null or version = ${ifMatch ?? null})
    returning *
  `.execute(tx.db)
  const deleted = rows[0]
  if (deleted === undefined) {
    const { version } = await requireEndpoint(tx, id)
    throw new Problem('version_mismatch', { current_version: version })
  }
  await sql`delete from webhook_secret where tenant_id = ${tx.tenant.id} and endpoint_id = ${id}`.execute(
    tx.db,
  )
  await settleQueue(tx, id, 'cancelled')
  announce(tx, endpointDeleted(deleted, tx.tenant.mode))
}
