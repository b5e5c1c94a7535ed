import { setTimeout as sleep } from 'node:timers/promises'
import type { CompiledQuery } from 'kysely'
import type { PoolClient, QueryResult } from 'pg'
import { Problem } from '../problem.ts'
import { type SpanStart, traced } from '../traces/traces.ts'
import type { Wake, Worker } from '../wake.ts'
import { type Bound, bind } from './bound.ts'
import {
  type FrameOptions,
  isLockTimeout,
  isRetryable,
  openQueueFrame,
  openTenantFrame,
  READ_ONLY,
  type Reader,
  together,
  withConnection,
} from './frame.ts'
import type { Database } from './pool.ts'
import { problemOf } from './violations.ts'

/** Who or what caused a write; stored with every event it makes. */
export interface Cause {
  origin: 'api' | 'schedule' | 'import'
  /** The principal behind it: an API key's id or a token's subject; null for the service itself. */
  actor: string | null
  requestId: string | null
  /** The address of the request, where there was one. */
  address?: string
}

/** What the service does by itself, by its timetable or to catch up with what was asked. */
export const byTheService: Cause = { origin: 'schedule', actor: null, requestId: null }

/** A transaction that may write. Commands take it first; they never open one, so that they compose. */
export interface Tx extends Reader {
  readonly cause: Cause
  /** Where several requests share the transaction: which of them caused what happens to a customer. */
  readonly causes?: ReadonlyMap<string, Cause> | undefined
  /**
   * Makers of statements that go out together with the commit, in one write to the socket. What is announced during
   * the transaction is written here, set-based, at no extra round trip.
   */
  readonly closing: (() => CompiledQuery)[]
  /** Workers of this process to wake once the commit stands; they would find the work by themselves, later. */
  readonly wakes: Set<Worker>
}

export interface CommitOptions extends Omit<FrameOptions, 'begin'> {
  tenantId: string
  cause: Cause
  /** Where several requests share the transaction: the cause for each customer. */
  causes?: ReadonlyMap<string, Cause>
  /** True to do everything and keep nothing. */
  dryRun?: boolean
}

/** Statements that go out with those that open the frame, at no extra round trip; what they find is handed to the work. */
export interface Opening<O> {
  opening: (db: Bound) => Promise<O>
}

const TRIES_MAX = 6
const LOCK_TRIES_MAX = 3

/**
 * The only door for writes. Opens a transaction for the tenant, runs the command in it, and commits it together with
 * the events it announced; a deadlock, a serialization failure or a long wait for a lock runs the whole again, a few
 * times, with jitter.
 * Nothing in `work` may touch the network. Refusals of the database come out as problems, by constraint name.
 */
export const commit = <T, O = undefined>(
  database: Database,
  options: CommitOptions & Partial<Opening<O>>,
  work: (tx: Tx, opened: O) => Promise<T>,
): Promise<T> =>
  traced(database.traces, databaseSpan('commit'), () => untilCommitted(database, options, work))

async function untilCommitted<T, O>(
  database: Database,
  options: CommitOptions & Partial<Opening<O>>,
  work: (tx: Tx, opened: O) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withConnection(database, (client) =>
        attemptOnce(client, database, options, work),
      )
    } catch (error) {
      const lockTries = options.lockMsMax === undefined ? LOCK_TRIES_MAX : 1
      const tries = isRetryable(error) ? TRIES_MAX : isLockTimeout(error) ? lockTries : 1
      if (attempt >= tries) throw problemOf(error) ?? error
      await sleep(5 + Math.random() * 2 ** attempt * 5)
    }
  }
}

async function attemptOnce<T, O>(
  client: PoolClient,
  database: Database,
  {
    tenantId,
    cause,
    causes,
    dryRun = false,
    opening,
    ...frameOptions
  }: CommitOptions & Partial<Opening<O>>,
  work: (tx: Tx, opened: O) => Promise<T>,
): Promise<T> {
  const frame = openTenantFrame(client, database, tenantId, frameOptions)
  const opened = opening?.(bind(client))
  // What is wrong with the frame speaks for what went wrong because of it.
  opened?.catch(() => undefined)
  const tx: Tx = { ...(await frame), cause, causes, closing: [], wakes: new Set() }
  const done = await work(tx, (await opened) as O)
  if (dryRun) await client.query('rollback')
  else await close(client, tx, database.wake)
  return done
}

/** Sends the closing statements and the commit in one go. A commit after a failure answers `ROLLBACK`, not an error. */
async function close(client: PoolClient, tx: Tx, wake: Wake): Promise<void> {
  const outcomes = await together([
    ...tx.closing.map((make) => {
      const { sql, parameters } = make()
      return client.query(sql, [...parameters])
    }),
    client.query('commit'),
  ])
  const { command } = outcomes.at(-1) as QueryResult
  if (command !== 'COMMIT') throw new Problem('unavailable', { retryAfterSeconds: 1 })
  for (const worker of tx.wakes) wake(worker)
}

/** One consistent snapshot of a tenant's data, read-only. */
export const read = <T>(
  database: Database,
  tenantId: string,
  work: (reader: Reader) => Promise<T>,
): Promise<T> => traced(database.traces, readSpan, () => readOnce(database, tenantId, work))

async function readOnce<T>(
  database: Database,
  tenantId: string,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  try {
    return await withConnection(database, async (client) => {
      const found = await work(
        await openTenantFrame(client, database, tenantId, { begin: READ_ONLY }),
      )
      await client.query('commit')
      return found
    })
  } catch (error) {
    throw problemOf(error) ?? error
  }
}

/**
 * A transaction over the queue tables, which hold only ids and so carry no row-level security: schedulers and
 * workers find work here, and then set the tenant.
 */
export async function queue<T>(database: Database, work: (db: Bound) => Promise<T>): Promise<T> {
  return withConnection(database, async (client) => {
    const done = await work(await openQueueFrame(client, database))
    await client.query('commit')
    return done
  })
}

/** A transaction as part of a trace. Those of workers that only look whether there is something to do make no trace. */
const databaseSpan = (operation: 'commit' | 'read'): SpanStart => ({
  name: operation,
  kind: 'client',
  attributes: { 'db.system.name': 'postgresql', 'db.operation.name': operation },
  withinOnly: true,
})

/** A transaction that reads, as part of a trace. */
export const readSpan = databaseSpan('read')
