import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import type { ApiKeyRow } from '../table.ts'
import { apiKeyRevoked } from './events.ts'
import { requireApiKey } from './queries.ts'

export interface RevokeApiKey {
  id: string
  ifMatch: number | undefined
}

/**
 * Ends a key for good, with all its secrets. This process refuses it from the commit on, other replicas within five
 * seconds. Revoking it again changes nothing.
 */
export async function revokeApiKey(tx: Tx, { id, ifMatch }: RevokeApiKey): Promise<ApiKeyRow> {
  const { rows } = await sql<ApiKeyRow>`
    with revoked as (
      update api_key
      set revoked_at = now(), version = version + 1, updated_at = ${tx.now}
      where tenant_id = ${tx.tenant.id} and id = ${id} and revoked_at is null
        and (${ifMatch ?? null}::int is null or version = ${ifMatch ?? null})
      returning *
    ), ended as (
      delete from credential
      using revoked
      where credential.tenant_id = revoked.tenant_id and credential.api_key_id = revoked.id
    )
    select * from revoked
  `.execute(tx.db)
  const [revoked] = rows
  if (revoked === undefined) return whyNot(tx, { id, ifMatch })
  tx.wakes.add('credentials')
  announce(tx, apiKeyRevoked(revoked, tx.tenant.mode))
  return revoked
}

async function whyNot(tx: Tx, { id, ifMatch }: RevokeApiKey): Promise<ApiKeyRow> {
  const { last_used_at: _, ...key } = await requireApiKey(tx, id)
  requireVersion(key.version, ifMatch)
  return key
}
