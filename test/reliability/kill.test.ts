import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import t from 'tap'
import { followFeed } from '../../src/credit/monitoring/follow-feed.ts'
import { sequenceEvents } from '../../src/events/sequence-events.ts'
import { runTasks } from '../../src/foundation/jobs/tasks.ts'
import { runDueSlots } from '../../src/foundation/jobs/tick.ts'
import { jobs } from '../../src/schedule.ts'
import { deliverWebhooks } from '../../src/webhooks/deliver.ts'
import { fanOut } from '../../src/webhooks/fan-out.ts'
import { taskRunners } from '../../src/workers.ts'
import { appOn, type TestTenant } from '../support/app.ts'
import { importStatement } from '../support/bank.ts'
import { auditBooks } from '../support/books.ts'
import { report, rung, seed, sizeOf } from '../support/certify.ts'
import { chaosProxy } from '../support/chaos-proxy.ts'
import { testDatabase } from '../support/database.ts'
import { dyingOn, type Pass } from '../support/dying.ts'
import { oneOfEverything } from '../support/everything.ts'
import { chanceOf } from '../support/random.ts'
import { receiver, until } from '../support/receiver.ts'
import { accepted, recordsOf } from '../support/records.ts'
import { rowsOf } from '../support/rows.ts'
import { type Service, startService } from '../support/service.ts'
import { endpointFor, LOCAL, quick } from '../support/webhooks.ts'
import { callerOf } from '../support/year.ts'

const { url } = await testDatabase(t)
const owner = new pg.Client({ connectionString: url })
await owner.connect()
t.teardown(() => owner.end())
const proxy = await chaosProxy(t, url)
const app = await appOn(t, proxy.url, { ...LOCAL, LOG_LEVEL: 'silent' })
const chance = chanceOf(seed)
const each = () => 1
/** Every boundary; in a slice, some. */
const strides = sizeOf({
  slice: { command: () => chance.between(9, 24), pass: () => chance.between(25, 60) },
  certify: { command: each, pass: each },
  certification: { command: each, pass: each },
})
const dying = await dyingOn(t, { proxy, url, strides })
const deathCount = () => [...dying.deaths.values()].reduce((sum, count) => sum + count, 0)

/** What must hold of a tenant, whatever happened to it. */
async function faultsOf({ uuid, api }: TestTenant): Promise<string[]> {
  const { body } = await api('GET', '/v1/ledger/verification')
  const { rows: gaps } = await owner.query(
    `select entity_id as id from event where tenant_id = $1
     group by entity_id having count(*) <> max(entity_sequence) or min(entity_sequence) <> 1`,
    [uuid],
  )
  return [
    ...(body.ok ? [] : [`the ledger differs: ${JSON.stringify(body)}`]),
    ...gaps.map(({ id }) => `the events of ${id} have a gap`),
    ...(await auditBooks(app.context, uuid)),
  ]
}

t.test('a command has one effect, wherever the process dies that does it', async (t) => {
  const tenant = await app.tenant({ time_zone: 'UTC' })
  await oneOfEverything(app, dying.tenant(tenant))
  t.same(dying.wrongs, [], `seed ${seed}`)
  t.same(await faultsOf(tenant), [])
})

/** How work is done: at once, or by processes that die. */
type Fate = (name: string, work: Pass) => Promise<void>

const undisturbed: Fate = async (_, work) => void (await work(new AbortController().signal))

/** Everything the service does by itself, on some business of a tenant. */
async function work(tenant: TestTenant, hooks: string, fate: Fate): Promise<void> {
  const make = recordsOf(tenant)
  await tenant.api('PUT', '/v1/test-clock', { now: '2026-03-09T08:00:00Z' })
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  await endpointFor(tenant, hooks)
  const customer = await make.customer({ external_id: 'C-1' })
  await make.creditLimit(customer, { amount: 50_000 })
  const items = Array.from({ length: 12 }, (_, n) => ({
    customer_external_id: 'C-1',
    external_id: `I-${n}`,
    number: `I-${n}`,
    currency: 'EUR',
    issue_date: '2026-03-01',
    due_date: '2026-03-05',
    total_amount: 1_000 + n,
    issue: true,
  }))

  const tasks: Pass = async (dead) => {
    const end = new AbortController()
    const running = runTasks(app.context, taskRunners, AbortSignal.any([dead, end.signal]))
    const isDone = async () => {
      const { rows } = await owner.query(
        'select from task_queue where tenant_id = $1 and due_at < now() limit 1',
        [tenant.uuid],
      )
      return dead.aborted || rows.length === 0
    }
    await until(isDone, 60_000)
    end.abort()
    await running
  }
  const all: (step: () => Promise<number>) => Pass = (step) => async () => {
    while ((await step()) > 0);
  }

  accepted(await tenant.api('POST', '/v1/imports', { resource: 'invoices', items }))
  await fate('import', tasks)
  await importStatement(
    tenant,
    items.slice(0, 4).map(({ number, total_amount }) => ({
      bookingDate: '2026-03-01',
      amount: total_amount,
      remittance: number,
    })),
  )
  await fate('bank_matching', tasks)
  accepted(await tenant.api('POST', '/v1/test-clock/advance', { to: '2026-03-10T01:00:00Z' }))
  await fate('clock_advance', tasks)
  accepted(await tenant.api('POST', '/v1/dunning-runs', {}))
  await fate('dunning_run', tasks)
  accepted(
    await tenant.api('POST', '/v1/dunning-simulations', {
      from_date: '2026-03-09',
      to_date: '2026-03-10',
      policies: [{ policy_id: policy.id }],
    }),
  )
  await fate('dunning_simulation', tasks)
  await owner.query(
    `update schedule set frozen = false, next_at = now() - interval '1 minute' where tenant_id = $1`,
    [tenant.uuid],
  )
  await fate('schedule', (dead) => runDueSlots(app.context, jobs, dead))
  await fate(
    'sequence',
    all(() => sequenceEvents(app.context)),
  )
  await fate('credit', (dead) => all(() => followFeed(app.context, dead))(dead))
  await fate(
    'sequence',
    all(() => sequenceEvents(app.context)),
  )
  await fate(
    'fan out',
    all(() => fanOut(app.context)),
  )
  await fate('deliver', async (dead) => {
    const end = new AbortController()
    const running = deliverWebhooks(
      app.context,
      AbortSignal.any([dead, end.signal]),
      quick({ lease: 5 }),
    )
    const isDone = async () =>
      dead.aborted || (await owner.query('select from webhook_queue')).rows.length === 0
    await until(isDone, 60_000)
    end.abort()
    await running
  })
}

t.test('what the service does by itself is done once, wherever it dies', async (t) => {
  const [calm, mortal] = [
    await app.tenant({ time_zone: 'UTC' }),
    await app.tenant({ time_zone: 'UTC' }),
  ]
  const [calmHooks, hooks] = [await receiver(t), await receiver(t)]
  await work(calm, calmHooks.url, undisturbed)
  await work(mortal, hooks.url, dying.pass)
  t.same(await rowsOf(owner, mortal.uuid), await rowsOf(owner, calm.uuid), `seed ${seed}`)
  t.same(await faultsOf(mortal), [])
  const told = new Set(hooks.received.map(({ headers }) => headers['webhook-id']))
  t.equal(told.size, new Set(calmHooks.received.map(({ event }) => event.id)).size)

  const deaths = deathCount()
  const floor = sizeOf({ slice: 40, certify: 200, certification: 200 })
  t.ok(deaths >= floor, `${deaths} deaths`)
  await report({
    suite: 'T-kill',
    goal: 'every SQL boundary of every mutating operation, pass and job, at least 200: one effect each',
    seen: `${deaths} boundaries of ${dying.deaths.size} operations, ${dying.wrongs.length} wrong effects`,
    met: dying.wrongs.length === 0 && deaths >= floor,
  })
})

const READY_MS_MAX = 10_000
const TAKEN_OVER_MS_MAX = 60_000

/** Pays over HTTP as a client that does not give up; answers the id of what it was told has been done. */
async function pay(service: Service, customer: string, externalId: string): Promise<string> {
  for (;;) {
    const answer = await fetch(`${service.url}/v1/payments`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${service.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': externalId,
      },
      body: JSON.stringify({
        customer_id: customer,
        external_id: externalId,
        currency: 'EUR',
        amount: 3,
        received_date: '2026-03-02',
        method: 'cash',
      }),
    })
      .then(async (reply) => ({
        status: reply.status,
        body: (await reply.json()) as { id: string; code?: string },
      }))
      .catch(() => undefined)
    if (answer?.status === 201) return answer.body.id
    const isTemporary =
      answer === undefined ||
      answer.status === 503 ||
      answer.body.code === 'idempotency_in_progress'
    if (!isTemporary) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
    await sleep(20)
  }
}

const someone = { name: 'A', kind: 'business', country: 'DE', currency: 'EUR' }

/** A process is as slow to start as its death is the same to the database as that of its connections. */
const skip = rung === 'slice' && 'real processes are killed at boundaries by npm run certify'

t.test('a process killed at a boundary leaves nothing half done', { skip }, async (t) => {
  const { url } = await testDatabase(t)
  const proxy = await chaosProxy(t, url)
  const service = await startService(t, { databaseUrl: proxy.url, env: { SCHEDULER: 'off' } })
  const customer = await callerOf(service)('POST', '/v1/customers', someone)
  let kills = 0
  for (let nth = strides.command(); ; nth += strides.command()) {
    const trap = proxy.atBoundary(nth, () => process.kill(service.pid() as number, 'SIGKILL'))
    const name = `B-${nth}`
    const paid = pay(service, customer.id, name)
    await Promise.race([paid, service.ended()])
    trap.disarm()
    if (!trap.struck()) break
    kills += 1
    await service.ended()
    await service.start()
    await paid
    const { data } = await callerOf(service)('GET', `/v1/payments?external_id=${name}`)
    t.equal(data.length, 1, name)
  }
  t.match(await callerOf(service)('GET', '/v1/ledger/verification'), { ok: true })
  t.ok(kills > 0, `${kills} kills`)
})

t.test('kill -9 under load loses nothing that was acknowledged, and doubles nothing', async (t) => {
  const kills = sizeOf({ slice: 1, certify: 100, certification: 2_000 })
  const { url } = await testDatabase(t)
  const service = await startService(t, { databaseUrl: url })
  const call = callerOf(service)
  const customers = await Promise.all(
    Array.from({ length: 4 }, (_, n) =>
      call('POST', '/v1/customers', { ...someone, external_id: `C-${n}` }),
    ),
  )
  const acknowledged = new Map<string, string>()
  let isOver = false
  const client = async (n: number) => {
    for (let m = 0; !isOver; m += 1) {
      const name = `K-${n}-${m}`
      acknowledged.set(name, await pay(service, customers[(n + m) % 4].id, name))
    }
  }
  const clients = Array.from({ length: 6 }, (_, n) => client(n))
  let slowest = 0
  const imports: string[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    if (kill % 10 === 0) {
      const items = Array.from({ length: 500 }, (_, n) => ({
        ...someone,
        external_id: `I-${kill}-${n}`,
      }))
      imports.push((await call('POST', '/v1/imports', { resource: 'customers', items })).id)
    }
    await sleep(chance.between(20, 400))
    await service.kill()
    const began = performance.now()
    await service.start()
    slowest = Math.max(slowest, performance.now() - began)
  }
  isOver = true
  await Promise.all(clients)
  const status = async (id: string) => (await call('GET', `/v1/imports/${id}`)).status
  for (const id of imports)
    await until(async () => (await status(id)) === 'succeeded', TAKEN_OVER_MS_MAX)

  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  t.teardown(() => owner.end())
  const { rows } = await owner.query(
    `select external_id, 'pay_' as kind from payment where external_id like 'K-%'`,
  )
  t.equal(rows.length, acknowledged.size)
  t.same(
    rows.filter(({ external_id }) => !acknowledged.has(external_id)),
    [],
  )
  const { ok } = await call('GET', '/v1/ledger/verification')
  t.ok(ok)
  await report({
    suite: 'T-kill',
    goal: `${kills} kills -9 under load: 0 lost acknowledgements, 0 double effects, ready within 10 s, leases taken over within 60 s`,
    seen: `${acknowledged.size} acknowledged, ${rows.length} there; ready after ${(slowest / 1000).toFixed(1)} s at most; ${imports.length} imports went on`,
    met: ok && rows.length === acknowledged.size && slowest <= READY_MS_MAX,
  })
})
