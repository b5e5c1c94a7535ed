import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import { allRoles, roles } from '../../src/foundation/access/roles.ts'
import { allScopes, isPlatformScope, tenantScopes } from '../../src/foundation/access/scopes.ts'
import { byTheService, commit, queue } from '../../src/foundation/database/commit.ts'
import { newId, publicId } from '../../src/foundation/id.ts'
import { enqueueTask, runTasks, type TaskRunner } from '../../src/foundation/jobs/tasks.ts'
import { runDueSlots } from '../../src/foundation/jobs/tick.ts'
import { type TestTenant, testApp } from '../support/app.ts'

const refusal = (status: number, code: string) => ({ status, body: { code } })

t.test('roles are bundles of scopes', async (t) => {
  const { tenant, call } = await testApp(t)
  const { api } = await tenant()
  const keyWith = async (body: object) =>
    (await api('POST', '/v1/api-keys', { name: 'Connector', ...body })).body

  await t.test('which everybody may read, none of which reaches beyond its tenant', async (t) => {
    const { body } = await call(null, 'GET', '/v1/roles')
    t.same(
      body.data.map(({ name }: { name: string }) => name),
      ['reader', 'clerk', 'collector', 'credit_manager', 'integrator', 'admin'],
    )
    for (const { scopes } of body.data) t.notOk(scopes.some(isPlatformScope))
    t.same(
      body.data.at(-1).scopes,
      allScopes.filter((scope) => !isPlatformScope(scope)),
    )
    for (const name of allRoles)
      t.ok(roles[name].scopes.length > 0 && new Set(roles[name].scopes).size > 10, name)
    const held = new Set(allRoles.flatMap((name) => [...roles[name].scopes]))
    t.same(
      allScopes.filter((scope) => !held.has(scope) && !isPlatformScope(scope)),
      [],
    )
    t.notOk(roles.reader.scopes.some((scope) => !scope.endsWith(':read')))
  })

  await t.test('that count for a key beside its own scopes', async (t) => {
    const key = await keyWith({ roles: ['reader', 'reader'], scopes: ['customers:write'] })
    t.match(key, { roles: ['reader'], scopes: ['customers:write'] })
    t.equal((await call(key.secret, 'GET', '/v1/invoices')).status, 200)
    t.match(await call(key.secret, 'POST', '/v1/customers', {}), { status: 422 })
    t.match(await call(key.secret, 'POST', '/v1/payments', {}), refusal(403, 'insufficient_scope'))
  })

  await t.test('that nobody gives who does not hold all of it', async (t) => {
    const clerk = await keyWith({ roles: ['clerk'], scopes: ['api_keys:write'] })
    const give = (body: object) =>
      call(clerk.secret, 'POST', '/v1/api-keys', { name: 'x', ...body })
    t.equal((await give({ roles: ['reader', 'clerk'] })).status, 201)
    t.match(await give({ roles: ['collector'] }), {
      status: 403,
      body: { required_scopes: ['deferrals:write', 'write_offs:write', 'dunning:write'] },
    })
    t.match(await give({ scopes: ['tenants:act'] }), refusal(403, 'insufficient_scope'))
  })
})

t.test('an API key can be changed', async (t) => {
  const { tenant, call } = await testApp(t, { TRUSTED_PROXIES: '127.0.0.0/8' })
  const { api, events } = await tenant()
  const keyWith = async (body: object) =>
    (await api('POST', '/v1/api-keys', { name: 'Connector', ...body })).body
  const change = (id: string, patch: object, headers = {}) =>
    api('PATCH', `/v1/api-keys/${id}`, patch, headers)

  await t.test('in what it may do, at once, and tells what was before', async (t) => {
    const key = await keyWith({ scopes: ['tenants:read'] })
    t.equal((await call(key.secret, 'GET', '/v1/tenant')).status, 200)
    const { status, body } = await change(
      key.id,
      { name: 'ERP', scopes: [], roles: ['collector'] },
      { 'if-match': '"1"' },
    )
    t.match({ status, body }, { status: 200, body: { version: 2, name: 'ERP', scopes: [] } })
    t.match(await call(key.secret, 'POST', '/v1/deferrals', {}), { status: 422 })
    t.match(await call(key.secret, 'GET', '/v1/api-keys'), refusal(403, 'insufficient_scope'))
    const [event] = await events('api_key.updated')
    t.same(event.data.previous_attributes, {
      name: 'Connector',
      scopes: ['tenants:read'],
      roles: [],
    })
    t.equal((await change(key.id, { name: 'ERP' })).body.version, 2, 'nothing changed')
    t.match(await change(key.id, { name: 'x' }, { 'if-match': '"1"' }), {
      status: 412,
      body: { current_version: 2 },
    })
  })

  await t.test(
    'not into one that can do nothing, has ended, or more than the changer',
    async (t) => {
      const key = await keyWith({ roles: ['reader'] })
      for (const patch of [
        { roles: [] },
        { expires_at: '2020-01-01T00:00:00Z' },
        { scopes: ['*'] },
      ])
        t.match(await change(key.id, patch), refusal(422, 'validation_failed'))
      const small = await keyWith({ roles: ['reader'], scopes: ['api_keys:write'] })
      const bySmall = (id: string, patch: object) =>
        call(small.secret, 'PATCH', `/v1/api-keys/${id}`, patch)
      t.match(await bySmall(small.id, { roles: ['admin'] }), refusal(403, 'insufficient_scope'))
      t.match(await bySmall(key.id, { scopes: ['api_keys:write'] }), { status: 200 })
      const large = await keyWith({ roles: ['admin'] })
      t.match(await bySmall(large.id, { allowed_cidrs: [] }), refusal(403, 'insufficient_scope'))
      await api('POST', `/v1/api-keys/${key.id}/revoke`)
      t.match(await change(key.id, { name: 'x' }), refusal(409, 'credential_not_active'))
    },
  )

  await t.test('in where it may be used, and is no key from anywhere else', async (t) => {
    const key = await keyWith({
      roles: ['reader'],
      allowed_cidrs: ['203.0.113.0/24', '2001:db8::/32'],
    })
    const from = async (address: string) =>
      (await call(key.secret, 'GET', '/v1/tenant', undefined, { 'x-forwarded-for': address }))
        .status
    t.equal(await from('203.0.113.9'), 200)
    t.equal(await from('::ffff:203.0.113.9'), 200)
    t.equal(await from('2001:db8:1::1'), 200)
    for (const address of ['203.0.114.1', '2001:db9::1', '::1', '127.0.0.1'])
      t.equal(await from(address), 401, address)
    await change(key.id, { allowed_cidrs: [] })
    t.equal(await from('203.0.114.1'), 200)
  })

  await t.test('and says when it was last used, without a version for it', async (t) => {
    const key = await keyWith({ roles: ['reader'] })
    const read = async () => (await api('GET', `/v1/api-keys/${key.id}`)).body
    t.equal((await read()).last_used_at, null)
    for (let n = 0; n < 5; n += 1) await call(key.secret, 'GET', '/v1/tenant')
    const deadline = Date.now() + 8_000
    while ((await read()).last_used_at === null && Date.now() < deadline) await sleep(100)
    const used = await read()
    t.ok(Math.abs(Date.parse(used.last_used_at) - Date.now()) < 10_000)
    t.equal(used.version, 1)
    await call(key.secret, 'GET', '/v1/tenant')
    await sleep(1_300)
    t.equal((await read()).last_used_at, used.last_used_at, 'once a minute is enough')
  })

  await t.test('and be found by what it is', async (t) => {
    const counts = async (status: string) =>
      (await api('GET', `/v1/api-keys?status=${status}&limit=200`)).body.data.length
    const [active, revoked, both] = [
      await counts('active'),
      await counts('revoked'),
      await counts('active,revoked'),
    ]
    t.ok(active > 3)
    t.equal(revoked, 1)
    t.equal(both, active + revoked)
    t.equal(await counts('expired'), 0)
  })
})

t.test('whoever runs the platform', async (t) => {
  const { tenant, call, context } = await testApp(t, { LOG_LEVEL: 'silent' })
  const platform = await tenant({ name: 'Platform' })
  const ordinary = (name: string) => tenant({ name, scopes: tenantScopes })
  const [one, two] = [await ordinary('One'), await ordinary('Two')]
  const platformKey = (await platform.api('GET', '/v1/api-keys')).body.data[0].id
  const fullName = `${platform.id}/${platformKey}`
  const actFor = ({ id }: TestTenant, ...[method, url, body]: Parameters<TestTenant['api']>) =>
    platform.api(method, url, body, { 'tenant-id': id })
  const lastChange = async ({ api }: TestTenant) =>
    (await api('GET', '/v1/access-changes?limit=1')).body.data[0]

  await t.test('sees all tenants, page by page, and nobody else does', async (t) => {
    const first = (await platform.api('GET', '/v1/tenants?limit=2')).body
    const rest = (await platform.api('GET', `/v1/tenants?limit=2&cursor=${first.next_cursor}`)).body
    const names = [...first.data, ...rest.data].map(({ name }) => name)
    t.same(names, ['Two', 'One', 'Platform'])
    t.match(first.data[0], { id: two.id, status: 'active', suspended_at: null, mode: 'test' })
    t.same((await platform.api('GET', '/v1/tenants?mode=live')).body.data, [])
    t.match(await platform.api('GET', `/v1/tenants/${one.id}`), { body: { name: 'One' } })
    for (const [method, url, body] of [
      ['GET', '/v1/tenants'],
      ['GET', `/v1/tenants/${two.id}`],
      ['PATCH', `/v1/tenants/${two.id}`, { name: 'Mine' }],
      ['POST', `/v1/tenants/${two.id}/suspend`, { reason: 'Mine' }],
      ['POST', `/v1/tenants/${two.id}/resume`],
      ['POST', `/v1/tenants/${two.id}/api-keys`, { name: 'Mine', roles: ['admin'] }],
    ] as const)
      t.match(await one.api(method, url, body), refusal(403, 'insufficient_scope'), url)
    const nobody = publicId('tenant', newId())
    t.match(await platform.api('GET', `/v1/tenants/${nobody}`), refusal(404, 'tenant_not_found'))
    t.match(
      await platform.api('POST', `/v1/tenants/${nobody}/suspend`, { reason: 'x' }),
      refusal(404, 'tenant_not_found'),
    )
  })

  await t.test('changes a tenant, and stands there with its tenant and its key', async (t) => {
    const { body } = await platform.api('PATCH', `/v1/tenants/${one.id}`, { net_days: 21 })
    t.match(body, { id: one.id, net_days: 21, version: 2 })
    t.match(await lastChange(one), { type: 'tenant.updated', actor: fullName })
  })

  await t.test('gives a tenant keys, none of which reaches beyond it', async (t) => {
    const path = `/v1/tenants/${one.id}/api-keys`
    const { status, body, headers } = await platform.api('POST', path, {
      name: 'Rescue',
      roles: ['admin'],
    })
    t.equal(status, 201)
    t.equal(headers.location, `/v1/api-keys/${body.id}`)
    t.match(await call(body.secret, 'GET', '/v1/tenant'), { body: { id: one.id } })
    t.match(await call(body.secret, 'GET', '/v1/tenants'), refusal(403, 'insufficient_scope'))
    const tenantBody = { name: 'x', mode: 'test', time_zone: 'UTC', currency: 'EUR' }
    for (const scope of ['tenants:admin', 'tenants:act']) {
      const grant = { name: 'x', scopes: ['tenants:read', scope] }
      for (const [reply, expected] of [
        [await platform.api('POST', path, grant), refusal(422, 'validation_failed')],
        [await platform.api('POST', '/v1/tenants', { ...tenantBody, ...grant }), { status: 422 }],
        [await one.api('POST', '/v1/api-keys', grant), refusal(403, 'insufficient_scope')],
        [await actFor(one, 'POST', '/v1/api-keys', grant), refusal(403, 'insufficient_scope')],
        [await actFor(one, 'PATCH', `/v1/api-keys/${body.id}`, grant), { status: 403 }],
        [await call(body.secret, 'PATCH', `/v1/api-keys/${body.id}`, grant), { status: 403 }],
      ] as const)
        t.match(reply, expected, scope)
    }
  })

  await t.test('acts for a tenant by its name, and is seen to', async (t) => {
    const customer = { name: 'M', kind: 'business', country: 'DE', currency: 'EUR' }
    const { status, body } = await actFor(one, 'POST', '/v1/customers', customer)
    t.equal(status, 201)
    t.equal((await one.api('GET', `/v1/customers/${body.id}`)).status, 200)
    t.equal((await platform.api('GET', `/v1/customers/${body.id}`)).status, 404)
    const [event] = await one.events('customer.created')
    t.equal(event.cause.actor, fullName)
    t.match(await actFor(one, 'GET', '/v1/tenants'), refusal(403, 'insufficient_scope'))
    for (const named of [publicId('tenant', newId()), 'one', '', one.id.toUpperCase()]) {
      const reply = await platform.api('GET', '/v1/tenant', undefined, { 'tenant-id': named })
      t.match(reply, refusal(403, 'tenant_unknown'), named)
    }
    const across = await one.api('GET', '/v1/tenant', undefined, { 'tenant-id': two.id })
    t.match(across, { status: 403, body: { required_scopes: ['tenants:act'] } })
  })

  await t.test('is the same principal in its own tenant, whatever it names', async (t) => {
    await actFor(platform, 'PATCH', '/v1/tenant', { net_days: 7 })
    t.match(await lastChange(platform), { type: 'tenant.updated', actor: platformKey })
    const own = await one.api('GET', '/v1/tenant', undefined, { 'tenant-id': one.id })
    t.equal(own.status, 200, 'and anybody may say whom they act for anyway')
  })

  await t.test('suspends a tenant: nobody comes in, and what it has to do waits', async (t) => {
    const path = `/v1/tenants/${two.id}`
    await queue(context.api, (db) =>
      sql`update schedule set next_at = now() - interval '1 minute', frozen = false where tenant_id = ${two.uuid}`.execute(
        db,
      ),
    )
    const worked: string[] = []
    const look = () => {
      const job = async ({ tenantId }: { tenantId: string }) => {
        worked.push(tenantId)
        return {}
      }
      const jobs = {
        announce_overdue: job,
        collect_debits: job,
        lapse_mandates: job,
        credit_night: job,
        verify_ledger: job,
        dunning_run: job,
      }
      return runDueSlots(context, jobs, new AbortController().signal)
    }
    t.equal((await two.api('GET', '/v1/tenant')).status, 200)
    const { status, body } = await platform.api('POST', `${path}/suspend`, { reason: 'Unpaid' })
    t.match({ status, body }, { status: 200, body: { status: 'suspended', version: 2 } })
    t.match(body, { suspension_reason: 'Unpaid', suspended_at: /^20/ })
    t.match(await two.api('GET', '/v1/tenant'), refusal(403, 'tenant_suspended'))
    t.match(await actFor(two, 'GET', '/v1/tenant'), refusal(403, 'tenant_suspended'))
    const again = await platform.api('POST', `${path}/suspend`, { reason: 'Other' })
    t.match(again.body, { version: 2, suspension_reason: 'Unpaid' })
    const listed = (await platform.api('GET', '/v1/tenants?status=suspended')).body.data
    t.same(
      listed.map(({ id }: { id: string }) => id),
      [two.id],
    )
    t.match(await platform.api('PATCH', path, { name: 'Two, resting' }), { status: 200 })

    const cause = byTheService
    await commit(context.workers, { tenantId: two.uuid, cause }, (tx) =>
      enqueueTask(tx, 'import', newId()),
    )
    const stop = new AbortController()
    const done: string[] = []
    const runner: TaskRunner = async (_, tenantId) => void done.push(tenantId)
    const kinds = {
      bank_matching: runner,
      clock_advance: runner,
      dunning_run: runner,
      dunning_simulation: runner,
      import: runner,
      reservation_expiry: runner,
      webhook_recovery: runner,
      simulator_runs: runner,
      tenant_reset: runner,
    }
    const running = runTasks(context, kinds, stop.signal)
    await look()
    await sleep(200)
    t.notOk(worked.includes(two.uuid) || done.includes(two.uuid))

    t.match((await platform.api('POST', `${path}/resume`)).body, {
      status: 'active',
      suspended_at: null,
      suspension_reason: null,
    })
    t.equal((await two.api('GET', '/v1/tenant')).status, 200)
    await look()
    const deadline = Date.now() + 5_000
    while (!done.includes(two.uuid) && Date.now() < deadline) await sleep(50)
    stop.abort()
    await running
    t.equal(worked.filter((id) => id === two.uuid).length, 6, 'each job once')
    t.same(done, [two.uuid])
    t.same(
      (await two.events('tenant.*')).map(({ type }) => type),
      ['tenant.created', 'tenant.suspended', 'tenant.updated', 'tenant.resumed'],
    )
  })

  await t.test('does not lock itself out', async (t) => {
    const own = `/v1/tenants/${platform.id}/suspend`
    t.match(await platform.api('POST', own, { reason: 'x' }), refusal(409, 'invalid_state'))
  })

  await t.test('finds refused attempts among the figures', async (t) => {
    const count = async (metric: 'authFailures' | 'httpRejected', reason: string) =>
      (await context.metrics[metric].get()).values.find(({ labels }) => labels.reason === reason)
        ?.value ?? 0
    const before = await count('authFailures', 'unauthenticated')
    await call('wrong', 'GET', '/v1/tenant')
    await call(null, 'GET', '/v1/tenant')
    t.equal(await count('authFailures', 'unauthenticated'), before + 2)
    t.ok((await count('httpRejected', 'tenant_suspended')) >= 2)
    t.ok((await count('httpRejected', 'insufficient_scope')) >= 6)
  })
})

t.test(
  'every change of access can be read: who, when, what, with which request, from where',
  async (t) => {
    const { tenant, http, call } = await testApp(t, { TRUSTED_PROXIES: '127.0.0.0/8' })
    const { api, secret, events } = await tenant()
    const [{ id: actor }] = (await api('GET', '/v1/api-keys')).body.data
    const key = (await api('POST', '/v1/api-keys', { name: 'x', roles: ['reader'] })).body
    const changed = await http.inject({
      method: 'PATCH',
      url: `/v1/api-keys/${key.id}`,
      headers: { authorization: `Bearer ${secret}`, 'x-forwarded-for': '203.0.113.7' },
      payload: { roles: ['clerk'] },
    })
    await api('POST', `/v1/api-keys/${key.id}/rotate`)
    await api('POST', `/v1/api-keys/${key.id}/revoke`)
    await api('POST', '/v1/customers', {
      name: 'M',
      kind: 'business',
      country: 'DE',
      currency: 'EUR',
    })

    const { body } = await api('GET', '/v1/access-changes')
    t.same(
      body.data.map(({ type }: { type: string }) => type),
      [
        'api_key.revoked',
        'api_key.rotated',
        'api_key.updated',
        'api_key.created',
        'api_key.created',
        'tenant.created',
      ],
    )
    t.match(body.data[2], {
      object: 'access_change',
      actor,
      address: '203.0.113.7',
      request_id: changed.headers['request-id'],
      subject_id: key.id,
      before: { roles: ['reader'] },
      after: { id: key.id, roles: ['clerk'] },
    })
    t.notMatch(JSON.stringify(body), /ark_test_[0-9A-Za-z]{30}/)
    t.notMatch(JSON.stringify(await events()), /203\.0\.113\.7/, 'nobody else is told from where')

    const page = (await api('GET', '/v1/access-changes?limit=1')).body
    const next = (await api('GET', `/v1/access-changes?limit=1&cursor=${page.next_cursor}`)).body
    t.equal(next.data[0].type, 'api_key.rotated')
    const narrowed = async (filter: string) =>
      (await api('GET', `/v1/access-changes?${filter}`)).body.data.length
    t.equal(await narrowed('subject_kind=tenant'), 1)
    t.equal(await narrowed(`actor=${actor}`), 4)
    t.equal(await narrowed(`actor=${key.id}`), 0)
    const reader = (await api('POST', '/v1/api-keys', { name: 'x', roles: ['reader'] })).body.secret
    t.match(await call(reader, 'GET', '/v1/access-changes'), refusal(403, 'insufficient_scope'))
  },
)
