import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Role } from '../../foundation/access/roles.ts'
import type { Scope } from '../../foundation/access/scopes.ts'
import { hashOf, hintOf, newSecret } from '../../foundation/access/secret.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import type { ApiKeyRow } from '../table.ts'
import { requireNetworks } from './allowed-networks.ts'
import { apiKeyCreated } from './events.ts'
import { endsInPast, requireSomeScope } from './require-scopes.ts'

export interface CreateApiKey {
  name: string
  scopes?: readonly Scope[]
  roles?: readonly Role[]
  /** Networks in CIDR form that it may be used from; none for any. */
  allowed_cidrs?: readonly string[]
  /** Real time, RFC 3339. */
  expires_at?: string | null
  /** The secret to use; by default a new one is made. */
  secret?: string
}

/** Creates a credential. The secret is answered here and nowhere else; what is stored is its hash. */
export async function createApiKey(
  tx: Tx,
  input: CreateApiKey,
): Promise<{ key: ApiKeyRow; secret: string }> {
  requireSomeScope(input)
  requireNetworks(input.allowed_cidrs)
  const { name, scopes = [], roles = [], allowed_cidrs = [], expires_at = null } = input
  const { secret = newSecret(tx.tenant.mode) } = input
  const { rows } = await sql<ApiKeyRow>`
    with created as (
      insert into api_key (tenant_id, id, name, hint, scopes, roles, allowed_cidrs, expires_at, created_at, updated_at)
      select ${tx.tenant.id}, ${newId()}, ${name}, ${hintOf(secret)}, ${[...new Set(scopes)]}::text[],
        ${[...new Set(roles)]}::text[], ${allowed_cidrs}::text[], ${expires_at}, ${tx.now}, ${tx.now}
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
  if (key === undefined) throw endsInPast()
  announce(tx, apiKeyCreated(key, tx.tenant.mode))
  return { key, secret }
}
