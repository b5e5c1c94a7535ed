import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, readlink, realpath, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from './embedded-cluster.ts'
import { whereabouts } from './embedded-cluster.ts'

const SHUTDOWN_MS_MAX = 20_000

/** The first process of a server, as it describes itself in the cluster's `postmaster.pid`. */
export interface Postmaster {
  pid: number
  port: number
  /** Key and number of the memory it shares with its children; not yet known in the first moments. */
  segment: string | undefined
}

/** Starts a server that outlives us, Ctrl-C included: it is stopped in order, or adopted by the next start. */
export async function startPostmaster(
  cluster: Cluster,
  { port, settings }: { port: number; settings: Record<string, string> },
): Promise<ChildProcess> {
  const { path, binaries, logFile } = cluster
  const { dataFolder, options } = whereabouts(path, cluster)
  const assignments = Object.entries({ ...settings, port: String(port) })
  const arguments_ = [
    '-D',
    dataFolder,
    ...assignments.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]

  const log = await open(logFile, 'a', 0o600)
  try {
    const stdio = ['ignore' as const, log.fd, log.fd]
    const child = spawn(binaries.postgres, arguments_, { ...options, detached: true, stdio })
    child.once('error', () => undefined)
    child.unref()
    return child
  } finally {
    await log.close()
  }
}

/** A port of 127.0.0.1 that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await once(server.close(), 'close')
  return port
}

/** The server that runs on this cluster, if one does, whoever started it. */
export async function findPostmaster(path: string): Promise<Postmaster | undefined> {
  const postmaster = await readPostmaster(path)
  if (postmaster && (await isAlive(path, postmaster))) return postmaster
  return undefined
}

/**
 * Fast shutdown: open transactions are rolled back, everything else is on disk afterwards. One that was killed has
 * nothing left to be told; only its children are waited for.
 */
export async function stopPostmaster(path: string): Promise<boolean> {
  const postmaster = await findPostmaster(path)
  if (!postmaster) return true
  signal(postmaster.pid, 'SIGINT')
  for (const deadline = Date.now() + SHUTDOWN_MS_MAX; Date.now() < deadline; await delay(10)) {
    if (!(await findPostmaster(path))) return true
  }
  return false
}

/**
 * Clears away the note of a server that is gone, where PostgreSQL itself would not dare to: it takes any process of
 * that number for its predecessor. The number may belong to another program by now, or to a zombie that nobody reaps,
 * as happens in containers without an init; no server would ever start here again.
 */
export async function clearStalePostmaster(path: string): Promise<void> {
  const postmaster = await readPostmaster(path)
  if (postmaster && process.platform === 'linux' && !(await isAlive(path, postmaster))) {
    await rm(join(path, 'postmaster.pid'), { force: true })
  }
}

async function readPostmaster(path: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(path, 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , , port, , , memory] = text.split('\n')
  if (!pid || !port) return undefined
  return {
    pid: Number(pid),
    port: Number(port),
    segment: memory?.trim().replace(/\s+/, ' ') || undefined,
  }
}

/**
 * Whether the server or one of its children still lives. Its children notice within a moment that it was killed, but
 * until then they work on the data, attached to its memory.
 */
async function isAlive(path: string, { pid, segment }: Postmaster): Promise<boolean> {
  if (process.platform !== 'linux') return signal(pid, 0)
  return (await isServerOf(path, pid)) || (segment !== undefined && (await isAttached(segment)))
}

/** A running `postgres` that works in this folder; one that does not let us see where it works is believed. */
async function isServerOf(path: string, pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  if (!/^\d+ \(postgres\) [^ZX]/.test(stat)) return false
  const folder = await realpath(path)
  return (await readlink(`/proc/${pid}/cwd`).catch(() => folder)) === folder
}

async function isAttached(segment: string): Promise<boolean> {
  const table = await readFile('/proc/sysvipc/shm', 'utf8').catch(() => '')
  return table.split('\n').some((line) => {
    const [key, id, , , , , attached] = line.trim().split(/\s+/)
    return `${key} ${id}` === segment && attached !== '0'
  })
}

/** Whether there is such a process; one of somebody else hears nothing of the signal. */
function signal(pid: number, name: 'SIGINT' | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EPERM' && code !== 'ESRCH') throw error
    return code === 'EPERM'
  }
}
