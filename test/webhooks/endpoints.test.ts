import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import t from 'tap'
import { commit } from '../../src/foundation/database/commit.ts'
import { testApp } from '../support/app.ts'
import { customers, endpointFor, LOCAL, rotate } from '../support/webhooks.ts'

const URL_A = 'http://127.0.0.1:4321/hooks'
const path = '/v1/webhook-endpoints'

t.test('webhook endpoints', async (t) => {
  const app = await testApp(t, LOCAL)
  const tenant = await app.tenant()

  await t.test('a new one shows its secret once', async (t) => {
    const { status, headers, body } = await tenant.api('POST', path, {
      url: URL_A,
      event_types: ['invoice.*', 'customer.created', 'customer.created'],
      description: 'ERP',
      metadata: { team: 'ar' },
    })
    t.equal(status, 201)
    t.match(body, {
      id: /^whe_/,
      object: 'webhook_endpoint',
      url: URL_A,
      event_types: ['invoice.*', 'customer.created'],
      status: 'enabled',
      description: 'ERP',
      disabled_reason: null,
      metadata: { team: 'ar' },
      livemode: false,
      version: 1,
      previous_secret_valid_until: null,
    })
    t.match(body.secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
    t.equal(headers.location, `${path}/${body.id}`)
    t.equal(headers.etag, '"1"')

    const { secret, previous_secret_valid_until: _, ...rest } = body
    const read = await tenant.api('GET', `${path}/${body.id}`)
    t.same(read.body, rest)
    const list = await tenant.api('GET', path)
    t.same(list.body.data, [rest])
    const [created] = await tenant.events('webhook_endpoint.created')
    t.same(created.data.object, rest)
    t.notMatch(JSON.stringify([read.body, list.body, created]), secret)
  })

  await t.test('a repeat gets the same secret, and nobody reads it in the database', async (t) => {
    const key = { 'idempotency-key': randomUUID() }
    const request = { url: URL_A, event_types: ['*'] }
    const first = await tenant.api('POST', path, request, key)
    const again = await tenant.api('POST', path, request, key)
    t.equal(again.headers['idempotent-replayed'], 'true')
    t.same(again.body, first.body)
    t.match(first.body.secret, /^whsec_/)

    const rotation = { 'idempotency-key': randomUUID() }
    const rotated = await tenant.api('POST', `${path}/${first.body.id}/rotate-secret`, {}, rotation)
    t.same(
      (await tenant.api('POST', `${path}/${first.body.id}/rotate-secret`, {}, rotation)).body,
      rotated.body,
    )
    t.not(rotated.body.secret, first.body.secret)

    const cause = { origin: 'api', actor: null, requestId: null } as const
    const stored = await commit(app.context.api, { tenantId: tenant.uuid, cause }, async (tx) => {
      const keys = await sql<{
        body: string
      }>`select body from idempotency_key where body is not null`.execute(tx.db)
      const rows = await sql<{ sealed: string }>`select sealed from webhook_secret`.execute(tx.db)
      return JSON.stringify([keys.rows, rows.rows])
    })
    t.notMatch(stored, 'whsec_')
    t.notMatch(stored, first.body.secret.slice(6, 30))
    t.match(stored, /"sealed":"v1\.database\./)
  })

  await t.test('refuses what it cannot call, and says why', async (t) => {
    for (const url of [
      'http://example.com/',
      'https://10.0.0.1/',
      'https://169.254.169.254/',
      'https://user@example.com/',
      'https://example.com/#x',
      'https://example.com:22/',
      'https://[::1]/',
      'http://192.168.0.1:8080/',
      'http://169.254.169.254/',
    ]) {
      const { status, body } = await tenant.api('POST', path, { url, event_types: ['*'] })
      t.match(
        { status, ...body },
        { status: 422, code: 'webhook_url_refused', errors: [{ pointer: '#/url' }] },
        url,
      )
    }
    const { id } = await endpointFor(tenant, URL_A)
    const { body } = await tenant.api('PATCH', `${path}/${id}`, { url: 'https://10.0.0.1/' })
    t.equal(body.code, 'webhook_url_refused')
  })

  await t.test(
    'headers of its own are sealed, shown by their end, and changed one by one',
    async (t) => {
      const custom_headers = { Authorization: 'Bearer 3f1c9a77e2d04b58', 'X-Team': 'ar' }
      const { id, ...created } = await endpointFor(tenant, URL_A, { custom_headers })
      t.same(created.custom_headers, { authorization: '…4b58', 'x-team': '…' })
      const patch = (headers: object) =>
        tenant.api('PATCH', `${path}/${id}`, { custom_headers: headers })
      const same = await patch({ authorization: 'Bearer 3f1c9a77e2d04b58' })
      t.equal(same.body.version, 1, 'nothing changed')
      const changed = await patch({ authorization: 'Bearer another-secret-4b58', 'x-team': null })
      t.match(changed.body, { version: 2 }, 'it looks the same, and is not')
      t.same(changed.body.custom_headers, { authorization: '…4b58' })
      const shown = JSON.stringify([
        (await tenant.api('GET', path)).body,
        await tenant.events('webhook_endpoint'),
      ])
      t.notMatch(shown, /3f1c9a77|another-secret/)
      const cause = { origin: 'api', actor: null, requestId: null } as const
      const stored = await commit(app.context.api, { tenantId: tenant.uuid, cause }, async (tx) =>
        JSON.stringify(
          (await sql`select custom_headers from webhook_endpoint`.execute(tx.db)).rows,
        ),
      )
      t.notMatch(stored, /another-secret/)
      t.match(stored, /"sealed":"v1\.database\./)

      const move = (body: object) =>
        tenant.api('PATCH', `${path}/${id}`, { url: 'https://other.example.com/hooks', ...body })
      t.match(await move({}), {
        status: 422,
        body: {
          errors: [{ pointer: '#/custom_headers', params: { headers: ['authorization'] } }],
        },
      })
      t.equal((await move({ custom_headers: { Authorization: null } })).status, 200)

      const put = (headers?: object) =>
        tenant.api('PUT', `${path}/by-external-id/headers`, {
          url: URL_A,
          event_types: ['*'],
          ...(headers && { custom_headers: headers }),
        })
      t.equal((await put({ a: '1' })).status, 201)
      t.match((await put({ A: '1' })).body, { version: 1 }, 'the same again')
      t.same((await put({ b: '2' })).body.custom_headers, { b: '…' })
      t.same((await put()).body.custom_headers, {})
    },
  )

  await t.test('headers that are ours, or would break the message, are refused', async (t) => {
    const ask = (custom_headers: unknown) =>
      tenant.api('POST', path, { url: URL_A, event_types: ['*'], custom_headers })
    for (const name of [
      ...['Host', 'content-length', 'Content-Type', 'transfer-encoding', 'connection', 'TE'],
      ...['webhook-id', 'Webhook-Signature', 'proxy-authorization', 'x-forwarded-for', 'expect'],
    ]) {
      t.match(await ask({ [name]: 'x' }), {
        status: 422,
        body: { errors: [{ pointer: `#/custom_headers/${name}`, code: 'reserved' }] },
      })
    }
    t.match(await ask({ 'x-a': '1', 'X-A': '2' }), { body: { errors: [{ code: 'duplicate' }] } })
    for (const value of ['a\r\nx: y', 'a\nb', 'a\u0000', 'ü', '…4b58', ' a', 'a ', '', 'a\tb', 7])
      t.match(await ask({ 'x-a': value }), { status: 422, body: { code: 'validation_failed' } })
    for (const name of ['x a', 'x:a', 'x\r\ny', '', ':path', 'ü', 'x'.repeat(65)])
      t.match(await ask({ [name]: 'v' }), { status: 422, body: { code: 'validation_failed' } })
    t.equal((await ask({ 'x-a': 'x'.repeat(2_049) })).status, 422)
    const many = (count: number, from = 0) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${from + index}`, 'v']))
    t.equal((await ask(many(21))).status, 422)
    const { body } = await ask(many(20))
    t.match(await tenant.api('PATCH', `${path}/${body.id}`, { custom_headers: many(1, 20) }), {
      status: 422,
      body: { errors: [{ pointer: '#/custom_headers', code: 'maxProperties' }] },
    })
  })

  await t.test('keys that can be published come with v1a, and go with it', async (t) => {
    const keysOf = async (id: string) =>
      (await tenant.api('GET', `${path}/${id}/public-keys`)).body.keys
    const { id, url, ...created } = await endpointFor(tenant, URL_A)
    t.match(created, { signature_versions: ['v1'], max_concurrency: 8, throttle_rate: null })
    t.same(await keysOf(id), [])
    const patch = (signature_versions: unknown) =>
      tenant.api('PATCH', `${path}/${id}`, { signature_versions })
    t.same((await patch(['v1a', 'v1'])).body.signature_versions, ['v1', 'v1a'])
    t.match((await patch(['v1', 'v1a'])).body, { version: 2 })
    const [first] = await keysOf(id)
    t.match(first, { key: /^whpk_/, valid_until: null })
    await rotate(tenant, { id, url }, 3_600)
    const keys = await keysOf(id)
    t.match(keys, [{ valid_until: null }, { key: first.key, valid_until: String }])
    t.not(keys[0].key, first.key)
    await rotate(tenant, { id, url }, 0)
    t.notOk((await keysOf(id)).some(({ key }: { key: string }) => key === keys[0].key))
    for (const wrong of [[], ['v1a'], ['v1', 'v1'], ['v2'], 'v1'])
      t.equal((await patch(wrong)).status, 422, JSON.stringify(wrong))
    await patch(['v1'])
    t.same(await keysOf(id), [])
    await patch(['v1', 'v1a'])
    t.equal((await keysOf(id)).length, 1)
  })

  await t.test('refuses event types that do not exist', async (t) => {
    for (const event_types of [
      [],
      ['invoice'],
      ['invoices.*'],
      ['*.*'],
      ['invoice.exploded'],
      [''],
      [null],
      '*',
    ]) {
      const { status, body } = await tenant.api('POST', path, { url: URL_A, event_types })
      t.equal(status, 422, JSON.stringify(event_types))
      t.equal(body.code, 'validation_failed')
    }
  })

  await t.test('a change makes a version and an event; none makes neither', async (t) => {
    const { id } = await endpointFor(tenant, URL_A, {
      description: 'old',
      metadata: { a: '1', b: '2' },
    })
    const patch = { description: null, event_types: ['*', '*'], metadata: { a: null, c: '3' } }
    const changed = await tenant.api('PATCH', `${path}/${id}`, patch, { 'if-match': '"1"' })
    t.match(changed.body, { version: 2, description: null, event_types: ['*'] })
    t.same(changed.body.metadata, { b: '2', c: '3' })
    t.equal((await tenant.api('PATCH', `${path}/${id}`, patch)).body.version, 2)
    t.equal(
      (await tenant.api('PATCH', `${path}/${id}`, { description: 'x' }, { 'if-match': '"1"' })).body
        .code,
      'version_mismatch',
    )
    const events = (await tenant.events('webhook_endpoint.updated')).filter(
      ({ data }) => data.object.id === id,
    )
    t.equal(events.length, 1)
    t.same(events[0].data.previous_attributes, { description: 'old', metadata: { a: '1', b: '2' } })
  })

  await t.test('an external id names it, once', async (t) => {
    const created = await tenant.api('PUT', `${path}/by-external-id/erp`, {
      url: URL_A,
      event_types: ['*'],
      description: 'ERP',
    })
    t.equal(created.status, 201)
    t.match(created.body.secret, /^whsec_/)
    const same = await tenant.api('PUT', `${path}/by-external-id/erp`, {
      url: URL_A,
      event_types: ['*'],
      description: 'ERP',
    })
    t.match(same, { status: 200, body: { id: created.body.id, version: 1 } })
    t.notOk('secret' in same.body)
    const other = await tenant.api('PUT', `${path}/by-external-id/erp`, {
      url: URL_A,
      event_types: ['payment.*'],
    })
    t.match(other.body, {
      id: created.body.id,
      version: 2,
      description: null,
      event_types: ['payment.*'],
    })
    const taken = await tenant.api('POST', path, {
      url: URL_A,
      event_types: ['*'],
      external_id: 'erp',
    })
    t.match(taken, {
      status: 409,
      body: { code: 'external_id_taken', conflicting_id: created.body.id },
    })
    const { id } = await endpointFor(tenant, URL_A)
    t.match(await tenant.api('PATCH', `${path}/${id}`, { external_id: 'erp' }), {
      status: 409,
      body: { code: 'external_id_taken' },
    })
    t.equal((await tenant.api('GET', `${path}?external_id=erp`)).body.data.length, 1)

    const racing = await Promise.all(
      Array.from({ length: 5 }, () =>
        tenant.api('PUT', `${path}/by-external-id/race`, { url: URL_A, event_types: ['*'] }),
      ),
    )
    t.same(racing.map(({ status }) => status).sort(), [200, 200, 200, 200, 201])
  })

  await t.test('is disabled and enabled, and says what it was', async (t) => {
    const { id } = await endpointFor(tenant, URL_A)
    t.match((await tenant.api('POST', `${path}/${id}/enable`)).body, {
      code: 'invalid_state',
      current_status: 'enabled',
      allowed_actions: ['disable'],
    })
    const disabled = await tenant.api('POST', `${path}/${id}/disable`)
    t.match(disabled.body, { status: 'disabled', disabled_reason: 'requested', version: 2 })
    t.match((await tenant.api('POST', `${path}/${id}/disable`)).body, {
      code: 'invalid_state',
      current_status: 'disabled',
      allowed_actions: ['enable'],
    })
    t.match((await tenant.api('POST', `${path}/${id}/test`)).body, { code: 'invalid_state' })
    t.equal((await tenant.api('GET', `${path}?status=disabled`)).body.data.length, 1)
    t.match(
      (await tenant.api('POST', `${path}/${id}/enable`, undefined, { 'if-match': '"1"' })).body,
      { code: 'version_mismatch' },
    )
    t.match((await tenant.api('POST', `${path}/${id}/enable`)).body, {
      status: 'enabled',
      disabled_reason: null,
      disabled_at: null,
      version: 3,
    })
    t.match((await tenant.events('webhook_endpoint.disabled')).at(-1), {
      entity_sequence: 2,
      data: { object: { id, status: 'disabled' }, previous_attributes: { status: 'enabled' } },
    })
    t.match((await tenant.events('webhook_endpoint.updated')).at(-1), {
      entity_sequence: 3,
      data: { previous_attributes: { status: 'disabled', disabled_reason: 'requested' } },
    })
  })

  await t.test('is deleted, and its external id is free', async (t) => {
    const { id } = await endpointFor(tenant, URL_A, { external_id: 'gone' })
    t.match(await tenant.api('DELETE', `${path}/${id}`, undefined, { 'if-match': '"7"' }), {
      status: 412,
    })
    t.match(await tenant.api('DELETE', `${path}/${id}`), { status: 204, body: undefined })
    for (const [method, url, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { description: 'x' }],
      ['DELETE', '', undefined],
      ['POST', '/enable', undefined],
      ['POST', '/disable', undefined],
      ['POST', '/test', undefined],
      ['POST', '/rotate-secret', {}],
      ['GET', '/deliveries', undefined],
      ['GET', '/public-keys', undefined],
      ['GET', '/health', undefined],
      ['POST', '/recover', { since: new Date().toISOString() }],
      ['POST', '/replay-missing', { since: new Date().toISOString() }],
    ] as const) {
      t.match(
        await tenant.api(method, `${path}/${id}${url}`, body),
        { status: 404, body: { code: 'webhook_endpoint_not_found' } },
        method + url,
      )
    }
    t.match((await tenant.events('webhook_endpoint.deleted')).at(-1), {
      data: { object: { id, status: 'deleted' } },
    })
    await endpointFor(tenant, URL_A, { external_id: 'gone' })
  })

  await t.test('belongs to its tenant', async (t) => {
    const other = await app.tenant()
    const { id } = await endpointFor(tenant, URL_A)
    for (const [method, url, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { description: 'x' }],
      ['DELETE', '', undefined],
      ['POST', '/enable', undefined],
      ['POST', '/disable', undefined],
      ['POST', '/test', undefined],
      ['POST', '/rotate-secret', {}],
      ['GET', '/deliveries', undefined],
      ['GET', '/deliveries/whd_01kjm7f7shez7837xta3mfn3a4', undefined],
      ['POST', '/deliveries/whd_01kjm7f7shez7837xta3mfn3a4/resend', undefined],
    ] as const) {
      t.match(
        await other.api(method, `${path}/${id}${url}`, body),
        { status: 404, body: { code: 'webhook_endpoint_not_found' } },
        method + url,
      )
    }
    t.same((await other.api('GET', path)).body.data, [])
  })

  await t.test('needs its scopes', async (t) => {
    const reader = await app.tenant({ scopes: ['webhooks:read'] })
    t.equal((await reader.api('GET', path)).status, 200)
    t.match(await reader.api('POST', path, { url: URL_A, event_types: ['*'] }), {
      status: 403,
      body: { required_scopes: ['webhooks:write'] },
    })
  })

  await t.test('fifty are enough, also for those who race', async (t) => {
    const busy = await app.tenant()
    const replies = await Promise.all(
      Array.from({ length: 55 }, () => busy.api('POST', path, { url: URL_A, event_types: ['*'] })),
    )
    t.equal(replies.filter(({ status }) => status === 201).length, 50)
    t.match(
      replies.find(({ status }) => status !== 201),
      { status: 409, body: { code: 'webhook_endpoint_limit', limit: 50 } },
    )
    await customers(busy, 1)
  })
})
