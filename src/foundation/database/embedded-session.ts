import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import type { Cluster } from './embedded-cluster.ts'
import { OWNER } from './embedded-cluster.ts'

const DATABASE = 'receivables'

/** Any number will do, as long as every version of the service uses the same. */
const DATA_FOLDER_LOCK = 7_105_233_081

/** The lock of a process that was killed is free once the server has noticed, which takes a moment. */
const LOCK_WAIT_MS = 1_000

/** The service's pool has been closed by then; its sessions take a moment to end. */
const LAST_CLIENTS_WAIT_MS = 1_000

/** Another process of the service works with this data folder, and goes on doing so undisturbed. */
export class DataFolderInUse extends Error {
  constructor(dataDir: string) {
    super(
      `Another receivables process uses the data folder ${dataDir}: stop it, or set DATA_DIR to another folder`,
    )
    this.name = 'DataFolderInUse'
  }
}

/** Where the service finds its database, as its owner. */
export function databaseUrl({ password }: Cluster, port: number): string {
  return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${DATABASE}`
}

/**
 * Undefined while the server does not take connections. Advisory locks belong to a database, so every process must ask
 * for this one in the same.
 */
export async function openSession(
  { password }: Cluster,
  port: number,
): Promise<Client | undefined> {
  const session = new Client({
    host: '127.0.0.1',
    port,
    user: OWNER,
    password,
    database: 'postgres',
    application_name: 'receivables data folder',
    connectionTimeoutMillis: 2_000,
  })
  session.on('error', () => undefined)
  return session.connect().then(
    () => session,
    () => undefined,
  )
}

/** Held for as long as the session lives. */
export async function lockDataFolder(session: Client, dataDir: string): Promise<void> {
  try {
    await session.query(`set lock_timeout = ${LOCK_WAIT_MS}`)
    await session.query('select pg_advisory_lock($1)', [DATA_FOLDER_LOCK])
  } catch (error) {
    await session.end().catch(() => undefined)
    const isTaken = (error as { code?: string }).code === '55P03'
    throw isTaken ? new DataFolderInUse(dataDir) : error
  }
}

export async function ensureDatabase(session: Client): Promise<void> {
  const { rowCount } = await session.query('select 1 from pg_database where datname = $1', [
    DATABASE,
  ])
  if (rowCount === 0) await session.query(`create database ${DATABASE}`)
}

/** False when anyone but this session is connected, also when that cannot be found out. */
export async function isLastClient(session: Client): Promise<boolean> {
  for (const deadline = Date.now() + LAST_CLIENTS_WAIT_MS; ; await delay(50)) {
    const { rowCount } = await session.query(
      `select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`,
    )
    if (rowCount === 0) return true
    if (Date.now() > deadline) return false
  }
}
