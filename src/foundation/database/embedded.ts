import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import type { BaseLogger } from 'pino'
import { openCluster } from './embedded-cluster.ts'
import { stopPostmaster } from './embedded-postmaster.ts'
import { reachServer } from './embedded-server.ts'
import { databaseUrl, ensureDatabase, isLastClient, lockDataFolder } from './embedded-session.ts'

/** Our defaults for a server of our own; the first lines keep it private to this machine and to the service's log. */
const DEFAULT_SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  cluster_name: 'receivables',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  synchronous_commit: 'on',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  work_mem: '32MB',
  autovacuum_vacuum_scale_factor: '0.05',
}

export interface EmbeddedOptions {
  /** The data folder; made when missing, with the database in `postgres/` below it. */
  dataDir: string
  log: Pick<BaseLogger, 'info' | 'warn' | 'error'>
  /** Server settings that differ from ours. */
  settings?: Record<string, string> | undefined
  /** The port of 127.0.0.1 to listen on, by default any that is free. An adopted server keeps its own. */
  port?: number | undefined
  /** A folder with `initdb` and `postgres` to use instead of those we would find. */
  binDir?: string | undefined
}

export interface EmbeddedPostgres {
  /** Leads to the database `receivables` as its owner; stays the same when the server has to be started again. */
  url: string
  /** True when a server that an earlier process left behind was found running. */
  adopted: boolean
  /** Stops the server, unless others are connected to it and `evenIfInUse` is not set. Close the pool first. */
  stop(options?: { evenIfInUse?: boolean }): Promise<void>
}

/**
 * Runs PostgreSQL on a data folder and keeps it running until `stop()`.
 *
 * One process at a time: it holds an advisory lock in a session of its own, which the server frees by itself however
 * that process ends. A start that finds a server running adopts it and asks for the lock, so it either takes over what
 * a killed process left behind or learns that the folder is in use, without having touched anything.
 *
 * When the server dies under us it is started again on the same port, and the pool's next connection finds it.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log, binDir } = options
  const dataDir = resolve(options.dataDir)
  const settings = { ...DEFAULT_SETTINGS, ...options.settings }
  const cluster = await openCluster(dataDir, { binDir, lasting: settings.fsync !== 'off' })
  const stopping = new AbortController()
  const { signal } = stopping

  const hold = async (port: number | undefined) => {
    const server = await reachServer(cluster, { port, settings, signal })
    await lockDataFolder(server.session, dataDir)
    return server
  }

  const { session, port, adopted } = await hold(options.port)
  await ensureDatabase(session)
  const outcome = adopted ? 'Adopted' : 'Started'
  log.info({ dataDir, port }, `${outcome} the embedded PostgreSQL`)

  let held: Promise<Client | undefined> = Promise.resolve(session)
  const watch = (session: Client): Client =>
    session.once('end', () => {
      if (signal.aborted) return
      log.warn({ dataDir, port }, 'Lost the embedded PostgreSQL; starting it again where needed')
      held = holdAgain()
    })
  const holdAgain = async (): Promise<Client | undefined> => {
    for (let wait = 100; !signal.aborted; wait = Math.min(wait * 2, 30_000)) {
      try {
        const { session } = await hold(port)
        log.warn({ dataDir, port }, 'The embedded PostgreSQL is back')
        return watch(session)
      } catch (error) {
        if (signal.aborted) break
        log.error({ err: error, dataDir }, 'The embedded PostgreSQL is still away')
        await delay(wait, undefined, { signal }).catch(() => undefined)
      }
    }
    return undefined
  }
  watch(session)

  const stop = async (evenIfInUse: boolean): Promise<void> => {
    stopping.abort()
    const session = await held
    const isOurs = async () => session && (await isLastClient(session).catch(() => false))
    if (!evenIfInUse && !(await isOurs())) {
      log.info({ dataDir }, 'Left the embedded PostgreSQL running: others are connected')
    } else if (await stopPostmaster(cluster.path)) {
      log.info({ dataDir }, 'Stopped the embedded PostgreSQL')
    } else {
      log.warn({ dataDir }, 'The embedded PostgreSQL is still busy stopping')
    }
    await session?.end().catch(() => undefined)
  }

  let stopped: Promise<void> | undefined
  return {
    url: databaseUrl(cluster, port),
    adopted,
    stop: ({ evenIfInUse = false } = {}) => {
      stopped ??= stop(evenIfInUse)
      return stopped
    },
  }
}
