import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { pino } from 'pino'
import t from 'tap'
import type { EmbeddedPostgres } from '../../src/foundation/database/embedded.ts'
import { startEmbeddedPostgres } from '../../src/foundation/database/embedded.ts'
import { programAt } from '../../src/foundation/places.ts'

const settings = { fsync: 'off', shared_buffers: '16MB' }
const log = pino({ level: 'silent' })
const binDir = process.env.PG_BIN

/** One folder for the whole story: every test goes on with what the one before left behind. */
const dataDir = join(t.testdir(), 'data')

const start = (): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataDir, log, settings, binDir })

/** The same in another process, which then waits to be killed. */
async function startElsewhere() {
  const program = programAt('test/support/hold-data-folder')
  const child = spawn(process.execPath, [program, dataDir, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const found = JSON.parse(line) as { url: string; adopted?: boolean; refusal?: string }
  const kill = async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { child, found, kill }
}

async function ask<Row>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(statement)
    return rows as Row[]
  } finally {
    await client.end()
  }
}

const notes = (url: string) => ask<{ text: string }>(url, 'select text from note order by text')

async function postmasterPid(): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10)
}

t.test('makes a database on an empty folder, the same on every host', async (t) => {
  const server = await start()
  t.equal(server.adopted, false)

  const [database] = await ask(
    server.url,
    `select current_database(), current_setting('timezone') as zone, lower('ÄØ') as lower,
            current_setting('server_encoding') as encoding, 'a' < 'B' as by_language`,
  )
  t.same(database, {
    current_database: 'receivables',
    zone: 'UTC',
    lower: 'äø',
    encoding: 'UTF8',
    by_language: false,
  })

  await ask(server.url, `create table note (text text); insert into note values ('first')`)
  await server.stop()
  await t.rejects(notes(server.url), { code: 'ECONNREFUSED' })
})

t.test('starts again on the same data', async (t) => {
  const server = await start()
  t.same(await notes(server.url), [{ text: 'first' }])
  await server.stop()
})

t.test('refuses a second process, which leaves the first alone', async (t) => {
  const server = await start()
  const { child, found } = await startElsewhere()
  t.same(found, { refusal: 'DataFolderInUse' })
  if (child.exitCode === null) await once(child, 'exit')
  t.equal(child.exitCode, 1)
  t.same(await notes(server.url), [{ text: 'first' }])
  await server.stop()
})

t.test('adopts the server of a process that was killed, which freed the folder', async (t) => {
  const { found, kill } = await startElsewhere()
  await ask(found.url, `insert into note values ('second')`)
  await kill()

  const server = await start()
  t.equal(server.adopted, true)
  t.equal(server.url, found.url)
  t.same(await notes(server.url), [{ text: 'first' }, { text: 'second' }])
  await server.stop()
})

t.test('recovers when process and server were both killed', async (t) => {
  const { found, kill } = await startElsewhere()
  await ask(found.url, `insert into note values ('third')`)
  process.kill(await postmasterPid(), 'SIGKILL')
  await kill()

  const server = await start()
  t.equal(server.adopted, false)
  t.same(await notes(server.url), [{ text: 'first' }, { text: 'second' }, { text: 'third' }])
  await server.stop()
})

t.test('starts although another program has the number of a server that is gone', async (t) => {
  const note = `${process.pid}\n${dataDir}/postgres\n1\n1\n\n127.0.0.1\n  1         1\nready   \n`
  await writeFile(join(dataDir, 'postgres/postmaster.pid'), note)

  const server = await start()
  t.equal(server.adopted, false)
  await server.stop()
})

t.test('starts the server again at the same address when only that was killed', async (t) => {
  const server = await start()
  process.kill(await postmasterPid(), 'SIGKILL')

  const back = async (): Promise<{ text: string }[]> => notes(server.url).catch(back)
  t.equal((await back()).length, 3)
  await server.stop()
})

t.test('leaves the server to those who are still connected', async (t) => {
  const first = await start()
  const client = new Client({ connectionString: first.url })
  client.on('error', () => undefined)
  await client.connect()
  await first.stop()
  t.equal((await client.query('select 1')).rowCount, 1)

  const second = await start()
  t.equal(second.adopted, true)
  await second.stop({ evenIfInUse: true })
  await t.rejects(client.query('select 1'))
})

const onlyLinux = { skip: process.platform !== 'linux' && 'only there children are waited for' }

t.test('stops when killed a moment ago while a child still works', onlyLinux, async (t) => {
  const server = await start()
  const client = new Client({ connectionString: server.url })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const [backend] = rows as [{ pid: number }]
  process.kill(backend.pid, 'SIGSTOP')
  const pid = await postmasterPid()
  process.kill(pid, 'SIGKILL')
  const isThere = () =>
    access(`/proc/${pid}`).then(
      () => true,
      () => false,
    )
  while (await isThere()) await delay(5)

  const stopped = server.stop({ evenIfInUse: true }).then(() => 'stopped')
  t.equal(await Promise.race([stopped, delay(500, 'waits')]), 'waits')
  process.kill(backend.pid, 'SIGCONT')
  t.equal(await stopped, 'stopped')
})

t.test('of two that begin at once on an empty folder, one gets it', async (t) => {
  const folder = join(t.testdir(), 'data')
  const begin = () => startEmbeddedPostgres({ dataDir: folder, log, settings, binDir })
  const outcomes = await Promise.allSettled([begin(), begin()])
  const servers = outcomes.flatMap((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value : [],
  )
  const refusals = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? (outcome.reason as Error).name : [],
  )
  t.equal(servers.length, 1)
  t.same(refusals, ['DataFolderInUse'])
  t.same(await ask(servers[0]?.url ?? '', 'select 1 as one'), [{ one: 1 }])
  await servers[0]?.stop()
})
