import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Scope } from '../../foundation/access/scopes.ts'
import { hashOf, hintOf, newSecret } from '../../foundation/access/secret.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { invalidFields } from '../../foundation/problem.ts'
import type { ApiKeyRow } from '../table.ts'
import { apiKeyCreated } from './events.ts'

export interface CreateApiKey {
  name: string
  scopes: readonly Scope[]
  /** Real time, RFC 3339. */
  expires_at?: string | null
  /** The secret to use; by default a new one is made. */
  secret?: string
}

/** Creates a credential. The secret is answered here and nowhere else; what is stored is its hash. */
export async function createApiKey(
  tx: Tx,
  { name, scopes, expires_at = null, secret = newSecret(tx.tenant.mode) }: CreateApiKey,
): Promise<{ key: ApiKeyRow; secret: string }> {
  const { rows } = await sql<ApiKeyRow>`
    with created as (
      insert into api_key (tenant_id, id, name, hint, scopes, expires_at, created_at, updated_at)
      select ${tx.tenant.id}, ${newId()}, ${name}, ${hintOf(secret)}, ${[...new Set(scopes)]}::text[], ${expires_at}, ${tx.now}, ${tx.now}
      where ${expires_at}::timestamptz is null or ${expires_at} > now()
      returning *
    ), hashed as (
      insert into credential (key_hash, tenant_id, api_key_id)
      select ${hashOf(secret)}, created.tenant_id, created.id
      from created
    )
    select * from created
  `.execute(tx.db)
  const key = rows[0]
  if (key === undefined) {
    throw invalidFields({ pointer: '#/expires_at', code: 'past', detail: 'must lie in the future' })
  }
  announce(tx, apiKeyCreated(key, tx.tenant.mode))
  return { key, secret }
}
