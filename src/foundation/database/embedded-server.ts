import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import type { Cluster } from './embedded-cluster.ts'
import {
  clearStalePostmaster,
  findPostmaster,
  freePort,
  startPostmaster,
} from './embedded-postmaster.ts'
import { openSession } from './embedded-session.ts'

/** Recovery after a crash replays up to `max_wal_size`, which takes a slow disk minutes. */
const START_MS_MAX = 300_000
const START_ATTEMPTS_MAX = 8

export interface ServerStart {
  /** The port to listen on; any that is free when not given. */
  port: number | undefined
  settings: Record<string, string>
  /** Gives up when this is aborted. */
  signal: AbortSignal
}

export interface ReachedServer {
  session: Client
  port: number
  adopted: boolean
}

/**
 * A session with the server of this cluster. As often as none runs, one is started: a predecessor's remains may refuse
 * the first attempt, the port may be taken in the meantime, and of two processes that start at once one will lose and
 * find the other's server here.
 */
export async function reachServer(cluster: Cluster, start: ServerStart): Promise<ReachedServer> {
  let child: ChildProcess | undefined
  let attempts = 0

  for (const deadline = Date.now() + START_MS_MAX; Date.now() < deadline; await delay(25)) {
    start.signal.throwIfAborted()
    const postmaster = await findPostmaster(cluster.path)
    if (postmaster) {
      const session = await openSession(cluster, postmaster.port)
      if (session) return { session, port: postmaster.port, adopted: postmaster.pid !== child?.pid }
    } else if (!child || hasEnded(child)) {
      if (attempts === START_ATTEMPTS_MAX) break
      if (attempts > 0) await delay(300)
      attempts += 1
      await clearStalePostmaster(cluster.path)
      const port = start.port ?? (await freePort())
      child = await startPostmaster(cluster, { port, settings: start.settings })
    }
  }
  const lastWords = (await readFile(cluster.logFile, 'utf8')).trimEnd().split('\n').slice(-5)
  throw new Error(
    `PostgreSQL does not start. The end of ${cluster.logFile}:\n${lastWords.join('\n')}`,
  )
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}
