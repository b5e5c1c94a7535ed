import { queue } from '../database/commit.ts'
import type { Database } from '../database/pool.ts'
import { problemOf } from '../database/violations.ts'
import { Problem } from '../problem.ts'
import { createMemory } from './memory.ts'

/** Refuses tenants that do not exist (`tenant_unknown`) or rest (`tenant_suspended`). */
export type TenantGate = (tenantId: string) => Promise<void>

/** Looks a tenant up in the directory, a table without tenants' data, and remembers the answer for five seconds. */
export function createTenantGate(database: Database): TenantGate {
  const memory = createMemory<boolean | undefined>(database.wake)
  return async (tenantId) => {
    const suspended = await memory(tenantId, () => lookUp(database, tenantId)).catch((error) => {
      throw problemOf(error) ?? error
    })
    if (suspended === undefined) throw new Problem('tenant_unknown')
    if (suspended) throw new Problem('tenant_suspended')
  }
}

async function lookUp(database: Database, tenantId: string) {
  const row = await queue(database, (db) =>
    db
      .selectFrom('tenant_directory')
      .select('suspended')
      .where('tenant_id', '=', tenantId)
      .executeTakeFirst(),
  )
  return { value: row?.suspended, validMs: null }
}
