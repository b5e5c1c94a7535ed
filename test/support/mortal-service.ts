import pg from 'pg'
import { runWorkers } from '../../src/workers.ts'
import { appOn, type TestApp } from './app.ts'
import { LOCAL, quick } from './webhooks.ts'

/** The real service with its workers, on a database, in lives that end and begin. */
export interface MortalService {
  /** The app of the life that is or comes next; another promise is another life. */
  up(): Promise<TestApp>
  /** Dies in the middle of whatever it does, and starts again. */
  crash(): Promise<void>
  /** Loses all its connections to the database. */
  disconnect(): Promise<void>
  /** Lets what its workers are at come to an end; from then on it only answers. */
  rest(): Promise<void>
  end(): Promise<void>
}

/** Webhooks are retried at once, and a dead worker's soon; at ten attempts of a year with crashes none is exhausted. */
const deliver = quick({ retries: Array(9).fill(0.2), lease: 3 })

export async function mortalService(databaseUrl: string): Promise<MortalService> {
  const owner = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  let up: Promise<TestApp>
  let working: Promise<void>
  let stop: AbortController
  let close: () => Promise<void>

  const start = async () => {
    stop = new AbortController()
    const teardown = (handler: () => Promise<void>) => {
      close = handler
    }
    const app = await appOn({ teardown }, databaseUrl, { ...LOCAL, LOG_LEVEL: 'fatal' })
    working = runWorkers(app.context, stop.signal, deliver)
    return app
  }
  const disconnect = async () => {
    await owner.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
  }
  const rest = async () => {
    stop.abort()
    await working
  }
  up = start()
  await up
  return {
    up: () => up,
    disconnect,
    rest,
    async crash() {
      stop.abort()
      up = disconnect()
        .then(() => Promise.all([close(), working]))
        .then(start)
      await up
    },
    async end() {
      await rest()
      await close()
      await owner.end()
    },
  }
}
