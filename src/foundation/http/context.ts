import type { Logger } from 'pino'
import type { Authenticate } from '../access/authenticate.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/pool.ts'
import type { Metrics } from '../metrics.ts'
import type { Traces } from '../traces/traces.ts'
import type { Wake } from '../wake.ts'

/** What the service is made of, passed down as one value. */
export interface Context {
  readonly config: Config
  readonly log: Logger
  /** For requests: quick answers or none. */
  readonly api: Database
  /** For schedulers, dispatchers and imports: their own connections, so that neither starves the other. */
  readonly workers: Database
  /** For exports, which are read as slowly as their callers like. */
  readonly exports: Database
  /** For finding out who calls: nobody who is to be refused waits behind those who are served. */
  readonly access: Database
  readonly authenticate: Authenticate
  readonly metrics: Metrics
  readonly traces: Traces
  /** Wakes a worker of this process early; workers find the work by themselves anyway. */
  readonly wake: Wake
}
