import { sql } from 'kysely'
import t from 'tap'
import { queue, read } from '../../../src/foundation/database/commit.ts'
import { uuidOf } from '../../../src/foundation/id.ts'
import { testApp } from '../../support/app.ts'

const muster = { name: 'Muster AG', mode: 'test', time_zone: 'Pacific/Auckland', currency: 'NZD' }

t.test('a tenant', async (t) => {
  const { tenant, call, context } = await testApp(t)
  const admin = await tenant()

  await t.test('is created whole: settings, first key, timetable, feed', async (t) => {
    const { status, body } = await admin.api('POST', '/v1/tenants', {
      ...muster,
      locale: 'mi',
      dunning_time: '07:30',
    })
    t.equal(status, 201)
    t.match(body, {
      id: /^ten_/,
      object: 'tenant',
      version: 1,
      livemode: false,
      ...muster,
      locale: 'mi',
      net_days: null,
      dunning_time: '07:30',
      api_key: { id: /^key_/, secret: /^ark_test_[0-9A-Za-z]{30}$/, revoked_at: null },
    })
    const { secret } = body.api_key
    t.equal(body.api_key.hint, `ark_test_…${secret.slice(-4)}`)
    t.notOk(body.api_key.scopes.includes('tenants:admin'))
    t.match(await call(secret, 'GET', '/v1/tenant'), { status: 200, body: { id: body.id } })
    t.match(await call(secret, 'POST', '/v1/tenants', muster), {
      status: 403,
      body: { code: 'insufficient_scope', required_scopes: ['tenants:admin'] },
    })

    const uuid = uuidOf(body.id)
    const jobs = await read(context.api, uuid, async ({ db }) => {
      const { rows } = await sql<{ job: string; local: string }>`
        select job, to_char(next_at at time zone 'Pacific/Auckland', 'HH24:MI') as local
        from schedule where tenant_id = ${uuid} and next_at > now() order by job
      `.execute(db)
      return Object.fromEntries(rows.map(({ job, local }) => [job, local]))
    })
    t.equal(jobs.dunning_run, '07:30')
    t.equal(jobs.announce_overdue, '00:00')
  })

  await t.test('announces itself and its key in its own feed, never the secret', async (t) => {
    const { events } = await tenant()
    const all = await events()
    t.same(
      all.map(({ type }) => type),
      ['tenant.created', 'api_key.created'],
    )
    t.notMatch(JSON.stringify(all), /ark_test_[0-9A-Za-z]{30}/)
  })

  await t.test('keeps of its key’s secret nothing but a hash', async (t) => {
    const { secret, uuid } = await tenant()
    const found = await read(context.api, uuid, async ({ db }) => {
      const { rows } = await sql<{ row: string }>`
        select api_key::text as row from api_key union all select credential::text from credential
      `.execute(db)
      return rows.map(({ row }) => row).join('\n')
    })
    t.notOk(found.includes(secret.slice(9)))
  })

  await t.test(
    'asked for twice under one Idempotency-Key is one tenant, and the secret is shown again',
    async (t) => {
      const headers = { 'idempotency-key': 'one-tenant-please' }
      const first = await admin.api('POST', '/v1/tenants', muster, headers)
      const second = await admin.api('POST', '/v1/tenants', muster, headers)
      t.equal(second.headers['idempotent-replayed'], 'true')
      t.same(second.body, first.body)
      const stored = await read(context.api, uuidOf(first.body.id), async ({ db }) => {
        const { rows } = await sql<{ body: string }>`select body from idempotency_key`.execute(db)
        return rows
      })
      t.equal(stored.length, 1)
      t.notOk(stored[0]?.body.includes(first.body.api_key.secret.slice(9)))
    },
  )

  await t.test('five simultaneous repeats make one tenant', async (t) => {
    const count = () =>
      queue(context.api, async (db) => (await sql`select 1 from feed_head`.execute(db)).rows.length)
    const before = await count()
    const headers = { 'idempotency-key': 'raced-tenant' }
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => admin.api('POST', '/v1/tenants', muster, headers)),
    )
    t.equal(await count(), before + 1)
    for (const { status, body } of replies) {
      t.ok(
        status === 201 || (status === 409 && body.code === 'idempotency_in_progress'),
        `${status} ${body.code}`,
      )
    }
  })

  await t.test('in a zone nobody knows is refused', async (t) => {
    for (const time_zone of ['Mars/Olympus', 'PST8PDT9', 'Europe/Berlin2']) {
      t.match(await admin.api('POST', '/v1/tenants', { ...muster, time_zone }), {
        status: 422,
        body: { code: 'time_zone_unknown' },
      })
    }
    t.match(await admin.api('POST', '/v1/tenants', { ...muster, time_zone: '+01:00' }), {
      status: 422,
    })
  })

  await t.test('of live mode has a live key', async (t) => {
    const { body } = await admin.api('POST', '/v1/tenants', {
      ...muster,
      mode: 'live',
      scopes: ['tenants:read'],
    })
    t.match(body, {
      livemode: true,
      api_key: { secret: /^ark_live_/, livemode: true, scopes: ['tenants:read'] },
    })
  })
})
