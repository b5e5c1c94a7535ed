import t from 'tap'
import { runAdvance } from '../../src/sandbox/advance-clock.ts'
import { jobs } from '../../src/schedule.ts'
import { type TestTenant, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const put = ({ api }: TestTenant, now: string) => api('PUT', '/v1/test-clock', { now })
const advance = ({ api }: TestTenant, to: string) => api('POST', '/v1/test-clock/advance', { to })
const jobRuns = async ({ uuid }: TestTenant): Promise<string[]> => {
  const { rows } = await app.context.workers.pool.query(
    `select job || ' ' || slot::text || ' ' || status as run from job_run where tenant_id = $1 order by slot, job`,
    [uuid],
  )
  return rows.map(({ run }) => run)
}

t.test('before it is set the clock follows real time, afterwards it stands still', async (t) => {
  const tenant = await app.tenant()
  const { body } = await tenant.api('GET', '/v1/test-clock')
  t.match(body, { object: 'test_clock', status: 'ready', target: null, frozen: false })
  t.ok(Math.abs(Date.parse(body.now) - Date.now()) < 10_000)
  t.match(await put(tenant, '2026-03-01T12:00:00+01:00'), {
    status: 200,
    body: { now: '2026-03-01T11:00:00.000Z', frozen: true, status: 'ready' },
  })
  await new Promise((done) => setTimeout(done, 20))
  t.match((await tenant.api('GET', '/v1/test-clock')).body, {
    now: '2026-03-01T11:00:00.000Z',
    frozen: true,
  })
  const customer = await recordsOf(tenant).customer()
  t.equal(
    customer.created_at,
    '2026-03-01T11:00:00.000Z',
    'what the tenant does is stamped by its clock',
  )
  t.equal((await tenant.events('customer.created'))[0].timestamp, '2026-03-01T11:00:00.000Z')
})

t.test('live tenants have no clock to turn', async (t) => {
  const tenant = await app.tenant({ mode: 'live' })
  for (const reply of [
    await tenant.api('GET', '/v1/test-clock'),
    await put(tenant, '2026-03-01T00:00:00Z'),
    await advance(tenant, '2100-01-01T00:00:00Z'),
  ])
    t.match(reply, { status: 403, body: { code: 'test_tenant_only' } })
})

t.test('the clock goes back only while nothing has happened', async (t) => {
  const history: ((tenant: TestTenant) => Promise<unknown>)[] = [
    async (tenant) =>
      recordsOf(tenant).invoice(await recordsOf(tenant).customer(), { issue: false }),
    async (tenant) => recordsOf(tenant).invoice(await recordsOf(tenant).customer()),
    async (tenant) => recordsOf(tenant).payment(await recordsOf(tenant).customer()),
    async (tenant) => recordsOf(tenant).creditNote(await recordsOf(tenant).customer()),
  ]
  for (const happen of history) {
    const tenant = await app.tenant()
    await put(tenant, '2026-03-10T08:00:00Z')
    await recordsOf(tenant).customer()
    await recordsOf(tenant).policy()
    t.match(
      await put(tenant, '2020-01-01T00:00:00Z'),
      { status: 200 },
      'customers and policies are no history',
    )
    await put(tenant, '2026-03-10T08:00:00Z')
    await happen(tenant)
    t.match(await put(tenant, '2026-03-10T07:59:59Z'), {
      status: 409,
      body: { code: 'clock_has_history', now: '2026-03-10T08:00:00.000Z' },
    })
    t.match(await put(tenant, '2026-03-10T08:00:00Z'), { status: 200 })
    t.match(await put(tenant, '2026-03-12T08:00:00Z'), { status: 200 }, 'forward it may always go')
  }
})

t.test(
  'setting the clock runs no job, advancing it runs all of them, in order, each on its day',
  async (t) => {
    const tenant = await app.tenant()
    await put(tenant, '2026-03-01T12:00:00Z')
    await put(tenant, '2026-03-10T12:00:00Z')
    t.same(await jobRuns(tenant), [])
    await clockOf(app, tenant).advance('2026-03-12T01:59:59Z')
    t.same(await jobRuns(tenant), [
      'announce_overdue 2026-03-11 done',
      'collect_debits 2026-03-11 done',
      'credit_night 2026-03-11 done',
      'dunning_run 2026-03-11 done',
      'lapse_mandates 2026-03-11 done',
      'verify_ledger 2026-03-11 done',
      'announce_overdue 2026-03-12 done',
      'collect_debits 2026-03-12 done',
      'credit_night 2026-03-12 done',
      'lapse_mandates 2026-03-12 done',
    ])
    await clockOf(app, tenant).advance('2026-03-12T02:00:00Z')
    t.equal((await jobRuns(tenant)).length, 11, 'an instant that is reached counts')
  },
)

t.test('to where it stands it need not go, and to before it cannot', async (t) => {
  const tenant = await app.tenant()
  await put(tenant, '2026-03-10T05:00:00Z')
  t.match(await advance(tenant, '2026-03-10T05:00:00Z'), {
    status: 202,
    body: { status: 'ready', target: null, now: '2026-03-10T05:00:00.000Z' },
  })
  t.match(await advance(tenant, '2026-03-10T06:00:00+01:00'), {
    status: 202,
    body: { status: 'ready' },
  })
  t.match(await advance(tenant, '2026-03-10T04:59:59Z'), {
    status: 422,
    body: { code: 'instant_in_past', errors: [{ pointer: '#/to' }] },
  })
  for (const to of ['2026-03-10', '2026-02-30T00:00:00Z', 'tomorrow', 5, null])
    t.match(
      await tenant.api('POST', '/v1/test-clock/advance', { to }),
      { status: 422, body: { code: 'validation_failed' } },
      String(to),
    )
  t.same(await jobRuns(tenant), [])
})

t.test('while it is on its way it cannot be sent or set again, and says so', async (t) => {
  const tenant = await app.tenant()
  await put(tenant, '2026-03-10T05:00:00Z')
  t.match(await advance(tenant, '2026-03-11T12:00:00Z'), {
    status: 202,
    body: {
      status: 'advancing',
      now: '2026-03-10T05:00:00.000Z',
      target: '2026-03-11T12:00:00.000Z',
    },
  })
  t.match(await advance(tenant, '2026-03-12T00:00:00Z'), {
    status: 409,
    body: { code: 'clock_advancing' },
  })
  t.match(await advance(tenant, '2026-03-10T05:00:00Z'), {
    status: 409,
    body: { code: 'clock_advancing' },
  })
  t.match(await put(tenant, '2026-03-12T00:00:00Z'), {
    status: 409,
    body: { code: 'clock_advancing' },
  })
  await runAdvance(app.context, jobs, tenant.uuid, new AbortController().signal)
  t.match((await tenant.api('GET', '/v1/test-clock')).body, {
    status: 'ready',
    target: null,
    now: '2026-03-11T12:00:00.000Z',
  })
  t.match(
    await advance(tenant, '2026-03-11T12:00:01Z'),
    { status: 202 },
    'the next journey may begin as soon as it is ready',
  )
})

t.test('of ten journeys that begin at once, one does', async (t) => {
  const tenant = await app.tenant()
  await put(tenant, '2026-03-10T05:00:00Z')
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, n) => advance(tenant, `2026-03-11T12:00:0${n}Z`)),
  )
  t.same(replies.map(({ status }) => status).sort(), [202, ...Array(9).fill(409)])
})

t.test('ready means that everything that happened is in the feed', async (t) => {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  await put(tenant, '2026-03-10T05:00:00Z')
  await make.invoice(await make.customer(), { due_date: '2026-03-10' })
  await clockOf(app, tenant).advance('2026-03-11')
  const { data } = await make.get('/v1/events?type=invoice.overdue')
  t.equal(data.length, 1, 'without anybody sequencing')
})

t.test('days that the clock is set back over come again, with their jobs', async (t) => {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await put(tenant, '2026-03-01T08:00:00Z')
  await clock.advance('2026-03-20')
  await put(tenant, '2026-03-01T08:00:00Z')
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const invoice = await make.invoice(await make.customer(), { due_date: '2026-03-05' })
  await clock.advance('2026-03-21')
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { dunning_level: 2 })
  t.same(
    (await tenant.events('dunning.level_changed')).map(({ timestamp }) => timestamp),
    ['2026-03-10T05:00:00.000Z', '2026-03-20T05:00:00.000Z'],
  )
  t.equal((await tenant.events('invoice.overdue'))[0].timestamp, '2026-03-05T23:00:00.000Z')
  t.ok(
    (await jobRuns(tenant)).every((run) => run.endsWith(' done')),
    'each day has its run in the end',
  )
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})

t.test('a job that was under way when its hour changed is done before the next', async (t) => {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  await put(tenant, '2026-03-01T08:00:00Z')
  await advance(tenant, '2026-03-04T12:00:00Z')
  const stop = new AbortController()
  const stopping = {
    ...jobs,
    dunning_run: async () => {
      stop.abort(new Error('stopped'))
      throw stop.signal.reason
    },
  }
  await runAdvance(app.context, stopping, tenant.uuid, stop.signal).catch(() => undefined)
  await make.patch('/v1/tenant', { dunning_time: '20:00' })
  await runAdvance(app.context, jobs, tenant.uuid, new AbortController().signal)
  const runs = (await jobRuns(tenant)).filter((run) => run.startsWith('dunning_run'))
  t.same(
    runs,
    [1, 2, 3].map((day) => `dunning_run 2026-03-0${day} done`),
    'in the morning, by the new hour, the evening before was the last; then every evening',
  )
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})

t.test('an advance that was stopped goes on where it was, and does no day twice', async (t) => {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  await put(tenant, '2026-03-01T08:00:00Z')
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  await make.invoice(await make.customer(), { due_date: '2026-03-02' })
  await advance(tenant, '2026-03-25T12:00:00Z')
  for (const slots of [1, 4, 9, 20]) {
    const stop = new AbortController()
    let count = 0
    const counting = Object.fromEntries(
      Object.entries(jobs).map(([name, job]) => [
        name,
        async (run: Parameters<typeof job>[0]) => {
          count += 1
          if (count === slots) stop.abort(new Error('stopped'))
          return job(run)
        },
      ]),
    ) as typeof jobs
    await runAdvance(app.context, counting, tenant.uuid, stop.signal).catch(() => undefined)
    t.match((await tenant.api('GET', '/v1/test-clock')).body, { status: 'advancing' })
  }
  await runAdvance(app.context, jobs, tenant.uuid, new AbortController().signal)
  t.match((await tenant.api('GET', '/v1/test-clock')).body, {
    status: 'ready',
    now: '2026-03-25T12:00:00.000Z',
  })
  t.same(
    (await tenant.events('dunning.level_changed')).map(({ timestamp }) => timestamp),
    ['2026-03-07T05:00:00.000Z', '2026-03-17T05:00:00.000Z'],
  )
  t.equal((await jobRuns(tenant)).length, Object.keys(jobs).length * 24)
  t.same(await auditBooks(app.context, tenant.uuid), [])
})
