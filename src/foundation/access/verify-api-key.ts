import { sql } from 'kysely'
import { queue, read } from '../database/commit.ts'
import type { Database } from '../database/pool.ts'
import { problemOf } from '../database/violations.ts'
import type { Caller } from '../http/caller.ts'
import { publicId } from '../id.ts'
import { Problem } from '../problem.ts'
import type { Authenticate } from './authenticate.ts'
import { hashOf } from './secret.ts'

/** How long a verified key is believed without looking again; other replicas see a revocation after this at the latest. */
const BELIEVED_MS = 5_000
const REMEMBERED_MAX = 10_000

interface Verified {
  caller: Caller
  /** How long the credential is still valid by the database's clock, milliseconds; null when it has no end. */
  validMs: number | null
}

interface Remembered {
  verified: Promise<Verified>
  until: number
}

/**
 * Verifies API keys by their hash. Expiry and revocation are judged in real time by the database's clock, never by a
 * test clock. What was verified is remembered for five seconds, so that the hot path costs no query and simultaneous
 * requests share one; a rotation or revocation in this process empties the memory at once.
 */
export function createKeyVerifier(database: Database): Authenticate {
  let memory = new Map<string, Remembered>()
  database.wake.on('credentials', () => {
    memory = new Map()
  })

  return async (bearer) => {
    const hash = hashOf(bearer)
    const name = hash.toString('base64')
    const known = memory.get(name)
    if (known !== undefined && performance.now() < known.until) return (await known.verified).caller

    // A lookup that began before the memory was emptied keeps its result to itself: it goes into the old map.
    const current = memory
    const startedAt = performance.now()
    const entry: Remembered = { verified: lookUp(database, hash), until: startedAt + BELIEVED_MS }
    if (current.size >= REMEMBERED_MAX) current.delete(current.keys().next().value as string)
    current.delete(name)
    current.set(name, entry)
    try {
      const { caller, validMs } = await entry.verified
      if (validMs !== null) entry.until = Math.min(entry.until, startedAt + validMs)
      return caller
    } catch (error) {
      if (current.get(name) === entry) current.delete(name)
      throw problemOf(error) ?? error
    }
  }
}

/** Finds whom a hash stands for: first its tenant, in a table without tenants' data, then the key under that tenant. */
async function lookUp(database: Database, hash: Buffer): Promise<Verified> {
  const lead = await queue(database, (db) =>
    db
      .selectFrom('credential')
      .select(['tenant_id', 'api_key_id'])
      .where('key_hash', '=', hash)
      .where((valid) =>
        valid.or([valid('valid_until', 'is', null), valid('valid_until', '>', sql<string>`now()`)]),
      )
      .executeTakeFirst(),
  )
  if (lead === undefined) throw new Problem('unauthenticated')

  const key = await read(database, lead.tenant_id, ({ db, tenant }) =>
    db
      .selectFrom('api_key')
      .innerJoin('credential', (join) =>
        join
          .onRef('credential.tenant_id', '=', 'api_key.tenant_id')
          .onRef('credential.api_key_id', '=', 'api_key.id')
          .on('credential.key_hash', '=', hash),
      )
      .select(['api_key.id', 'api_key.scopes'])
      .select(
        sql<number | null>`
          (extract(epoch from least(api_key.expires_at, credential.valid_until) - now()) * 1000)::float8
        `.as('valid_ms'),
      )
      .where('api_key.tenant_id', '=', tenant.id)
      .where('api_key.id', '=', lead.api_key_id)
      .where('api_key.revoked_at', 'is', null)
      .executeTakeFirst(),
  )
  if (key === undefined || (key.valid_ms !== null && key.valid_ms <= 0))
    throw new Problem('unauthenticated')
  return {
    caller: {
      tenantId: lead.tenant_id,
      principal: publicId('api_key', key.id),
      scopes: new Set(key.scopes),
    },
    validMs: key.valid_ms,
  }
}
