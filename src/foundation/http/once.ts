import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
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

/**
 * One key, one effect. The key's lock, the work and the stored answer share the transaction: a repeat finds the
 * answer, a simultaneous repeat is told so (409), and a failure leaves nothing behind, so that a corrected request
 * may use the key again. Only success is stored. The key belongs to the tenant, the principal, the method and the
 * route; the fingerprint covers the path and the raw body. Kept for seven days. An answer that shows a secret is kept
 * sealed, so that a client that lost it may still ask again, and a reader of the table learns nothing.
 */
export async function once(
  tx: Tx,
  request: FastifyRequest,
  key: string | null,
  work: () => Promise<Replayable>,
  secrets?: Secrets,
): Promise<Replayable> {
  if (key === null) return work()

  const keyHash = digest(
    callerOf(request).principal,
    request.method,
    request.routeOptions.url ?? '',
    key,
  )
  const fingerprint = digest(request.method, request.url, rawBodyOf(request))
  const [isFree, first] = await Promise.all([lockKey(tx, keyHash), findAnswer(tx, keyHash)])
  if (first !== undefined) {
    if (!first.fingerprint.equals(fingerprint)) throw new Problem('idempotency_key_reused')
    const body =
      secrets && first.body !== null ? secrets.open(first.body, placeOf(tx, keyHash)) : first.body
    return { status: first.status, headers: first.headers, body, replayed: true }
  }
  if (!isFree) throw new Problem('idempotency_in_progress', { retryAfterSeconds: 1 })

  const answer = await work()
  const body =
    secrets && answer.body !== null ? secrets.seal(answer.body, placeOf(tx, keyHash)) : answer.body
  tx.closing.push(() =>
    sql`
      insert into idempotency_key (tenant_id, key_hash, fingerprint, status, headers, body)
      values (${tx.tenant.id}, ${keyHash}, ${fingerprint}, ${answer.status}, ${JSON.stringify(answer.headers)}, ${body})
    `.compile(tx.db),
  )
  return answer
}

/**
 * Takes the key's lock for as long as the transaction lasts; false while somebody else holds it. It goes out before
 * `findAnswer`, in a statement of its own: whoever gets the lock because its holder has just committed must look with
 * a newer snapshot than that commit, or would do the work again.
 */
async function lockKey(tx: Tx, keyHash: Buffer): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${tx.tenant.id + keyHash.toString('hex')}, 0)) as free
  `.execute(tx.db)
  return rows[0]?.free === true
}

const findAnswer = (tx: Tx, keyHash: Buffer) =>
  tx.db
    .selectFrom('idempotency_key')
    .select(['fingerprint', 'status', 'headers', 'body'])
    .where('tenant_id', '=', tx.tenant.id)
    .where('key_hash', '=', keyHash)
    .executeTakeFirst()

const placeOf = (tx: Tx, keyHash: Buffer): Place => ({
  tenantId: tx.tenant.id,
  table: 'idempotency_key',
  column: 'body',
  rowId: keyHash.toString('hex'),
})

const digest = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest()
}
