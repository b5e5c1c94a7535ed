import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { replacedFields } from '../foundation/merge.ts'
import { Problem } from '../foundation/problem.ts'
import { endpointToJson } from './endpoint-schema.ts'
import { endpointDisabled, endpointUpdated } from './events.ts'
import { requireEndpoint } from './queries.ts'
import { settleQueue } from './settle-queue.ts'
import type { DisabledReason, EndpointRow } from './table.ts'
import { lockEndpoint } from './update-endpoint.ts'

export interface DisableEndpoint {
  id: string
  reason: DisabledReason
  ifMatch?: number | undefined
}

/** Sends no more to an endpoint. What waits for it is skipped and can be resent; so is what happens meanwhile. */
export async function disableEndpoint(
  tx: Tx,
  { id, reason, ifMatch }: DisableEndpoint,
): Promise<EndpointRow> {
  const disabled = await tryDisableEndpoint(tx, { id, reason, ifMatch })
  if (disabled === undefined) throw await whyNot(tx, id, ifMatch, 'enable')
  return disabled
}

/** The same for a worker, which does not mind that somebody was faster. */
export async function tryDisableEndpoint(
  tx: Tx,
  { id, reason, ifMatch = undefined }: DisableEndpoint,
): Promise<EndpointRow | undefined> {
  const { rows } = await sql<EndpointRow>`
    update webhook_endpoint
    set status = 'disabled', disabled_reason = ${reason}, disabled_at = now(), version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and id = ${id} and status = 'enabled'
      and (${ifMatch ?? null}::int is null or version = ${ifMatch ?? null})
    returning *
  `.execute(tx.db)
  const disabled = rows[0]
  if (disabled === undefined) return undefined
  await settleQueue(tx, id, 'skipped')
  announce(
    tx,
    endpointDisabled(disabled, tx.tenant.mode, {
      status: 'enabled',
      disabled_reason: null,
      disabled_at: null,
    }),
  )
  return disabled
}

/** Sends to an endpoint again, from the next event on. Its record of failures starts afresh. */
export async function enableEndpoint(
  tx: Tx,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<EndpointRow> {
  const { mode } = tx.tenant
  const before = await lockEndpoint(tx, id)
  if (before.status !== 'disabled' || (ifMatch ?? before.version) !== before.version)
    throw await whyNot(tx, id, ifMatch, 'disable')
  const after = await tx.db
    .updateTable('webhook_endpoint')
    .set({
      status: 'enabled',
      disabled_reason: null,
      disabled_at: null,
      failing_since: null,
      outage_since: null,
      warned_at: null,
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const previous = replacedFields(endpointToJson(before, mode), endpointToJson(after, mode))
  announce(tx, endpointUpdated(after, mode, previous))
  return after
}

async function whyNot(
  tx: Tx,
  id: string,
  ifMatch: number | undefined,
  allowed: string,
): Promise<Problem> {
  const { status, version } = await requireEndpoint(tx, id)
  if (ifMatch !== undefined && ifMatch !== version)
    return new Problem('version_mismatch', { current_version: version })
  return new Problem('invalid_state', { current_status: status, allowed_actions: [allowed] })
}
