import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { pino } from 'pino'
import t from 'tap'
import { Agent, request } from 'undici'
import { startEmbeddedPostgres } from '../../src/foundation/database/embedded.ts'
import { findPostmaster } from '../../src/foundation/database/embedded-postmaster.ts'
import { migrate } from '../../src/foundation/database/migrate.ts'
import { appOn, type TestTenant } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { report, rung, sizeOf } from '../support/certify.ts'
import { chaosProxy } from '../support/chaos-proxy.ts'
import { testDatabase } from '../support/database.ts'
import { oneOfEverything } from '../support/everything.ts'
import { payers } from '../support/payers.ts'
import { until } from '../support/receiver.ts'
import { recordsOf } from '../support/records.ts'
import { freePort, startService } from '../support/service.ts'
import { LOCAL } from '../support/webhooks.ts'
import { callerOf } from '../support/year.ts'

const HEAL_MS_MAX = 10_000
const suite = 'T-db'

const { url } = await testDatabase(t)
const proxy = await chaosProxy(t, url)
const app = await appOn(t, proxy.url, { LOG_LEVEL: 'silent' })
const tenant = await app.tenant()
const owner = await ownerOf(t, url)

/** The owner's connection, past every proxy. */
async function ownerOf(
  t: { teardown(handler: () => Promise<void>): void },
  connectionString: string,
): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => undefined)
  await client.connect()
  t.teardown(() => client.end().catch(() => undefined))
  return client
}

t.test('a commit whose answer is lost has one effect, and its repeat is told of it', async (t) => {
  const losses = sizeOf({ slice: 30, certify: 500, certification: 5_000 })
  const customer = await recordsOf(tenant).customer()
  let asked = 0
  let told = 0
  // The commit that is lost may be one that only looked who is calling; that is no loss of ours.
  while (told < losses && asked < 2 * losses) {
    const payment = {
      customer_id: customer.id,
      currency: 'EUR',
      amount: 1,
      received_date: '2026-03-02',
      method: 'cash',
    }
    const key = { 'idempotency-key': randomUUID() }
    const trap = proxy.atCommit(1)
    const lost = await tenant.api('POST', '/v1/payments', payment, key)
    t.match([trap.struck(), lost.status], [true, 503])
    const again = await tenant.api('POST', '/v1/payments', payment, key)
    t.equal(again.status, 201)
    asked += 1
    if (again.headers['idempotent-replayed']) told += 1
  }
  const { rows } = await owner.query(
    'select count(*)::int as count from payment where tenant_id = $1',
    [tenant.uuid],
  )
  t.equal(told, losses)
  t.equal(rows[0].count, asked)
  t.same(await auditBooks(app.context, tenant.uuid), [])
  await report({
    suite,
    goal: `${losses} lost answers to COMMIT: as many effects`,
    seen: `${asked} payments asked for, ${rows[0].count} made; ${told} told of a commit they had not heard of`,
    met: told === losses && rows[0].count === asked,
  })
})

t.test('sessions that are ended under load cost a 503 and nothing else', async (t) => {
  const wanted = sizeOf({ slice: 20, certify: 100, certification: 1_000 })
  const load = await payers(tenant)
  let killed = 0
  while (killed < wanted) {
    await load.untilWell()
    const { rowCount } = await owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'receivables'`,
    )
    killed += rowCount ?? 0
  }
  const healedMs = await load.untilWell()
  const { acknowledged, there } = await load.end(owner)
  t.same(load.offences, [])
  t.equal(there, acknowledged)
  t.ok(healedMs < HEAL_MS_MAX)
  await report({
    suite,
    goal: `${wanted} sessions ended under load: 0 lost, 0 double, every other answer a 503`,
    seen: `${killed} ended, ${acknowledged} acknowledged, ${there} there, ${load.offences.length} other answers`,
    met: there === acknowledged && load.offences.length === 0 && healedMs < HEAL_MS_MAX,
  })
})

t.test('a peer that is slow, vanishes or resets is found out, and the pool heals', async (t) => {
  const load = await payers(tenant, 3)
  await load.untilWell()
  proxy.slow(20)
  await load.untilWell()
  proxy.heal()
  for (const pauseMs of [100, 300]) {
    proxy.refuse()
    await sleep(pauseMs)
    proxy.heal()
    t.ok((await load.untilWell()) < HEAL_MS_MAX, 'after resets')
  }
  proxy.silence()
  await sleep(sizeOf({ slice: 500, certify: 25_000, certification: 60_000 }))
  proxy.heal()
  const healedMs = await load.untilWell()
  const { acknowledged, there } = await load.end(owner)
  t.same(load.offences, [])
  t.equal(there, acknowledged)
  t.ok(healedMs < HEAL_MS_MAX)
  await report({
    suite,
    goal: 'slow, resetting and vanished peers: 0 lost, 0 double, the pool heals within 10 s',
    seen: `${acknowledged} acknowledged, ${there} there, healed after ${Math.round(healedMs)} ms`,
    met: there === acknowledged && load.offences.length === 0 && healedMs < HEAL_MS_MAX,
  })
})

t.test('a server that has become read-only refuses writes and answers reads', async (t) => {
  const name = new URL(url).pathname.slice(1)
  const leave = async (mode: 'on' | 'off') => {
    await owner.query(`alter database ${name} set default_transaction_read_only = ${mode}`)
    proxy.cut()
    await sleep(50)
  }
  const customer = { name: 'A', kind: 'business', country: 'DE', currency: 'EUR' }
  await leave('on')
  t.teardown(() => owner.query(`alter database ${name} reset default_transaction_read_only`))
  const refused = await tenant.api('POST', '/v1/customers', customer)
  t.match(refused, { status: 503, body: { code: 'unavailable' }, headers: { 'retry-after': '1' } })
  t.equal((await tenant.api('GET', '/v1/customers')).status, 200)
  await owner.query('set default_transaction_read_only = off')
  await leave('off')
  t.equal((await tenant.api('POST', '/v1/customers', customer)).status, 201)
})

/** A PostgreSQL of the test's own, with the service on it. */
async function ownServer(
  t: { teardown(handler: () => Promise<void>): void },
  dataDir: string,
  settings: Record<string, string> = {},
) {
  await mkdir(dataDir, { recursive: true })
  await chmod(dataDir, 0o711)
  const server = await startEmbeddedPostgres({
    dataDir,
    log: pino({ level: 'silent' }),
    settings: { fsync: 'off', ...settings },
    binDir: process.env.PG_BIN,
  })
  t.teardown(() => server.stop({ evenIfInUse: true }))
  await migrate({ ownerUrl: server.url })
  const app = await appOn(t, server.url, { LOG_LEVEL: 'silent' })
  return { server, app, tenant: await app.tenant() }
}

t.test('a server that stops at once, again and again, is come back to', async (t) => {
  const stops = sizeOf({ slice: 2, certify: 20, certification: 200 })
  const dataDir = join(t.testdir(), 'data')
  const { server, app, tenant } = await ownServer(t, dataDir)
  const load = await payers(tenant)
  let slowest = 0
  for (let stop = 0; stop < stops; stop += 1) {
    await load.untilWell()
    const { pid } = (await findPostmaster(join(dataDir, 'postgres'))) as { pid: number }
    process.kill(pid, 'SIGQUIT')
    await until(() => !isRunning(pid), 10_000)
    await whenAccepting(server.url)
    slowest = Math.max(slowest, await load.untilWell())
  }
  const { acknowledged, there } = await load.end(await ownerOf(t, server.url))
  t.same(load.offences, [])
  t.equal(there, acknowledged)
  t.ok(slowest < HEAL_MS_MAX)
  t.same(await auditBooks(app.context, tenant.uuid), [])
  await report({
    suite,
    goal: `${stops} immediate stops under load: 0 lost, 0 double, well again within 10 s`,
    seen: `${acknowledged} acknowledged, ${there} there, well after ${Math.round(slowest)} ms at most`,
    met: there === acknowledged && load.offences.length === 0 && slowest < HEAL_MS_MAX,
  })
})

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Waits until a server lets people in. */
async function whenAccepting(connectionString: string): Promise<void> {
  const isIn = async () => {
    const client = new pg.Client({ connectionString })
    client.on('error', () => undefined)
    const connected = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => undefined)
    return connected
  }
  await until(isIn, 60_000)
}

t.test('a database that has become read-only is read, and written to when it is not', async (t) => {
  const { url } = await testDatabase(t)
  const app = await appOn(t, url, { LOG_LEVEL: 'silent' })
  const tenant = await app.tenant()
  const readOnlyOwner = await ownerOf(t, url)
  const load = await payers(tenant)
  await load.untilWell()
  const turn = async (mode: 'on' | 'off') => {
    await readOnlyOwner.query('set default_transaction_read_only = off')
    await readOnlyOwner.query(
      `alter database "${new URL(url).pathname.slice(1)}" set default_transaction_read_only = ${mode}`,
    )
    await readOnlyOwner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    )
  }
  await turn('on')
  const { status, headers, body } = await until503(tenant)
  t.match({ status, code: body.code }, { status: 503, code: 'unavailable' })
  t.ok(headers['retry-after'], 'it says when to come again')
  t.equal((await tenant.api('GET', '/v1/payments')).status, 200, 'reads go on')
  await turn('off')
  const healedMs = await load.untilWell()
  const { acknowledged, there } = await load.end(readOnlyOwner)
  t.same(load.offences, [])
  t.equal(there, acknowledged)
  t.ok(healedMs < HEAL_MS_MAX)
  await report({
    suite,
    goal: 'a read-only database: writes answer 503, reads go on, well within 10 s after',
    seen: `${acknowledged} acknowledged, ${there} there, well after ${Math.round(healedMs)} ms`,
    met: there === acknowledged && load.offences.length === 0 && healedMs < HEAL_MS_MAX,
  })
})

/** The answer to a write that the database does not take. */
async function until503(tenant: TestTenant) {
  const someone = { name: 'A', kind: 'business', country: 'DE', currency: 'EUR' }
  let reply = await tenant.api('POST', '/v1/customers', someone)
  await until(async () => {
    reply = await tenant.api('POST', '/v1/customers', someone)
    return reply.status === 503
  })
  return reply
}

/** What takes a server or replicas of its own for long. */
const skip = rung === 'slice' && 'tried by npm run certify'

t.test('a full disk refuses writes, and is forgotten with its cause', { skip }, async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'receivables-full-'))
  t.teardown(() => rm(dataDir, { recursive: true }))
  const run = promisify(execFile)
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=192m', 'tmpfs', dataDir]).then(
    () => true,
    () => false,
  )
  if (!mounted) return t.pass('not tried: a small file system cannot be mounted here')
  t.teardown(async () => void (await run('umount', ['--lazy', dataDir])))
  const { tenant } = await ownServer(t, dataDir, { max_wal_size: '32MB', min_wal_size: '32MB' })
  const create = () =>
    tenant.api('POST', '/v1/customers', {
      name: 'A'.repeat(200),
      kind: 'business',
      country: 'DE',
      currency: 'EUR',
      metadata: { padding: randomUUID().repeat(13) },
    })
  t.equal((await create()).status, 201)

  const filler = join(dataDir, 'filler')
  await writeFile(filler, '')
  const { bavail, bsize } = await statfs(dataDir)
  await writeFile(filler, Buffer.alloc(bavail * bsize, 1)).catch(() => undefined)
  const statuses = new Set<number>()
  let created = 1
  await until(async () => {
    const { status } = await create()
    statuses.add(status)
    if (status === 201) created += 1
    return status === 503
  }, 60_000)
  t.same([...statuses].sort(), [201, 503])
  const seen = await tenant.api('GET', '/v1/customers?limit=1')
  t.ok([200, 503].includes(seen.status), 'a read is answered, unless the server had to give up')

  await rm(filler)
  const began = performance.now()
  await until(async () => (await create()).status === 201, 30_000)
  const healedMs = performance.now() - began
  t.ok(healedMs < HEAL_MS_MAX, `after ${healedMs} ms`)
  await report({
    suite,
    goal: 'a full disk: writes answer 503, and all is well 10 s after it is not',
    seen: `${created} written, then 503; well after ${Math.round(healedMs)} ms`,
    met: healedMs < HEAL_MS_MAX,
  })
})

/** A program of this machine, named by a variable or found by PATH. */
const programNamed = (variable: string, name: string): string | undefined =>
  process.env[variable] ??
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))

t.test('behind a PgBouncer that lends sessions by the transaction, all is the same', async (t) => {
  const pgbouncer = programNamed('PGBOUNCER', 'pgbouncer')
  if (pgbouncer === undefined)
    return t.pass('not tried: no pgbouncer in PATH, nor named by PGBOUNCER')
  const database = new URL(url)
  const folder = await mkdtemp(join(tmpdir(), 'receivables-pgbouncer-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const port = await freePort()
  const settings = join(folder, 'pgbouncer.ini')
  await chmod(folder, 0o755)
  await writeFile(
    settings,
    `[databases]
pooled = host=127.0.0.1 port=${database.port} dbname=${database.pathname.slice(1)} user=${database.username} password=${decodeURIComponent(database.password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
`,
  )
  const isRoot = process.getuid?.() === 0
  const bouncer = spawn(pgbouncer, [settings], {
    stdio: 'ignore',
    ...(isRoot && { uid: 65_534, gid: 65_534 }),
  })
  t.teardown(async () => void bouncer.kill('SIGKILL'))
  const pooled = `postgres://anybody:any@127.0.0.1:${port}/pooled`
  await whenAccepting(pooled)

  const app = await appOn(t, pooled, { DATABASE_PREPARED: 'off', ...LOCAL, LOG_LEVEL: 'silent' })
  const tenant = await app.tenant({ time_zone: 'UTC' })
  await oneOfEverything(app, tenant)
  const load = await payers(tenant)
  await sleep(sizeOf({ slice: 500, certify: 5_000, certification: 60_000 }))
  const { acknowledged, there } = await load.end(owner)
  t.same(load.offences, [])
  t.equal(there, acknowledged)
  const { body } = await tenant.api('GET', '/v1/ledger/verification')
  t.equal(body.ok, true)
  await report({
    suite,
    goal: 'PgBouncer in transaction mode: one of everything, and load, as without it',
    seen: `${acknowledged} acknowledged, ${there} there`,
    met: there === acknowledged && body.ok && load.offences.length === 0,
  })
})

const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1'

t.test('a replica whose clock is an hour off does nothing too early', { skip }, async (t) => {
  const library = process.env.FAKETIME_LIBRARY ?? FAKETIME
  if (!existsSync(library))
    return t.pass('not tried: no libfaketime, nor named by FAKETIME_LIBRARY')
  const { url } = await testDatabase(t)
  const owner = await ownerOf(t, url)
  const { secret, uuid } = await (await appOn(t, url)).tenant({ mode: 'live' })
  await owner.query(
    `update schedule set next_at = case job
       when 'announce_overdue' then now() - interval '1 minute' else now() + interval '30 minutes' end
     where tenant_id = $1`,
    [uuid],
  )
  const begun = async () => {
    const { rows } = await owner.query<{ job: string; status: string }>(
      `select job, status from job_run where tenant_id = $1`,
      [uuid],
    )
    return rows
  }
  const replicas = await Promise.all(
    ['+1h', '-1h'].map((offset) =>
      startService(t, {
        databaseUrl: url,
        env: { LD_PRELOAD: library, FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: '1' },
      }),
    ),
  )
  const someone = { name: 'A', kind: 'business', country: 'DE', currency: 'EUR' }
  for (const { url } of replicas) {
    const call = callerOf({ url, apiKey: secret })
    const { created_at } = await call('POST', '/v1/customers', someone)
    const offMs = Math.abs(Date.parse(created_at) - Date.now())
    t.ok(offMs < 10_000, `the database says when: ${created_at}`)
  }
  await until(async () => (await begun()).some(({ status }) => status === 'done'), 30_000)
  const runs = await begun()
  t.same(runs, [{ job: 'announce_overdue', status: 'done' }], 'and nothing that is due later')
  await report({
    suite: 'T-sched',
    goal: 'replicas with clocks an hour ahead and an hour behind: what is due is done, nothing is done early',
    seen: `${runs.length} of 6 jobs begun, the one that was due`,
    met: runs.length === 1,
  })
})

const REJECTED_MS_MAX = 100

t.test('too much load is refused fast, and forgotten fast', async (t) => {
  const { url } = await testDatabase(t)
  const service = await startService(t, {
    databaseUrl: url,
    env: { DATABASE_POOL_SIZE: '2', SCHEDULER: 'off', LOG_LEVEL: 'fatal' },
  })
  const owner = await ownerOf(t, url)
  const customer = await callerOf(service)('POST', '/v1/customers', {
    name: 'A',
    kind: 'business',
    country: 'DE',
    currency: 'EUR',
  })
  const agent = new Agent({ connections: 300 })
  t.teardown(() => agent.close())
  const pay = async () => {
    const began = performance.now()
    const { statusCode, body } = await request(`${service.url}/v1/payments`, {
      dispatcher: agent,
      method: 'POST',
      headers: {
        authorization: `Bearer ${service.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({
        customer_id: customer.id,
        currency: 'EUR',
        amount: 1,
        received_date: '2026-03-02',
        method: 'cash',
      }),
    })
    await body.dump()
    return { status: statusCode, ms: performance.now() - began }
  }
  for (let n = 0; n < 20; n += 1) await pay()
  const began = performance.now()
  for (let n = 0; n < 50; n += 1) await pay()
  const capacity = 50 / ((performance.now() - began) / 1_000)

  await owner.query('begin')
  await owner.query('select 1 from customer for update')
  const unlocked = sleep(1_000).then(() => owner.query('commit'))
  const ms = sizeOf({ slice: 1_500, certify: 20_000, certification: 60_000 })
  const answers: Promise<{ status: number; ms: number }>[] = []
  for (let tick = 0; tick < ms / 10; tick += 1) {
    for (let n = 0; n < Math.ceil(capacity / 20); n += 1) answers.push(pay())
    await sleep(10)
  }
  const ended = performance.now()
  while ((await pay()).status !== 201) await sleep(10)
  const recoveredMs = performance.now() - ended
  const all = await Promise.all(answers)
  await unlocked
  t.same(
    all.filter(({ status }) => status !== 201 && status !== 503),
    [],
  )
  const rejected = all
    .filter(({ status }) => status === 503)
    .map(({ ms }) => ms)
    .sort((a, b) => a - b)
  const p99 = rejected[Math.floor(rejected.length * 0.99)] ?? 0
  t.ok(rejected.length > 0, `${rejected.length} rejected`)
  t.ok(recoveredMs < HEAL_MS_MAX)
  await report({
    suite: 'T-load',
    goal: 'five times the capacity of two sessions, one second of it behind a lock: rejects p99 < 100 ms, well within 10 s',
    seen: `${all.length} requests, ${rejected.length} rejected, p99 ${Math.round(p99)} ms; well after ${Math.round(recoveredMs)} ms`,
    met: p99 < REJECTED_MS_MAX && recoveredMs < HEAL_MS_MAX,
  })
})

t.test('who sends a request slowly is told that time is over', { skip }, async (t) => {
  const service = await startService(t, { databaseUrl: (await testDatabase(t)).url })
  const { port } = new URL(service.url)
  const answerTo = async (beginning: string) => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(beginning)
    const answer = await text(socket)
    return answer.split('\r\n', 1)[0]
  }
  const answers = await Promise.all([
    answerTo('GET /v1/limits HTTP/1.1\r\nHost: a\r\nX-Slow: '),
    answerTo(
      `POST /v1/customers HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${service.apiKey}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    ),
  ])
  for (const answer of answers) t.match(answer, /^HTTP\/1\.1 408 /)
  await report({
    suite: 'T-load',
    goal: 'slow headers and slow bodies are ended with 408',
    seen: answers.join(', '),
    met: answers.every((answer) => answer === 'HTTP/1.1 408 Request Timeout'),
  })
})
