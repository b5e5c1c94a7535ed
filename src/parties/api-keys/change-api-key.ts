import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Role } from '../../foundation/access/roles.ts'
import type { Scope } from '../../foundation/access/scopes.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import type { Caller } from '../../foundation/http/caller.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { replacedFields } from '../../foundation/merge.ts'
import type { ApiKeyRow } from '../table.ts'
import { requireNetworks } from './allowed-networks.ts'
import { apiKeyUpdated } from './events.ts'
import { lockActiveKey } from './queries.ts'
import { endsInPast, requireGrantable, requireSomeScope } from './require-scopes.ts'
import { apiKeyToJson } from './schema.ts'

/** A merge patch: what is left out stays, lists are replaced. */
export interface ChangeApiKey {
  id: string
  patch: {
    name?: string
    scopes?: Scope[]
    roles?: Role[]
    allowed_cidrs?: string[]
    expires_at?: string | null
  }
  caller: Caller
  ifMatch: number | undefined
}

/**
 * Changes what a key may do, from where and until when. The caller must hold all that the key holds afterwards. This
 * process minds the change from the commit on, other replicas within five seconds. A patch that changes nothing makes
 * no version.
 */
export async function changeApiKey(
  tx: Tx,
  { id, patch, caller, ifMatch }: ChangeApiKey,
): Promise<ApiKeyRow> {
  const before = await lockActiveKey(tx, id)
  requireVersion(before.version, ifMatch)
  const wanted = { ...before, ...patch }
  requireSomeScope(wanted)
  requireNetworks(patch.allowed_cidrs)
  requireGrantable(caller, wanted)
  const { mode } = tx.tenant
  const previous = replacedFields(apiKeyToJson(before, mode), apiKeyToJson(wanted, mode))
  if (previous === undefined) return before

  const { rows } = await sql<ApiKeyRow>`
    update api_key
    set name = ${wanted.name}, scopes = ${[...new Set(wanted.scopes)]}::text[], roles = ${[...new Set(wanted.roles)]}::text[],
      allowed_cidrs = ${wanted.allowed_cidrs}::text[], expires_at = ${wanted.expires_at},
      version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and id = ${id}
      and (${wanted.expires_at}::timestamptz is null or ${wanted.expires_at} > now())
    returning *
  `.execute(tx.db)
  const after = rows[0]
  if (after === undefined) throw endsInPast()
  tx.wakes.add('credentials')
  announce(tx, apiKeyUpdated(after, previous, mode))
  return after
}
