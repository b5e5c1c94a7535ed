import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { pino } from 'pino'
import type { EmbeddedPostgres } from '../src/foundation/database/embedded.ts'
import { startEmbeddedPostgres } from '../src/foundation/database/embedded.ts'
import { migrate } from '../src/foundation/database/migrate.ts'
import { TEMPLATE } from '../test/support/database.ts'

const MEMORY = '/dev/shm'
const MEMORY_BYTES_MIN = 2 * 1024 ** 3
const NAME = /^receivables-test-(\d+)-/

/** Nothing here outlives the run, so nothing needs to reach a disk, and statistics have to come while a database lives. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '512MB',
  max_connections: '300',
  autovacuum_naptime: '20s',
}

const log = pino({ level: 'warn' })

export interface TestServer {
  url: string
  stop(): Promise<void>
}

/** A throw-away server, in memory where there is enough of it, with the migrated template that test files clone. */
export async function startTestServer(): Promise<TestServer> {
  const place = await roomiestPlace()
  await clearLeftovers(place)
  const dataDir = await mkdtemp(join(place, `receivables-test-${process.pid}-`))
  await chmod(dataDir, 0o711)
  let server: EmbeddedPostgres | undefined
  const stop = async () => {
    await server?.stop({ evenIfInUse: true })
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    server = await startEmbeddedPostgres({ dataDir, log, settings, binDir: process.env.PG_BIN })
    await createTemplate(server.url)
    return { url: server.url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function roomiestPlace(): Promise<string> {
  const memory = await statfs(MEMORY).catch(() => undefined)
  return memory && memory.bavail * memory.bsize > MEMORY_BYTES_MIN ? MEMORY : tmpdir()
}

async function createTemplate(serverUrl: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(`create database ${TEMPLATE}`)
    const template = new URL(serverUrl)
    template.pathname = `/${TEMPLATE}`
    await migrate({ ownerUrl: template.href })
    await client.query(`alter database ${TEMPLATE} with is_template true allow_connections false`)
  } finally {
    await client.end()
  }
}

/** A run that was killed leaves its server behind. It can be adopted like any other, and then be stopped. */
async function clearLeftovers(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    const pid = Number(NAME.exec(name)?.[1])
    if (!pid || isRunning(pid)) continue
    const dataDir = join(place, name)
    const server = await startEmbeddedPostgres({ dataDir, log, settings }).catch(() => undefined)
    await server?.stop({ evenIfInUse: true })
    await rm(dataDir, { recursive: true, force: true }).catch(() => undefined)
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
