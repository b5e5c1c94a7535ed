import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { Problem } from '../../foundation/problem.ts'
import type { ApiKeyRow } from '../table.ts'

/** When a key was last used; null if never. */
export interface ApiKeyUse {
  last_used_at: string | null
}

const statusOf = sql<string>`case
  when revoked_at is not null then 'revoked'
  when expires_at <= now() then 'expired'
  else 'active'
end`

/** The tenant's keys, each with its last use. */
const fromKeys = ({ db, tenant }: Reader) =>
  db
    .selectFrom('api_key')
    .leftJoin('api_key_use', (join) =>
      join
        .onRef('api_key_use.tenant_id', '=', 'api_key.tenant_id')
        .onRef('api_key_use.api_key_id', '=', 'api_key.id'),
    )
    .selectAll('api_key')
    .select('api_key_use.used_at as last_used_at')
    .where('api_key.tenant_id', '=', tenant.id)

/** One API key of the tenant, or `api_key_not_found`. */
export async function requireApiKey(reader: Reader, id: string): Promise<ApiKeyRow & ApiKeyUse> {
  const key = await fromKeys(reader).where('api_key.id', '=', id).executeTakeFirst()
  if (key === undefined) throw new Problem('api_key_not_found')
  return key
}

/** One page of keys, the newest first. */
export function listApiKeys(
  reader: Reader,
  by: Page & { status?: string[] },
): Promise<Paged<ApiKeyRow & ApiKeyUse>> {
  let select = fromKeys(reader)
  if (by.status !== undefined) select = select.where(statusOf, '=', sql<string>`any(${by.status})`)
  return pageOf<ApiKeyRow & ApiKeyUse>(select, by, newestFirst)
}

/** The key, locked, as long as it is active in real time: neither revoked nor expired (`credential_not_active`). */
export async function lockActiveKey(tx: Tx, id: string): Promise<ApiKeyRow> {
  const row = await tx.db
    .selectFrom('api_key')
    .selectAll()
    .select(statusOf.as('status'))
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new Problem('api_key_not_found')
  const { status, ...key } = row
  if (status !== 'active') throw new Problem('credential_not_active')
  return key
}
