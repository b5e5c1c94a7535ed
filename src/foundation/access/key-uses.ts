import { sql } from 'kysely'
import type { Logger } from 'pino'
import { queue } from '../database/commit.ts'
import type { Database } from '../database/pool.ts'

/** How exactly the last use of a key is known. */
const EVERY_MS = 60_000
/** Uses are gathered for this long and written together. */
const GATHER_MS = 1_000
const REMEMBERED_MAX = 100_000

/** Notes that a key was used, at once and without waiting for anything. */
export type NoteUse = (tenantId: string, apiKeyId: string) => void

/**
 * Keeps when API keys were last used, off the path of requests: each key is written at most once a minute, many in one
 * statement. What is lost with a crash is a second of uses.
 */
export function createKeyUses(database: Database, log: Logger): NoteUse {
  let written = new Map<string, number>()
  let gathered = new Map<string, string>()

  async function write(): Promise<void> {
    const uses = [...gathered].map(([id, tenant_id]) => ({ id, tenant_id }))
    gathered = new Map()
    await queue(database, (db) =>
      sql`
        insert into api_key_use (tenant_id, api_key_id, used_at)
        select tenant_id, id, now() from json_to_recordset(${JSON.stringify(uses)}) as used(tenant_id uuid, id uuid)
        order by tenant_id, id
        on conflict (tenant_id, api_key_id) do update set used_at = excluded.used_at
      `.execute(db),
    ).catch((error: Error) =>
      log.warn({ error: error.message }, 'the last uses of API keys were not written'),
    )
  }

  return (tenantId, apiKeyId) => {
    const now = performance.now()
    if (now - (written.get(apiKeyId) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return
    if (written.size >= REMEMBERED_MAX) written = new Map()
    written.set(apiKeyId, now)
    if (gathered.size === 0) setTimeout(write, GATHER_MS).unref()
    gathered.set(apiKeyId, tenantId)
  }
}
