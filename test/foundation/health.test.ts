import { createServer, type Server } from 'node:net'
import { Client } from 'pg'
import t from 'tap'
import { startDraining } from '../../src/foundation/http/health.ts'
import { appOn, testApp } from '../support/app.ts'
import { testDatabase } from '../support/database.ts'

const app = await testApp(t, { LOG_LEVEL: 'silent', RATE_LIMIT: '1234' })

t.test('a service on a migrated database is ready', async (t) => {
  const { status, body } = await app.call(null, 'GET', '/readyz')
  t.equal(status, 200)
  t.match(body, { status: 'ready', database: 'ok', schema_version: /^\d{4}_/, ledger: 'ok' })
})

t.test('a service whose requests hold every connection is still ready', async (t) => {
  const app = await testApp(t, { DATABASE_POOL_SIZE: '2' })
  const held = await Promise.all([app.context.api.pool.connect(), app.context.api.pool.connect()])
  t.teardown(() => {
    for (const client of held) client.release()
  })
  t.equal((await app.call(null, 'GET', '/readyz')).status, 200)
})

t.test('however many ask, the database is asked over one connection', async (t) => {
  const replies = await Promise.all(
    Array.from({ length: 100 }, () => app.call(null, 'GET', '/readyz')),
  )
  t.ok(replies.every(({ status }) => status === 200))
  const { rows } = await app.context.api.pool.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name = 'receivables-health'`,
  )
  t.equal(rows[0]?.count, 1)
})

t.test('a login that owns nothing may ask too', async (t) => {
  const { url } = await testDatabase(t)
  const login = `health_${process.pid}`
  await runAsOwner(url, `create role ${login} login password 'secret' in role receivables_app`)
  t.teardown(() => runAsOwner(String(process.env.TEST_DATABASE_URL), `drop role ${login}`))
  const app = await appOn(
    t,
    Object.assign(new URL(url), { username: login, password: 'secret' }).href,
  )
  t.equal((await app.call(null, 'GET', '/readyz')).status, 200)
})

t.test(
  'a schema older than the build is not ready, and is once it has been migrated',
  async (t) => {
    const { url } = await testDatabase(t)
    const app = await appOn(t, url, { LOG_LEVEL: 'silent' })
    await runAsOwner(
      url,
      `delete from kysely_migration where name = (select max(name) from kysely_migration)`,
    )
    const old = await app.call(null, 'GET', '/readyz')
    t.match(old, { status: 503, body: { code: 'unavailable', detail: /schema/ } })
    t.match(old.headers, { 'retry-after': '5', 'content-type': /^application\/problem\+json/ })

    await runAsOwner(url, `insert into kysely_migration values ('9999_newer', 'now')`)
    await past(1_100)
    t.match(await app.call(null, 'GET', '/readyz'), {
      status: 200,
      body: { schema_version: '9999_newer' },
    })
  },
)

t.test('a service without its database is alive but not ready', async (t) => {
  const { url, drop } = await testDatabase(t)
  const app = await appOn(t, url, { LOG_LEVEL: 'silent' })
  t.equal((await app.call(null, 'GET', '/readyz')).status, 200)
  await drop()
  await past(1_100)
  t.match(await app.call(null, 'GET', '/readyz'), {
    status: 503,
    body: { code: 'unavailable', detail: 'The database does not answer.' },
  })
  t.match(await app.call(null, 'GET', '/livez'), { status: 200, body: { status: 'alive' } })
})

t.test(
  'a database that accepts and then says nothing is found out within two seconds',
  async (t) => {
    const silent: Server = createServer()
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
    t.teardown(() => silent.close())
    const { port } = silent.address() as { port: number }
    const app = await appOn(t, `postgres://nobody@127.0.0.1:${port}/none`, { LOG_LEVEL: 'silent' })
    const before = Date.now()
    t.equal((await app.call(null, 'GET', '/readyz')).status, 503)
    t.ok(Date.now() - before < 2_000)
  },
)

t.test('a ledger that does not add up shows, and does not turn requests away', async (t) => {
  app.context.metrics.integrityViolations.set(2)
  t.teardown(() => app.context.metrics.integrityViolations.set(0))
  t.match(await app.call(null, 'GET', '/readyz'), {
    status: 200,
    body: { status: 'ready', ledger: 'differs' },
  })
})

t.test('figures for Prometheus name no tenant', async (t) => {
  const tenant = await app.tenant()
  await tenant.api('GET', '/v1/tenant')
  const { status, headers, body } = await app.call(null, 'GET', '/metrics')
  t.equal(status, 200)
  t.match(headers['content-type'], /^text\/plain; version=0\.0\.4/)
  t.match(body, /^http_request_duration_seconds_count\{.*route="\/v1\/tenant"/m)
  t.match(body, /^integrity_violations 0$/m)
  t.notMatch(body, tenant.id)
  t.notMatch(body, tenant.uuid)
})

t.test('limits are those of this installation', async (t) => {
  t.match(await app.call(null, 'GET', '/v1/limits'), {
    status: 200,
    body: { requests_per_minute: 1234, body_bytes_max: 1_048_576 },
  })
})

t.test('a service about to stop is not ready, and goes on answering', async (t) => {
  startDraining(app.http)
  t.match(await app.call(null, 'GET', '/readyz'), {
    status: 503,
    body: { detail: 'The process is about to stop.' },
  })
  t.equal((await app.call(null, 'GET', '/livez')).status, 200)
  t.equal((await app.call(null, 'GET', '/v1/limits')).status, 200)
})

async function runAsOwner(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const past = (ms: number) => new Promise((done) => setTimeout(done, ms))
