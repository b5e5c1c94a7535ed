import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { hashOf, hintOf, newSecret } from '../../foundation/access/secret.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import type { Caller } from '../../foundation/http/caller.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import type { ApiKeyRow } from '../table.ts'
import { apiKeyRotated } from './events.ts'
import { lockActiveKey } from './queries.ts'
import { requireGrantable } from './require-scopes.ts'

export interface RotateApiKey {
  id: string
  /** How long the old secret stays valid, in real seconds. */
  graceSeconds: number
  caller: Caller
  ifMatch: number | undefined
}

/**
 * Gives a key a new secret; the old one ends after its grace. Whoever learns the secret can do what the key can, so
 * the caller must be able to do all of it already.
 */
export async function rotateApiKey(
  tx: Tx,
  { id, graceSeconds, caller, ifMatch }: RotateApiKey,
): Promise<{ key: ApiKeyRow; secret: string }> {
  const before = await lockActiveKey(tx, id)
  requireVersion(before.version, ifMatch)
  requireGrantable(caller, before)

  const secret = newSecret(tx.tenant.mode)
  const { rows } = await sql<ApiKeyRow>`
    with ended as (
      delete from credential
      where tenant_id = ${tx.tenant.id} and api_key_id = ${id}
        and (valid_until <= now() or (valid_until is null and ${graceSeconds} = 0))
    ), ending as (
      update credential set valid_until = now() + ${graceSeconds} * interval '1 second'
      where tenant_id = ${tx.tenant.id} and api_key_id = ${id} and valid_until is null and ${graceSeconds} > 0
    ), added as (
      insert into credential (key_hash, tenant_id, api_key_id)
      values (${hashOf(secret)}, ${tx.tenant.id}, ${id})
    )
    update api_key
    set hint = ${hintOf(secret)}, version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and id = ${id}
    returning *
  `.execute(tx.db)
  const key = rows[0] as ApiKeyRow
  tx.wakes.add('credentials')
  announce(tx, apiKeyRotated(before, key, tx.tenant.mode))
  return { key, secret }
}
