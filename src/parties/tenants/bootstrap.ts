import { sql } from 'kysely'
import { allScopes } from '../../foundation/access/scopes.ts'
import { byTheService, commit, type Tx } from '../../foundation/database/commit.ts'
import type { Context } from '../../foundation/http/context.ts'
import { newId } from '../../foundation/id.ts'
import { type CreateTenant, createTenant, newTenant } from './create-tenant.ts'

/**
 * With `BOOTSTRAP_API_KEY` set and no tenant in the database, creates the test tenant `default` with that value as its
 * API key, which may do everything. Replicas that start at once take turns at a lock, and all but the first find a
 * tenant. Answers whether it created one.
 */
export async function bootstrap({ config, api, log }: Context): Promise<boolean> {
  const secret = config.BOOTSTRAP_API_KEY
  if (secret === undefined) return false
  const tenant: CreateTenant = {
    name: 'default',
    mode: 'test',
    time_zone: 'UTC',
    currency: 'EUR',
    locale: 'en',
    scopes: allScopes,
    secret,
  }
  const options = { tenantId: newId(), cause: byTheService, newTenant: newTenant(tenant) }
  const created = await commit(api, options, async (tx) => {
    if (await anyTenantExists(tx)) return false
    await createTenant(tx, tenant)
    return true
  })
  if (created) log.info('created the tenant `default` with BOOTSTRAP_API_KEY as its API key')
  else log.debug('a tenant exists already, so BOOTSTRAP_API_KEY is not used')
  return created
}

/** Every tenant has a feed head, a table without row-level security. The lock is held until the commit. */
async function anyTenantExists({ db }: Tx): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('receivables bootstrap', 0))`.execute(db)
  const { rows } = await sql`select 1 from feed_head limit 1`.execute(db)
  return rows.length > 0
}
