import t from 'tap'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

t.test('the test clock', async (t) => {
  const app = await testApp(t)

  await t.test('follows real time until it is set, and then stands still', async (t) => {
    const { api } = await app.tenant()
    const before = (await api('GET', '/v1/test-clock')).body
    t.equal(before.frozen, false)
    t.ok(Math.abs(Date.parse(before.now) - Date.now()) < 60_000)
    await api('PUT', '/v1/test-clock', { now: '2026-03-01T00:30:00Z' })
    const after = (await api('GET', '/v1/test-clock')).body
    t.match(after, { now: '2026-03-01T00:30:00.000Z', status: 'ready', frozen: true, target: null })
  })

  await t.test('goes back only while nothing has happened', async (t) => {
    const tenant = await app.tenant()
    const clock = clockOf(app, tenant)
    await clock.set('2026-03-01')
    await clock.set('2026-02-01')
    const records = recordsOf(tenant)
    await clock.set('2026-03-02')
    await records.invoice(await records.customer(), { issue: false })
    const refused = await tenant.api('PUT', '/v1/test-clock', { now: '2026-02-01T00:00:00Z' })
    t.match(refused, { status: 409, body: { code: 'clock_has_history' } })
    await clock.set('2026-03-03')
  })

  await t.test('runs no job when it is set, and every job when it is advanced', async (t) => {
    const tenant = await app.tenant()
    const clock = clockOf(app, tenant)
    const records = recordsOf(tenant)
    await clock.set('2026-03-01')
    await records.invoice(await records.customer(), { due_date: '2026-03-02' })
    await clock.set('2026-03-05')
    t.same(await tenant.events('invoice.overdue'), [])
    await clock.advance('2026-03-06')
    t.equal((await tenant.events('invoice.overdue')).length, 1)
  })

  await t.test('refuses to go to before, and has nothing to do for now', async (t) => {
    const { api } = await app.tenant()
    await api('PUT', '/v1/test-clock', { now: '2026-03-01T00:30:00Z' })
    const back = await api('POST', '/v1/test-clock/advance', { to: '2026-02-28T00:00:00Z' })
    t.match(back, { status: 422, body: { code: 'instant_in_past', errors: [{ pointer: '#/to' }] } })
    const now = await api('POST', '/v1/test-clock/advance', { to: '2026-03-01T00:30:00Z' })
    t.match(now, { status: 202, body: { status: 'ready' } })
  })

  await t.test('makes one journey at a time', async (t) => {
    const { api } = await app.tenant()
    await api('PUT', '/v1/test-clock', { now: '2026-03-01T00:30:00Z' })
    const first = await api('POST', '/v1/test-clock/advance', { to: '2026-03-03T00:00:00Z' })
    t.match(first, {
      status: 202,
      body: { status: 'advancing', target: '2026-03-03T00:00:00.000Z' },
    })
    const second = await api('POST', '/v1/test-clock/advance', { to: '2026-03-04T00:00:00Z' })
    t.match(second, { status: 409, body: { code: 'clock_advancing' } })
    const set = await api('PUT', '/v1/test-clock', { now: '2026-03-09T00:00:00Z' })
    t.match(set, { status: 409, body: { code: 'clock_advancing' } })
  })

  await t.test('stamps what happens by itself, day by day', async (t) => {
    const tenant = await app.tenant({ time_zone: 'UTC' })
    const clock = clockOf(app, tenant)
    const records = recordsOf(tenant)
    await clock.set('2026-03-01')
    const policy = await records.policy()
    await records.patch('/v1/tenant', { dunning_policy_id: policy.id })
    const customer = await records.customer()
    t.equal(customer.created_at, '2026-03-01T08:00:00.000Z')
    await records.invoice(customer)
    await clock.advance('2026-04-20')
    const levels = await tenant.events('dunning.level_changed')
    t.same(
      levels.map(({ timestamp, data }) => [timestamp.slice(0, 16), data.object.level]),
      [
        ['2026-03-20T06:00', 1],
        ['2026-03-30T06:00', 2],
        ['2026-04-14T06:00', 3],
      ],
    )
  })

  await t.test('is nothing a live tenant has', async (t) => {
    const { api } = await app.tenant({ mode: 'live' })
    t.match(await api('GET', '/v1/test-clock'), { status: 403, body: { code: 'test_tenant_only' } })
    const set = await api('PUT', '/v1/test-clock', { now: '2026-03-01T00:30:00Z' })
    t.match(set, { status: 403, body: { code: 'test_tenant_only' } })
  })
})
