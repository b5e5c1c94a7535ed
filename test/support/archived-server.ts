import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { pino } from 'pino'
import { startEmbeddedPostgres } from '../../src/foundation/database/embedded.ts'
import { findPostmaster } from '../../src/foundation/database/embedded-postmaster.ts'
import { until } from './receiver.ts'

interface Test {
  teardown(handler: () => Promise<void>): void
}

/** A PostgreSQL of a test's own whose WAL is archived, so that it can be restored to any point in time, or followed. */
export interface ArchivedServer {
  url: string
  /** The server's clock, to the microsecond. */
  moment(): Promise<string>
  /** Copies the cluster while it works, as base backups are made. */
  backUp(): Promise<void>
  /** Waits until everything written so far is in the archive. */
  archiveAll(): Promise<void>
  /** Another server, restored from backup and archive to a moment; answers its address once it has been promoted. */
  restoreTo(t: Test, moment: string): Promise<string>
  /**
   * Another server, made from the backup, that follows this one. From then on a commit is acknowledged only when it is
   * there as well.
   */
  standBy(t: Test): Promise<Standby>
  /** Ends at once and does not come back, as a machine that burns down. */
  burnDown(): Promise<void>
}

/** A server that has everything its primary has acknowledged. */
export interface Standby {
  url: string
  /** Makes it the primary. */
  promote(): Promise<void>
}

const run = promisify(execFile)
const log = pino({ level: 'error' })
/** What a machine that loses power would need is not what is tested here. */
const quick = { fsync: 'off', max_connections: '60' }

export async function archivedServer(t: Test): Promise<ArchivedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'receivables-restore-'))
  await chmod(folder, 0o711)
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const archive = join(folder, 'archive')
  await mkdir(archive)
  await chmod(archive, 0o777)
  const backup = join(folder, 'backup')
  const source = await startEmbeddedPostgres({
    dataDir: join(folder, 'source'),
    log,
    settings: { ...quick, archive_mode: 'on', archive_command: `cp %p ${archive}/%f` },
  })
  t.teardown(() => source.stop({ evenIfInUse: true }))
  const owner = new pg.Pool({ connectionString: source.url, max: 5 })
  owner.on('error', () => undefined)
  t.teardown(() => owner.end())

  const one = async (statement: string): Promise<string> =>
    (await owner.query({ text: statement, rowMode: 'array' })).rows[0]?.[0] ?? ''
  let copies = 0

  /** Starts another server from the backup; `signal` is the file that says what it shall become. */
  const startCopy = async (
    t: Test,
    signal: 'recovery.signal' | 'standby.signal',
    settings: Record<string, string>,
  ) => {
    copies += 1
    const dataDir = join(folder, `copy-${copies}`)
    await mkdir(dataDir, { mode: 0o711 })
    await run('cp', ['-a', backup, join(dataDir, 'postgres')])
    await writeBeside(join(dataDir, 'postgres'), signal, '')
    const server = await startEmbeddedPostgres({
      dataDir,
      log,
      settings: { ...quick, restore_command: `cp ${archive}/%f %p`, ...settings },
    })
    t.teardown(() => server.stop({ evenIfInUse: true }))
    const client = new pg.Client({ connectionString: server.url })
    client.on('error', () => undefined)
    await client.connect()
    t.teardown(() => client.end().catch(() => undefined))
    const isUp = async () =>
      (await client.query('select not pg_is_in_recovery() as up')).rows[0].up as boolean
    const untilUp = () => until(isUp, 60_000, () => 'the server does not leave recovery')
    return { url: server.url, client, untilUp }
  }

  return {
    url: source.url,
    moment: () => one('select clock_timestamp()::text'),
    async backUp() {
      const session = await owner.connect()
      await session.query(`select pg_backup_start('test', true)`)
      // Files may change and go while they are copied; the WAL sets that right.
      await run('cp', ['-a', join(folder, 'source', 'postgres'), backup]).catch(() => undefined)
      const { rows } = await session.query<{ labelfile: string }>(
        'select labelfile from pg_backup_stop()',
      )
      session.release()
      await rm(join(backup, 'postmaster.pid'))
      for (const segment of await readdir(join(backup, 'pg_wal')))
        await rm(join(backup, 'pg_wal', segment), { recursive: true })
      await writeBeside(backup, 'backup_label', rows[0]?.labelfile ?? '')
    },
    async archiveAll() {
      const segment = await one('select pg_walfile_name(pg_switch_wal())')
      await until(
        async () =>
          (await one('select coalesce(last_archived_wal, $$$$) from pg_stat_archiver')) >= segment,
        20_000,
        () => `${segment} does not get into the archive`,
      )
    },
    async restoreTo(t, moment) {
      const { url, untilUp } = await startCopy(t, 'recovery.signal', {
        recovery_target_time: moment,
        recovery_target_action: 'promote',
      })
      await untilUp()
      return url
    },
    async standBy(t) {
      const { url, client, untilUp } = await startCopy(t, 'standby.signal', {
        primary_conninfo: `${source.url}${source.url.includes('?') ? '&' : '?'}application_name=standby`,
      })
      await owner.query(`alter system set synchronous_standby_names = 'standby'`)
      await owner.query('select pg_reload_conf()')
      const isInStep = () => one(`select sync_state from pg_stat_replication`)
      await until(
        async () => (await isInStep()) === 'sync',
        60_000,
        () => 'the standby does not keep step',
      )
      return {
        url,
        async promote() {
          await client.query('select pg_promote()')
          await untilUp()
        },
      }
    },
    async burnDown() {
      const { pid } = (await findPostmaster(join(folder, 'source', 'postgres'))) as { pid: number }
      const stopped = source.stop({ evenIfInUse: true })
      process.kill(pid, 'SIGQUIT')
      await stopped
    },
  }
}

/** Writes a file of the cluster that belongs to whom the cluster belongs to. */
async function writeBeside(cluster: string, name: string, text: string): Promise<void> {
  await run('cp', ['-a', join(cluster, 'PG_VERSION'), join(cluster, name)])
  await writeFile(join(cluster, name), text)
}
