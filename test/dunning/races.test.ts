import t from 'tap'
import { runScheduledDunning } from '../../src/dunning/runs/run-scheduled.ts'
import { performRun } from '../../src/dunning/runs/start-run.ts'
import { commit } from '../../src/foundation/database/commit.ts'
import { uuidOf } from '../../src/foundation/id.ts'
import { lockCustomers } from '../../src/ledger/queries.ts'
import { appOn, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))
const forever = new AbortController().signal

async function creditor(customers: number, invoices: number) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  await clockOf(app, tenant).set('2026-03-20')
  const policy = await make.policy({
    levels: [
      { level: 1, days: 5, name: 'One', fees: [{ currency: 'EUR', amount: 500 }] },
      { level: 2, days: 6, name: 'Two' },
    ],
  })
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const made = []
  for (let n = 0; n < customers; n += 1) {
    const customer = await make.customer()
    for (let m = 0; m < invoices; m += 1)
      made.push({ customer, invoice: await make.invoice(customer, { due_date: '2026-03-10' }) })
  }
  return { tenant, make, made }
}

t.test(
  'payments at the very moment of the run come before it or after it: no notice for what is paid',
  async (t) => {
    const { tenant, make, made } = await creditor(12, 2)
    const run = (await tenant.api('POST', '/v1/dunning-runs', {})).body
    const [paid] = await Promise.all([
      Promise.all(
        made
          .filter((_, n) => n % 2 === 0)
          .map(({ customer, invoice }, n) =>
            (n % 2 === 0 ? app : replica).call(tenant.secret, 'POST', '/v1/payments', {
              customer_id: customer.id,
              currency: 'EUR',
              amount: 10_000,
              received_date: '2026-03-20',
              method: 'card',
              allocations: [{ invoice_id: invoice.id, amount: 10_000 }],
            }),
          ),
      ),
      performRun(app.context, tenant.uuid, uuidOf(run.id), forever),
    ])
    t.same(new Set(paid.map(({ status }) => status)), new Set([201]))

    const events = await tenant.events()
    const [before, after] = [0, 0].map(() => ({ count: 0 })) as [
      { count: number },
      { count: number },
    ]
    for (const { invoice } of made.filter((_, n) => n % 2 === 0)) {
      const told = events
        .filter(
          ({ data }) => data.object.id === invoice.id || data.object.invoice_id === invoice.id,
        )
        .map(({ type }) => type)
      const [level, settled] = [told.indexOf('dunning.level_changed'), told.indexOf('invoice.paid')]
      t.ok(settled !== -1)
      t.ok(level < settled, `${invoice.id}: ${told.join(' ')}`)
      if (level === -1) before.count += 1
      else after.count += 1
    }
    t.comment(`${before.count} payments came before the run, ${after.count} after it`)
    const notices = (await make.get('/v1/dunning-notices?limit=200')).data
    for (const notice of notices) for (const item of notice.items) t.ok(item.open_amount > 0)
    t.equal(
      (await make.get('/v1/invoices?status=issued&limit=200')).data.every(
        (one: { dunning_level: number }) => one.dunning_level === 1,
      ),
      true,
    )
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

t.test('a run that waits for a payment under way sees it when its turn comes', async (t) => {
  const { tenant, make, made } = await creditor(1, 1)
  const [{ customer, invoice }] = made as [(typeof made)[0]]
  const run = (await tenant.api('POST', '/v1/dunning-runs', {})).body
  const cause = { origin: 'api', actor: null, requestId: null } as const
  const order: string[] = []
  let running: Promise<void> | undefined
  await commit(app.context.api, { tenantId: tenant.uuid, cause }, async (tx) => {
    await lockCustomers(tx, [uuidOf(customer.id)])
    running = performRun(replica.context, tenant.uuid, uuidOf(run.id), forever).then(
      () => void order.push('run'),
    )
    const waiting = async () => {
      const { rows } = await app.context.workers.pool.query(
        `select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      return rows[0].count > 0
    }
    for (let n = 0; n < 100 && !(await waiting()); n += 1)
      await new Promise((done) => setTimeout(done, 20))
    t.ok(await waiting(), 'the run waits for the customer')
    const { recordPayments } = await import('../../src/cash/record-payments.ts')
    await recordPayments(tx, [
      {
        customerId: uuidOf(customer.id),
        externalId: null,
        status: 'received',
        account: 'cash',
        currency: 'EUR',
        amount: 10_000,
        receivedDate: '2026-03-20',
        provisionalUntilDate: null,
        method: 'card',
        reference: null,
        endToEndId: null,
        bankLineId: null,
        payer: null,
        allocations: null,
        allocate: 'auto',
        metadata: {},
      },
    ])
    order.push('payment')
  })
  await running
  t.same(order, ['payment', 'run'])
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'paid', dunning_level: 0 })
  t.same((await make.get('/v1/dunning-notices')).data, [])
})

t.test(
  'many runs at once, by hand and by the clock, on two replicas, lift each item once',
  async (t) => {
    const { tenant, make, made } = await creditor(10, 3)
    const runs = await Promise.all(
      Array.from({ length: 4 }, () => tenant.api('POST', '/v1/dunning-runs', {})),
    )
    const outcomes = await Promise.allSettled([
      ...runs.map(({ body }, n) =>
        performRun((n % 2 === 0 ? app : replica).context, tenant.uuid, uuidOf(body.id), forever),
      ),
      runScheduledDunning(app.context, tenant.uuid, forever),
      runScheduledDunning(replica.context, tenant.uuid, forever),
    ])
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') t.fail(String(outcome.reason))
    const changed = await tenant.events('dunning.level_changed')
    t.equal(changed.length, 30)
    t.equal(new Set(changed.map(({ data }) => data.object.id)).size, made.length)
    const notices = (await make.get('/v1/dunning-notices?limit=200')).data
    t.equal(notices.length, 10, 'one notice per customer')
    t.equal((await tenant.events('charge.claimed')).length, 10, 'one fee per notice')
    t.same(await auditBooks(app.context, tenant.uuid), [])
    t.match(await make.get('/v1/ledger/verification'), { ok: true })
  },
)

t.test('a run that was interrupted goes on where it stopped', async (t) => {
  const { tenant, make } = await creditor(4, 1)
  const run = (await tenant.api('POST', '/v1/dunning-runs', {})).body
  const stop = new AbortController()
  stop.abort()
  await t.rejects(performRun(app.context, tenant.uuid, uuidOf(run.id), stop.signal))
  t.match(await make.get(`/v1/dunning-runs/${run.id}`), { status: 'running' })
  await performRun(replica.context, tenant.uuid, uuidOf(run.id), forever)
  await performRun(app.context, tenant.uuid, uuidOf(run.id), forever)
  t.match(await make.get(`/v1/dunning-runs/${run.id}`), {
    status: 'completed',
    escalated_count: 4,
    notice_count: 4,
  })
  t.equal((await tenant.events('dunning_run.completed')).length, 1)
})
