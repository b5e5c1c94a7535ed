import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from './database/pool.ts'

/** Figures for Prometheus. Labels are bounded and never name a tenant. */
export interface Metrics {
  readonly registry: Registry
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>
  readonly httpRequests: Counter<'operation' | 'client'>
  readonly httpRejected: Counter<'reason'>
  readonly idempotentReplays: Counter<'operation'>
  readonly deprecatedRequests: Counter<'operation' | 'client'>
  readonly authFailures: Counter<'reason'>
  readonly unmappedSqlStates: Counter<'sqlstate'>
  readonly jobRuns: Counter<'job' | 'outcome'>
  readonly eventsSequenced: Counter
  readonly webhookAttempts: Counter<'outcome'>
  readonly webhookSeconds: Histogram
  readonly integrityViolations: Gauge
}

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** One registry per service value, so that two services in one process (tests) do not share figures. */
export function createMetrics(pools: Record<string, Database>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'db_pool_connections',
    help: 'Connections by pool and state.',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [name, { pool }] of Object.entries(pools)) {
        this.set({ pool: name, state: 'total' }, pool.totalCount)
        this.set({ pool: name, state: 'idle' }, pool.idleCount)
        this.set({ pool: name, state: 'waiting' }, pool.waitingCount)
      }
    },
  })
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Requests by route.',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    }),
    httpRequests: new Counter({
      name: 'http_requests_total',
      help: 'Requests by operation and kind of credential: none, api_key, token, platform.',
      labelNames: ['operation', 'client'],
      registers,
    }),
    httpRejected: new Counter({
      name: 'http_rejected_total',
      help: 'Requests refused before any work.',
      labelNames: ['reason'],
      registers,
    }),
    idempotentReplays: new Counter({
      name: 'idempotent_replays_total',
      help: 'Repeats under an Idempotency-Key that were given the first answer again.',
      labelNames: ['operation'],
      registers,
    }),
    deprecatedRequests: new Counter({
      name: 'deprecated_requests_total',
      help: 'Requests to operations that will end; the log names the principals.',
      labelNames: ['operation', 'client'],
      registers,
    }),
    authFailures: new Counter({
      name: 'auth_failures_total',
      help: 'Credentials refused.',
      labelNames: ['reason'],
      registers,
    }),
    unmappedSqlStates: new Counter({
      name: 'db_unmapped_sqlstate_total',
      help: 'Refusals of the database that were answered as an internal error, by SQLSTATE: each is a bug.',
      labelNames: ['sqlstate'],
      registers,
    }),
    jobRuns: new Counter({
      name: 'job_runs_total',
      help: 'Scheduled job slots by outcome.',
      labelNames: ['job', 'outcome'],
      registers,
    }),
    eventsSequenced: new Counter({
      name: 'events_sequenced_total',
      help: 'Events given their position in the feed.',
      registers,
    }),
    webhookAttempts: new Counter({
      name: 'webhook_attempts_total',
      help: 'Delivery attempts by outcome.',
      labelNames: ['outcome'],
      registers,
    }),
    webhookSeconds: new Histogram({
      name: 'webhook_attempt_duration_seconds',
      help: 'Time of one delivery attempt.',
      buckets: SECONDS,
      registers,
    }),
    integrityViolations: new Gauge({
      name: 'integrity_violations',
      help: 'Differences the last ledger verification of any tenant found.',
      registers,
    }),
  }
}
