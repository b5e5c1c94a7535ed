import { createHash } from 'node:crypto'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Traces } from '../traces/traces.ts'
import type { Wake } from '../wake.ts'

/** How one pool behaves: the API's answers fast or not at all, the workers' may take their time. */
export interface PoolOptions {
  url: string
  size: number
  /** Server-side limit for one statement, milliseconds. */
  statementTimeoutMs: number
  /** False behind a PgBouncer older than 1.21, which cannot carry named statements in transaction mode. */
  prepared: boolean
  log: Logger
  wake: Wake
  traces: Traces
}

/** A pool and what the frames around its transactions need to know. */
export interface Database {
  readonly pool: pg.Pool
  readonly statementTimeoutMs: number
  readonly wake: Wake
  readonly traces: Traces
}

/** What our sessions are called in `pg_stat_activity`. */
const APPLICATION = 'receivables'

const CONNECT_TIMEOUT_MS = 10_000
const CLIENT_GRACE_MS = 3_000
const NAMED_STATEMENTS_MAX = 1_000

/**
 * Opens a pool that survives killed backends and half-open connections: every client has an error listener, also while
 * it is lent out, every wait has an end, and the client gives up on a silent server shortly after the server would
 * have given up on the statement. Connections are opened when first needed.
 */
export function openDatabase({
  url,
  size,
  statementTimeoutMs,
  prepared,
  log,
  wake,
  traces,
}: PoolOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: statementTimeoutMs + CLIENT_GRACE_MS,
    keepAlive: true,
    idleTimeoutMillis: 60_000,
    application_name: APPLICATION,
    types: { getTypeParser },
    Client: prepared ? NamedStatementClient : pg.Client,
    pipeline: true,
  })
  pool.on('error', (error) =>
    log.warn({ error: error.message }, 'an idle database connection was lost'),
  )
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { pool, statementTimeoutMs, wake, traces }
}

const names = new Map<string, string>()
let generation = 0

/**
 * Lets every statement be planned anew. PostgreSQL refuses the plan of a statement whose columns have changed since,
 * as `select *` does when a migration adds one while this process runs.
 */
export function forgetPlans(): void {
  generation += 1
  names.clear()
}

/**
 * Names every parameterised statement by a hash of its text, so that each connection parses and plans it once. The
 * cache is bounded: statements beyond the bound go unnamed.
 */
class NamedStatementClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg overloads `query` in more ways than a subclass can restate
  override query(text: any, values?: any, callback?: any): any {
    if (typeof text === 'string' && Array.isArray(values) && values.length > 0) {
      const name = nameOf(text)
      if (name !== undefined) return super.query({ name, text, values }, callback)
    }
    return super.query(text, values, callback)
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= NAMED_STATEMENTS_MAX) return known
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 32)
  const name = generation === 0 ? hash : `${hash}.${generation}`
  names.set(text, name)
  return name
}

const INT8 = 20
const DATE = 1082
const TIMESTAMPTZ = 1184

/**
 * Types from PostgreSQL, set once: int8 becomes a number and refuses what is not a safe integer, a date stays
 * `YYYY-MM-DD` text, an instant becomes RFC 3339 text in UTC. Money never meets a float, a due date never a time zone.
 */
const getTypeParser: typeof pg.types.getTypeParser = ((oid: number, format?: 'text' | 'binary') => {
  if (oid === INT8) return safeInteger
  if (oid === DATE) return (text: string) => text
  if (oid === TIMESTAMPTZ) return instant
  return pg.types.getTypeParser(oid, format as 'text')
}) as typeof pg.types.getTypeParser

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is not a safe integer`)
  return value
}

/** `2026-03-01 08:15:30.12+00` (the session runs in UTC) → `2026-03-01T08:15:30.120Z`. */
function instant(text: string): string {
  const [seconds, fraction = ''] = text.slice(0, -3).split('.') as [string, string?]
  return `${seconds.replace(' ', 'T')}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
}
