import type { PoolClient, QueryResult } from 'pg'
import type { CalendarDate, Instant } from '../calendar.ts'
import { Problem } from '../problem.ts'
import { type Bound, bind } from './bound.ts'
import { type Database, forgetPlans } from './pool.ts'
import { isStalePlan, isUnreachable, sqlStateOf } from './violations.ts'

/** The database role every frame works under: it owns nothing, and row-level security binds it. */
export const APP_ROLE = 'receivables_app'

/** The role a test tenant is emptied under: it may only read and delete, and delete only while a reset is going on. */
export const RESET_ROLE = 'receivables_reset'

/** The role a person is pseudonymised under: it may write words into rows that are otherwise only added. */
export const PRIVACY_ROLE = 'receivables_privacy'

/** What a frame knows about its tenant, read in the same transaction. */
export interface TenantFrame {
  readonly id: string
  readonly mode: 'live' | 'test'
  readonly timeZone: string
  readonly currency: string
  /** Days from issue to due date, where neither invoice nor customer says; null when nothing does. */
  readonly netDays: number | null
}

/** What the frame of a tenant that its own transaction creates must be told, since it cannot be read yet. */
export type NewTenant = Omit<TenantFrame, 'id'>

/** Where and when a frame stands. */
export interface Moment {
  readonly tenant: TenantFrame
  /** The tenant's clock: real time, or where a test tenant's clock stands. */
  readonly now: Instant
  /** The tenant's day. */
  readonly today: CalendarDate
}

/** How long a statement waits for a lock, milliseconds. */
const LOCK_MS_MAX = 2_000

/** How a frame differs from that of a command. */
export interface FrameOptions {
  begin?: typeof READ_ONLY
  /** Set when this very transaction creates the tenant: its frame opens although no row says so yet. */
  newTenant?: NewTenant | undefined
  /** True for the reset of a test tenant itself, which nobody else may get in the way of. */
  inReset?: boolean | undefined
  /**
   * How long a statement waits for a lock, milliseconds; two seconds, and then again, when nothing is said. Whoever says
   * it has another way to go, and is told at once.
   */
  lockMsMax?: number | undefined
}

/** How a transaction begins that only reads, and reads all of one snapshot. */
export const READ_ONLY = 'begin isolation level repeatable read read only'

/** A transaction that may read: queries take it, and accept a `Tx` too. */
export interface Reader extends Moment {
  readonly db: Bound
}

interface FrameRow {
  mode: 'live' | 'test'
  time_zone: string
  currency: string
  net_days: number | null
  now: Instant
  today: CalendarDate
  resetting: boolean
}

const SETTINGS = `
  select set_config('role', '${APP_ROLE}', true), set_config('app.tenant_id', $1, true),
    set_config('timezone', 'UTC', true), set_config('statement_timeout', $2, true),
    set_config('lock_timeout', $3, true), set_config('idle_in_transaction_session_timeout', '10000', true)`

/**
 * The key of a lock that every frame of a test tenant shares, so that a reset can wait until nobody is left inside who
 * has not seen it begin. Live tenants have no use for it and do not take it.
 */
export const RESET_LOCK = `hashtextextended('reset ' || current_setting('app.tenant_id'), 0)`

const TENANT = `
  select mode, time_zone, currency, net_days, coalesce(clock_at, now()) as now,
    (coalesce(clock_at, now()) at time zone time_zone)::date as today,
    case when mode = 'test' then reset_at is not null or not pg_try_advisory_xact_lock_shared(${RESET_LOCK}) else false end as resetting
  from tenant where tenant_id = $1`

/** The same for a tenant that does not exist yet; a zone that PostgreSQL does not know fails here (22023). */
const NEW_TENANT = `
  select $1::text as mode, $2::text as time_zone, $3::text as currency, $4::int as net_days, now() as now,
    (now() at time zone $2)::date as today, false as resetting`

/**
 * Lends a connection and opens a transaction whose role, tenant and time limits last exactly as long as it does, in
 * one round trip. The tenant's clock comes from the database, so that replicas never disagree about the day.
 */
export async function openTenantFrame(
  client: PoolClient,
  database: Database,
  tenantId: string,
  { begin, newTenant, inReset = false, lockMsMax = LOCK_MS_MAX }: FrameOptions = {},
): Promise<Reader> {
  const [, , tenant] = (await together([
    client.query(begin ?? 'begin'),
    client.query(SETTINGS, [tenantId, String(database.statementTimeoutMs), String(lockMsMax)]),
    newTenant === undefined
      ? client.query(TENANT, [tenantId])
      : client.query(NEW_TENANT, [
          newTenant.mode,
          newTenant.timeZone,
          newTenant.currency,
          newTenant.netDays,
        ]),
  ])) as [unknown, unknown, QueryResult<FrameRow>]
  const row = tenant.rows[0]
  if (row === undefined) throw new Problem('tenant_unknown')
  if (row.resetting && !inReset) throw new Problem('tenant_resetting', { retryAfterSeconds: 1 })
  return {
    db: bind(client),
    tenant: {
      id: tenantId,
      mode: row.mode,
      timeZone: row.time_zone,
      currency: row.currency,
      netDays: row.net_days,
    },
    now: row.now,
    today: row.today,
  }
}

/** Opens a transaction without a tenant: only the tables that hold no tenant's data can be seen. */
export async function openQueueFrame(client: PoolClient, database: Database): Promise<Bound> {
  await together([
    client.query('begin'),
    client.query(SETTINGS, ['', String(database.statementTimeoutMs), String(LOCK_MS_MAX)]),
  ])
  return bind(client)
}

/**
 * Waits for all that goes out at the same time, so that nobody is still at it when a failure ends the transaction. The
 * first failure speaks for those that failed because of it. On one connection they are carried out in the order given,
 * as far as each sends its statement before it waits for anything. What can throw is reckoned before.
 */
export async function together<T extends readonly unknown[]>(
  work: {
    [K in keyof T]: Promise<T[K]>
  },
): Promise<T> {
  const outcomes = await Promise.allSettled(work)
  const failures = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  if (failures.length > 0)
    throw failures.find((failure) => sqlStateOf(failure) !== TRANSACTION_ABORTED) ?? failures[0]
  return outcomes.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as T
}

/** What every statement is answered after one has failed. */
const TRANSACTION_ABORTED = '25P02'

/**
 * How many may wait for each connection of a pool. Whoever comes when so many wait is refused at once: too much load
 * costs those who are too many, and those fast, instead of making everybody late.
 */
const WAITING_PER_CONNECTION_MAX = 32

/** How many may wait for the connections of a pool. */
export const waitingMax = ({ pool }: Database): number =>
  pool.options.max * WAITING_PER_CONNECTION_MAX

/** No connection could be had: too many wait, none was free in time, or there is no server. */
export class NotLent extends Error {}

/** One of the pool's connections, unless too many wait for one already or none is free in time. */
async function borrow(database: Database): Promise<PoolClient> {
  const { pool } = database
  const isCrowded = pool.waitingCount >= waitingMax(database)
  const lent = isCrowded
    ? Promise.reject(new Error('too many wait for a database connection'))
    : pool.connect()
  return lent.catch((error: Error) => {
    throw new Problem(
      'unavailable',
      { retryAfterSeconds: 1, detail: 'No database connection is free.' },
      new NotLent(error.message, { cause: error }),
    )
  })
}

/**
 * Lends a connection for one frame and takes it back: after a failure the transaction is rolled back, and a
 * connection that may be broken is thrown away instead of poisoning its slot in the pool. What met a plan that a
 * migration has made stale is done once more, by new plans.
 */
export async function withConnection<T>(
  database: Database,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await borrow(database)
  let broken: Error | undefined
  const orRollBack = async (error: unknown): Promise<never> => {
    broken = isUnreachable(error) ? (error as Error) : undefined
    if (broken === undefined) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure
      })
    }
    throw error
  }
  try {
    return await work(client).catch(orRollBack)
  } catch (error) {
    if (!isStalePlan(error) || broken !== undefined) throw error
    forgetPlans()
    return await work(client).catch(orRollBack)
  } finally {
    client.release(broken)
  }
}

/** True when the whole transaction may simply be run again: it had no effect. */
export const isRetryable = (error: unknown): boolean =>
  sqlStateOf(error) === '40001' || sqlStateOf(error) === '40P01'

/** True when a lock was not free in time; whoever holds it may be done a moment later. */
export const isLockTimeout = (error: unknown): boolean => sqlStateOf(error) === '55P03'
