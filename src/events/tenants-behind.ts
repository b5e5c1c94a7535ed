import { sql } from 'kysely'
import { queue } from '../foundation/database/commit.ts'
import type { Database } from '../foundation/database/pool.ts'

const TENANTS_PER_LOOK = 200

/** Where followers of the feed keep how far they have come with each tenant: a table, and its column. */
export type Cursor =
  | 'audit_head.last_position'
  | 'credit_follower.position'
  | 'settlement_cursor.position'
  | 'webhook_cursor.position'

/** Tenants whose feed has gone on since a follower was there, some at a time: call it until there are none. */
export function tenantsBehind(database: Database, cursor: Cursor): Promise<string[]> {
  const [table] = cursor.split('.')
  return queue(database, async (db) => {
    const { rows } = await sql<{ tenant_id: string }>`
      select feed_head.tenant_id
      from feed_head
      left join ${sql.table(String(table))} on ${sql.ref(`${table}.tenant_id`)} = feed_head.tenant_id
      where feed_head.last_position > coalesce(${sql.ref(cursor)}, 0)
      limit ${TENANTS_PER_LOOK}
    `.execute(db)
    return rows.map(({ tenant_id }) => tenant_id)
  })
}
