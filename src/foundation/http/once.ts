import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Bound } from '../database/bound.ts'
import type { Tx } from '../database/commit.ts'
import { together } from '../database/frame.ts'
import { LATER } from '../gather.ts'
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

/** What came of a request: only an answer is kept. */
export type Outcome = Replayable | Problem | typeof LATER

/** By what a repeat of a request is known: who asks for what under which key, and what exactly was sent. */
export interface Key {
  /** In hexadecimal digits, as is the fingerprint. */
  hash: string
  fingerprint: string
}

/** The key of a request; null for one that came without, which is done as often as it comes. */
export function keyOf(request: FastifyRequest, key: string | null): Key | null {
  if (key === null) return null
  const { principal } = callerOf(request)
  return {
    hash: digest(principal, request.method, request.routeOptions.url ?? '', key),
    fingerprint: digest(request.method, request.url, rawBodyOf(request)),
  }
}

/** What is known of keys when the work is about to begin. */
interface Seen {
  /** The hashes of those that nobody else is busy with. */
  free: ReadonlySet<string>
  /** The answers that were given already, by hash. */
  given: ReadonlyMap<string, Replayable & { fingerprint: string }>
}

/** Requests that have one effect each, however often they come. */
export interface Keyed<Asked> {
  /** Looks for the answers to earlier ones, with the statements that open the transaction. */
  opening: (db: Bound) => Promise<Seen | null>
  /** Does the work for those for whom it was not done; the others are answered as before. */
  once: (
    tx: Tx,
    seen: Seen | null,
    work: (fresh: readonly Asked[]) => Promise<readonly Outcome[]>,
  ) => Promise<Outcome[]>
}

/**
 * One key, one effect. The key's lock, the work and the stored answer share the transaction: a repeat finds the
 * answer, a simultaneous repeat is told so (409) unless it is held back until there is an answer to find, and a failure
 * leaves nothing behind, so that a corrected request may use the key again. Only success is stored. The key belongs to
 * the tenant, the principal, the method and the route; the fingerprint covers the path and the raw body. Kept for seven
 * days. An answer that shows a secret is kept sealed, so that a client that lost it may still ask again, and a reader of
 * the table learns nothing. Without a key everything comes as often as it is asked for. Several requests may share a
 * transaction; if two of them have one key, the primary key of what is kept refuses both, and each has to come alone.
 */
export function keyed<Asked extends { key: Key | null }>(
  tenantId: string,
  asked: readonly Asked[],
  secrets?: Secrets,
): Keyed<Asked> {
  const hashes = asked.flatMap(({ key }) => (key === null ? [] : [key.hash]))

  const opening = async (db: Bound): Promise<Seen | null> => {
    if (hashes.length === 0) return null
    const [free, given] = await together([
      lockKeys(db, tenantId, hashes),
      findAnswers(db, tenantId, hashes),
    ])
    return { free, given }
  }

  const once: Keyed<Asked>['once'] = async (tx, seen, work) => {
    const before = asked.map(({ key }) => answerBefore(key, seen))
    const fresh = asked.filter((_, index) => before[index] === undefined)
    const answers = fresh.length === 0 ? [] : await work(fresh)
    const made = new Map(fresh.map((one, index) => [one, answers[index] as Outcome]))
    const kept = [...made].flatMap(([{ key }, answer]) =>
      key === null || answer instanceof Problem || answer === LATER ? [] : [{ key, answer }],
    )
    if (kept.length > 0) tx.closing.push(() => keepAnswers(tx, kept, sealed))
    return asked.map((one, index) => before[index] ?? (made.get(one) as Outcome))
  }

  /** What a request is answered without any work: what it was answered before, or why it may not be asked. */
  function answerBefore(key: Key | null, seen: Seen | null): Replayable | Problem | undefined {
    if (key === null || seen === null) return undefined
    const given = seen.given.get(key.hash)
    if (given === undefined) {
      return seen.free.has(key.hash)
        ? undefined
        : new Problem('idempotency_in_progress', { retryAfterSeconds: 1 })
    }
    const { fingerprint, ...answer } = given
    if (fingerprint !== key.fingerprint) return new Problem('idempotency_key_reused')
    return { ...answer, body: secrets ? opened(secrets, key, answer.body) : answer.body }
  }

  const opened = (from: Secrets, { hash }: Key, body: string | null) =>
    body === null ? null : from.open(body, placeOf(tenantId, hash))

  const sealed = ({ hash }: Key, body: string | null) =>
    body === null || secrets === undefined ? body : secrets.seal(body, placeOf(tenantId, hash))

  return { opening, once }
}

/**
 * Takes the locks of keys for as long as the transaction lasts, except those that somebody else holds. It goes out
 * before `findAnswers`, in a statement of its own: whoever gets a lock because its holder has just committed must look
 * with a newer snapshot than that commit, or would do the work again.
 */
async function lockKeys(
  db: Bound,
  tenantId: string,
  hashes: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ hash: string; free: boolean }>`
    select hash, pg_try_advisory_xact_lock(hashtextextended(${tenantId}::text || hash, 0)) as free
    from unnest(${hashes}::text[]) as hash
  `.execute(db)
  return new Set(rows.filter(({ free }) => free).map(({ hash }) => hash))
}

async function findAnswers(
  db: Bound,
  tenantId: string,
  hashes: readonly string[],
): Promise<Seen['given']> {
  const keys = hashes.map(bytea)
  const rows = await db
    .selectFrom('idempotency_key')
    .select(['key_hash', 'fingerprint', 'status', 'headers', 'body'])
    .where('tenant_id', '=', tenantId)
    .where('key_hash', '=', sql<Buffer>`any(${keys}::bytea[])`)
    .execute()
  return new Map(
    rows.map(({ key_hash, fingerprint, ...answer }) => [
      key_hash.toString('hex'),
      { ...answer, fingerprint: fingerprint.toString('hex'), replayed: true },
    ]),
  )
}

/** Keeps what was answered, all of it in one statement that travels with the commit. */
const keepAnswers = (
  tx: Tx,
  kept: readonly { key: Key; answer: Replayable }[],
  sealed: (key: Key, body: string | null) => string | null,
) => {
  const rows = kept.map(({ key, answer: { status, headers, body } }) => ({
    key_hash: bytea(key.hash),
    fingerprint: bytea(key.fingerprint),
    status,
    headers,
    body: sealed(key, body),
  }))
  return sql`
    insert into idempotency_key (tenant_id, key_hash, fingerprint, status, headers, body)
    select ${tx.tenant.id}, key_hash, fingerprint, status, headers, body
    from json_to_recordset(${JSON.stringify(rows)})
      as kept(key_hash bytea, fingerprint bytea, status int, headers jsonb, body text)
  `.compile(tx.db)
}

/** Bytes in hexadecimal digits, as PostgreSQL writes them. */
const bytea = (hex: string): string => `\\x${hex}`

const placeOf = (tenantId: string, keyHash: string): Place => ({
  tenantId,
  table: 'idempotency_key',
  column: 'body',
  rowId: keyHash,
})

const digest = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}
