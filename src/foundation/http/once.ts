import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Bound } from '../database/bound.ts'
import type { Tx } from '../database/commit.ts'
import { Problem } from '../problem.ts'
import type { Place, Secrets } from '../secrets.ts'
import { callerOf } from './caller.ts'
import { rawBodyOf } from './raw-body.ts'

/** An answer that can be sent again, to the byte. */
export interface Replayable {
  status: number
  headers: Record<string, string>
  body: string | null
  replayed: boolean
}

/** What is known of a key when the work is about to begin. */
interface Seen {
  isFree: boolean
  first: Awaited<ReturnType<typeof findAnswer>>
}

/** A request that has one effect, however often it comes. */
export interface Keyed {
  /** Looks for the answer to an earlier one, with the statements that open the transaction. */
  opening: (db: Bound) => Promise<Seen | null>
  /** Does the work, unless it was done: then its answer is given again. */
  once: (tx: Tx, seen: Seen | null, work: () => Promise<Replayable>) => Promise<Replayable>
}

/**
 * One key, one effect. The key's lock, the work and the stored answer share the transaction: a repeat finds the
 * answer, a simultaneous repeat is told so (409), and a failure leaves nothing behind, so that a corrected request
 * may use the key again. Only success is stored. The key belongs to the tenant, the principal, the method and the
 * route; the fingerprint covers the path and the raw body. Kept for seven days. An answer that shows a secret is kept
 * sealed, so that a client that lost it may still ask again, and a reader of the table learns nothing. Without a key
 * everything comes as often as it is asked for.
 */
export function keyed(
  request: FastifyRequest,
  tenantId: string,
  key: string | null,
  secrets?: Secrets,
): Keyed {
  if (key === null) return { opening: async () => null, once: (_tx, _seen, work) => work() }

  const { principal } = callerOf(request)
  const keyHash = digest(principal, request.method, request.routeOptions.url ?? '', key)
  const fingerprint = digest(request.method, request.url, rawBodyOf(request))
  const place = placeOf(tenantId, keyHash)

  const opening = async (db: Bound): Promise<Seen> => {
    const [isFree, first] = await Promise.all([
      lockKey(db, tenantId, keyHash),
      findAnswer(db, tenantId, keyHash),
    ])
    return { isFree, first }
  }
  const once: Keyed['once'] = async (tx, seen, work) => {
    const { isFree, first } = seen as Seen
    if (first !== undefined) {
      if (!first.fingerprint.equals(fingerprint)) throw new Problem('idempotency_key_reused')
      const body = secrets && first.body !== null ? secrets.open(first.body, place) : first.body
      return { status: first.status, headers: first.headers, body, replayed: true }
    }
    if (!isFree) throw new Problem('idempotency_in_progress', { retryAfterSeconds: 1 })

    const answer = await work()
    const body = secrets && answer.body !== null ? secrets.seal(answer.body, place) : answer.body
    tx.closing.push(() =>
      sql`
        insert into idempotency_key (tenant_id, key_hash, fingerprint, status, headers, body)
        values (${tenantId}, ${keyHash}, ${fingerprint}, ${answer.status}, ${JSON.stringify(answer.headers)}, ${body})
      `.compile(tx.db),
    )
    return answer
  }
  return { opening, once }
}

/**
 * Takes the key's lock for as long as the transaction lasts; false while somebody else holds it. It goes out before
 * `findAnswer`, in a statement of its own: whoever gets the lock because its holder has just committed must look with
 * a newer snapshot than that commit, or would do the work again.
 */
async function lockKey(db: Bound, tenantId: string, keyHash: Buffer): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${tenantId + keyHash.toString('hex')}, 0)) as free
  `.execute(db)
  return rows[0]?.free === true
}

const findAnswer = (db: Bound, tenantId: string, keyHash: Buffer) =>
  db
    .selectFrom('idempotency_key')
    .select(['fingerprint', 'status', 'headers', 'body'])
    .where('tenant_id', '=', tenantId)
    .where('key_hash', '=', keyHash)
    .executeTakeFirst()

const placeOf = (tenantId: string, keyHash: Buffer): Place => ({
  tenantId,
  table: 'idempotency_key',
  column: 'body',
  rowId: keyHash.toString('hex'),
})

const digest = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest()
}
