import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { pino } from 'pino'
import { startEmbeddedPostgres } from '../../src/foundation/database/embedded.ts'
import { until } from './receiver.ts'

interface Test {
  teardown(handler: () => Promise<void>): void
}

/** A PostgreSQL of a test's own whose WAL is archived, so that it can be restored to any point in time. */
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
  let restored = 0

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
      restored += 1
      const dataDir = join(folder, `restored-${restored}`)
      await mkdir(dataDir, { mode: 0o711 })
      await run('cp', ['-a', backup, join(dataDir, 'postgres')])
      await writeBeside(join(dataDir, 'postgres'), 'recovery.signal', '')
      const server = await startEmbeddedPostgres({
        dataDir,
        log,
        settings: {
          ...quick,
          restore_command: `cp ${archive}/%f %p`,
          recovery_target_time: moment,
          recovery_target_action: 'promote',
        },
      })
      t.teardown(() => server.stop({ evenIfInUse: true }))
      const client = new pg.Client({ connectionString: server.url })
      await client.connect()
      const isUp = async () =>
        (await client.query('select not pg_is_in_recovery() as up')).rows[0].up as boolean
      await until(isUp, 60_000, () => 'the restored server does not leave recovery')
      await client.end()
      return server.url
    },
  }
}

/** Writes a file of the cluster that belongs to whom the cluster belongs to. */
async function writeBeside(cluster: string, name: string, text: string): Promise<void> {
  await run('cp', ['-a', join(cluster, 'PG_VERSION'), join(cluster, name)])
  await writeFile(join(cluster, name), text)
}
