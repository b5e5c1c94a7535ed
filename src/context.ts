import type { Logger } from 'pino'
import { createAuthenticate } from './foundation/access/authenticate.ts'
import type { Config } from './foundation/config.ts'
import { openDatabase } from './foundation/database/pool.ts'
import type { Context } from './foundation/http/context.ts'
import { EXPORTS_MAX } from './foundation/http/export/places.ts'
import { createMetrics } from './foundation/metrics.ts'
import { createTraces } from './foundation/traces/traces.ts'
import { createWake } from './foundation/wake.ts'

const API_STATEMENT_MS = 5_000
const WORKER_STATEMENT_MS = 120_000
const ACCESS_CONNECTIONS = 2

/** Puts the service's parts together around one database. */
export function createContext(config: Config, databaseUrl: string, log: Logger): Context {
  const wake = createWake()
  const traces = createTraces(config)
  const prepared = config.DATABASE_PREPARED === 'on'
  const shared = { url: databaseUrl, prepared, log, wake, traces }
  const api = openDatabase({
    ...shared,
    size: config.DATABASE_POOL_SIZE,
    statementTimeoutMs: API_STATEMENT_MS,
  })
  const workers = openDatabase({
    ...shared,
    size: Math.max(4, config.DATABASE_POOL_SIZE / 2),
    statementTimeoutMs: WORKER_STATEMENT_MS,
  })
  const exports = openDatabase({
    ...shared,
    size: EXPORTS_MAX,
    statementTimeoutMs: API_STATEMENT_MS,
  })
  const access = openDatabase({
    ...shared,
    size: ACCESS_CONNECTIONS,
    statementTimeoutMs: API_STATEMENT_MS,
  })
  return {
    config,
    log,
    api,
    workers,
    exports,
    access,
    authenticate: createAuthenticate(config, access, log),
    metrics: createMetrics({ api, workers, exports, access }),
    traces,
    wake,
  }
}
