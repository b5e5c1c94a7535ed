import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import { queue, read } from '../../../src/foundation/database/commit.ts'
import { appOn, testApp } from '../../support/app.ts'
import { testDatabase } from '../../support/database.ts'

const unauthenticated = {
  status: 401,
  body: { code: 'unauthenticated', detail: 'No valid credential' },
}

t.test('an API key', async (t) => {
  const { tenant, call, context } = await testApp(t)
  const { api, events, uuid } = await tenant()

  const keyWith = async (scopes: string[], more: object = {}) =>
    (await api('POST', '/v1/api-keys', { name: 'Connector', scopes, ...more })).body

  await t.test(
    'is created with a secret that is shown once and may do what it was given',
    async (t) => {
      const { status, headers, body } = await api('POST', '/v1/api-keys', {
        name: 'Connector',
        scopes: ['customers:read', 'tenants:read', 'customers:read'],
      })
      t.equal(status, 201)
      t.equal(headers.location, `/v1/api-keys/${body.id}`)
      t.match(body, {
        object: 'api_key',
        secret: /^ark_test_[0-9A-Za-z]{30}$/,
        expires_at: null,
        version: 1,
      })
      t.same(body.scopes, ['customers:read', 'tenants:read'])
      t.equal((await call(body.secret, 'GET', '/v1/customers')).status, 200)
      t.match(await call(body.secret, 'POST', '/v1/customers', {}), {
        status: 403,
        body: { code: 'insufficient_scope', required_scopes: ['customers:write'] },
      })
      const { secret, ...rest } = body
      const shown = { ...rest, last_used_at: null }
      t.same((await api('GET', `/v1/api-keys/${body.id}`)).body, shown)
      t.same((await api('GET', '/v1/api-keys?limit=1')).body.data, [shown])
      t.notMatch(JSON.stringify(await events()), new RegExp(secret.slice(9)))
    },
  )

  await t.test('cannot give what its creator does not have', async (t) => {
    const small = await keyWith(['api_keys:write', 'customers:read'])
    t.match(
      await call(small.secret, 'POST', '/v1/api-keys', {
        name: 'x',
        scopes: ['customers:read', 'payments:write', 'tenants:admin'],
      }),
      {
        status: 403,
        body: { code: 'insufficient_scope', required_scopes: ['payments:write', 'tenants:admin'] },
      },
    )
    const large = await keyWith(['payments:write'])
    t.match(await call(small.secret, 'POST', `/v1/api-keys/${large.id}/rotate`), {
      status: 403,
      body: { code: 'insufficient_scope', required_scopes: ['payments:write'] },
    })
    t.equal(
      (await call(small.secret, 'POST', '/v1/api-keys', { name: 'x', scopes: ['customers:read'] }))
        .status,
      201,
    )
  })

  await t.test('needs a name, and at least one scope that exists', async (t) => {
    for (const body of [
      { name: 'x' },
      { name: 'x', scopes: [] },
      { name: 'x', scopes: ['*'] },
      { name: 'x', scopes: ['customers:*'] },
      { scopes: ['events:read'] },
      { name: 'x', roles: [] },
      { name: 'x', roles: ['owner'] },
      { name: 'x', roles: ['reader'], allowed_cidrs: ['10.0.0.0/33'] },
      { name: 'x', roles: ['reader'], allowed_cidrs: ['10.0.0.0'] },
    ]) {
      t.match(await api('POST', '/v1/api-keys', body), {
        status: 422,
        body: { code: 'validation_failed' },
      })
    }
  })

  await t.test(
    'ends at its expiry in real time, however often it was used just before',
    async (t) => {
      const key = await keyWith(['tenants:read'], {
        expires_at: new Date(Date.now() + 1_500).toISOString(),
      })
      t.equal((await call(key.secret, 'GET', '/v1/tenant')).status, 200)
      await sleep(1_700)
      t.match(await call(key.secret, 'GET', '/v1/tenant'), unauthenticated)
      t.match(await api('POST', `/v1/api-keys/${key.id}/rotate`), {
        status: 409,
        body: { code: 'credential_not_active' },
      })
    },
  )

  await t.test('cannot be born expired', async (t) => {
    t.match(
      await api('POST', '/v1/api-keys', {
        name: 'x',
        scopes: ['events:read'],
        expires_at: '2020-01-01T00:00:00Z',
      }),
      {
        status: 422,
        body: { code: 'validation_failed', errors: [{ pointer: '#/expires_at', code: 'past' }] },
      },
    )
  })

  await t.test('that is rotated has two secrets during its grace and one afterwards', async (t) => {
    const key = await keyWith(['tenants:read'])
    const { status, body: rotated } = await api('POST', `/v1/api-keys/${key.id}/rotate`, {
      grace_seconds: 2,
    })
    t.equal(status, 200)
    t.match(rotated, { id: key.id, version: 2, secret: /^ark_test_/ })
    t.not(rotated.secret, key.secret)
    t.equal((await call(key.secret, 'GET', '/v1/tenant')).status, 200)
    t.equal((await call(rotated.secret, 'GET', '/v1/tenant')).status, 200)
    await sleep(2_200)
    t.match(await call(key.secret, 'GET', '/v1/tenant'), unauthenticated)
    t.equal((await call(rotated.secret, 'GET', '/v1/tenant')).status, 200)
    const event = (await events('api_key.rotated')).at(-1)
    t.match(event.data, {
      object: { id: key.id, hint: rotated.hint },
      previous_attributes: { hint: key.hint },
    })
  })

  await t.test('that is rotated without grace loses its old secret at once', async (t) => {
    const key = await keyWith(['tenants:read'])
    t.equal((await call(key.secret, 'GET', '/v1/tenant')).status, 200)
    const { body: rotated } = await api('POST', `/v1/api-keys/${key.id}/rotate`, {
      grace_seconds: 0,
    })
    t.match(await call(key.secret, 'GET', '/v1/tenant'), unauthenticated)
    t.equal((await call(rotated.secret, 'GET', '/v1/tenant')).status, 200)
  })

  await t.test('rotated without a body keeps its old secret for a day', async (t) => {
    const key = await keyWith(['tenants:read'])
    t.equal((await api('POST', `/v1/api-keys/${key.id}/rotate`)).status, 200)
    const hours = await queue(context.api, async (db) => {
      const { rows } = await sql<{ hours: number }>`
        select round(extract(epoch from valid_until - now()) / 3600)::int as hours
        from credential where tenant_id = ${uuid} and valid_until is not null order by valid_until desc limit 1
      `.execute(db)
      return rows[0]?.hours
    })
    t.equal(hours, 24)
    t.match(await api('POST', `/v1/api-keys/${key.id}/rotate`, { grace_seconds: 604_801 }), {
      status: 422,
    })
  })

  await t.test('a repeated rotation shows the same secret, and stores it sealed', async (t) => {
    const key = await keyWith(['tenants:read'])
    const headers = { 'idempotency-key': 'rotate-once' }
    const first = await api('POST', `/v1/api-keys/${key.id}/rotate`, { grace_seconds: 60 }, headers)
    const second = await api(
      'POST',
      `/v1/api-keys/${key.id}/rotate`,
      { grace_seconds: 60 },
      headers,
    )
    t.equal(second.headers['idempotent-replayed'], 'true')
    t.equal(second.body.secret, first.body.secret)
    const stored = await read(context.api, uuid, async ({ db }) => {
      const { rows } = await sql<{
        text: string
      }>`select idempotency_key::text as text from idempotency_key`.execute(db)
      return rows.map(({ text }) => text).join('\n')
    })
    t.notOk(stored.includes(first.body.secret.slice(9)))
  })

  await t.test('that is revoked is refused at once, for good, and says so once', async (t) => {
    const key = await keyWith(['tenants:read'])
    t.equal((await call(key.secret, 'GET', '/v1/tenant')).status, 200)
    const { status, body } = await api('POST', `/v1/api-keys/${key.id}/revoke`)
    t.equal(status, 200)
    t.match(body, { version: 2, revoked_at: /^\d{4}-/ })
    t.match(await call(key.secret, 'GET', '/v1/tenant'), unauthenticated)
    t.same((await api('POST', `/v1/api-keys/${key.id}/revoke`)).body, body)
    t.match(await api('POST', `/v1/api-keys/${key.id}/rotate`), {
      status: 409,
      body: { code: 'credential_not_active' },
    })
    t.equal((await events('api_key.revoked')).length, 1)
  })

  await t.test('is another tenant’s secret: unknown, unreadable, unchangeable', async (t) => {
    const key = await keyWith(['tenants:read'])
    const other = await tenant()
    for (const [method, url] of [
      ['GET', `/v1/api-keys/${key.id}`],
      ['POST', `/v1/api-keys/${key.id}/rotate`],
      ['POST', `/v1/api-keys/${key.id}/revoke`],
    ] as const) {
      t.match(await other.api(method, url), { status: 404, body: { code: 'api_key_not_found' } })
    }
    t.equal((await other.api('GET', '/v1/api-keys')).body.data.length, 1)
    t.equal((await call(key.secret, 'GET', '/v1/tenant')).status, 200)
  })
})

t.test('a key revoked on one replica is refused by another within five seconds', async (t) => {
  const { url } = await testDatabase(t)
  const here = await appOn(t, url)
  const there = await appOn(t, url)
  const { api, secret } = await here.tenant()
  t.equal((await there.call(secret, 'GET', '/v1/tenant')).status, 200)
  const { body } = await api('GET', '/v1/api-keys')
  await api('POST', `/v1/api-keys/${body.data[0].id}/revoke`)
  t.match(await here.call(secret, 'GET', '/v1/tenant'), unauthenticated)
  await sleep(5_100)
  t.match(await there.call(secret, 'GET', '/v1/tenant'), unauthenticated)
})
