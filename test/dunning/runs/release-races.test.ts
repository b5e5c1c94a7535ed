import t from 'tap'
import { performRun } from '../../../src/dunning/runs/start-run.ts'
import { uuidOf } from '../../../src/foundation/id.ts'
import { appOn, testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { accepted, carryOn, clockOf, dunNow, dyingAfter, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

/** A proposal over an overdue invoice of each of some customers. */
async function proposal(customers: number) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  await clockOf(app, tenant).set('2026-03-20')
  const policy = await make.policy({ release: 'review' })
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const made: { customer: Json; invoice: Json }[] = []
  for (let n = 0; n < customers; n += 1) {
    const customer = await make.customer()
    made.push({ customer, invoice: await make.invoice(customer, { due_date: '2026-03-10' }) })
  }
  const run = await dunNow(app, tenant)
  return {
    tenant,
    make,
    made,
    run,
    release: () => tenant.api('POST', `/v1/dunning-runs/${run.id}/release`),
    order: async (invoice: Json, settled: string): Promise<[number, number]> => {
      const told = (await tenant.events()).filter(
        ({ data: { object } }) => object.id === invoice.id || object.invoice_id === invoice.id,
      )
      const types = told.map(({ type }) => type)
      return [types.indexOf('dunning.level_changed'), types.indexOf(settled)]
    },
    audit: () => auditBooks(app.context, tenant.uuid),
  }
}

t.test('a payment at the moment of the release comes before it or after it', async (t) => {
  const { tenant, make, made, run, release, order, audit } = await proposal(12)
  accepted(await release())
  const [paid] = await Promise.all([
    Promise.all(
      made.map(({ customer, invoice }) =>
        replica.call(tenant.secret, 'POST', '/v1/payments', {
          customer_id: customer.id,
          currency: 'EUR',
          amount: 10_000,
          received_date: '2026-03-20',
          method: 'card',
          allocations: [{ invoice_id: invoice.id, amount: 10_000 }],
        }),
      ),
    ),
    carryOn(app, tenant, run),
  ])
  t.same(new Set(paid.map(({ status }) => status)), new Set([201]))
  let lifted = 0
  for (const { invoice } of made) {
    const [level, settled] = await order(invoice, 'invoice.paid')
    t.ok(level < settled, 'no level after the payment')
    if (level !== -1) lifted += 1
  }
  const { escalated_count, status } = await make.get(`/v1/dunning-runs/${run.id}`)
  t.same([status, escalated_count], ['completed', lifted])
  const decisions = (await make.get(`/v1/dunning-runs/${run.id}/decisions`)).data
  t.equal(decisions.filter((one: Json) => one.status === 'lapsed').length, 12 - lifted)
  t.same(await audit(), [])
})

t.test(
  'a hold at the moment of the release keeps back what is not out yet, and only that',
  async (t) => {
    const { tenant, make, made, run, release, audit } = await proposal(10)
    accepted(await release())
    await Promise.all([
      ...made.map(({ customer }) =>
        replica.call(tenant.secret, 'POST', '/v1/dunning-holds', {
          customer_id: customer.id,
          reason: 'promise',
        }),
      ),
      carryOn(app, tenant, run),
    ])
    const decisions: Json[] = (await make.get(`/v1/dunning-runs/${run.id}/decisions`)).data
    for (const { invoice } of made) {
      const { dunning_level } = await make.get(`/v1/invoices/${invoice.id}`)
      const { status, lapse_reason } = decisions.find((one) => one.invoice_id === invoice.id)
      t.same(
        [status, lapse_reason],
        dunning_level === 1 ? ['released', null] : ['lapsed', 'on_hold'],
      )
    }
    t.same(await audit(), [])
  },
)

t.test('asked for at once and carried out by two, a release happens once', async (t) => {
  const { tenant, make, run, release, audit } = await proposal(8)
  const answers = await Promise.all(Array.from({ length: 4 }, release))
  t.same(answers.map(({ status }) => status).sort(), [202, 409, 409, 409])
  await Promise.all([app, replica, app, replica].map((one) => carryOn(one, tenant, run)))
  t.match(await make.get(`/v1/dunning-runs/${run.id}`), {
    status: 'completed',
    escalated_count: 8,
    notice_count: 8,
  })
  t.equal((await tenant.events('dunning.level_changed')).length, 8)
  t.equal((await tenant.events('dunning_run.completed')).length, 1)
  t.same(await audit(), [])
})

t.test('killed between any two commits, a release goes on where it stopped', async (t) => {
  const { tenant, make, run, release, audit } = await proposal(3)
  accepted(await release())
  const killed: string[] = []
  for (let checks = 0; ; checks += 1) {
    const context = (checks % 2 === 0 ? app : replica).context
    const died = await performRun(context, tenant.uuid, uuidOf(run.id), dyingAfter(checks)).then(
      () => false,
      () => true,
    )
    if (!died) break
    const { status, notice_count } = await make.get(`/v1/dunning-runs/${run.id}`)
    killed.push(`${status} ${notice_count}`)
  }
  t.same(killed, ['releasing 0', 'releasing 0', 'releasing 3'])
  await carryOn(app, tenant, run)
  t.match(await make.get(`/v1/dunning-runs/${run.id}`), { status: 'completed', notice_count: 3 })
  t.equal((await tenant.events('dunning.notice_issued')).length, 3)
  t.same(await audit(), [])
})

t.test('reviewed at the moment of the release, a decision is one or the other', async (t) => {
  const { tenant, make, made, run, release, audit } = await proposal(8)
  const exclusions = made.map(({ customer }) =>
    replica.call(tenant.secret, 'POST', `/v1/dunning-runs/${run.id}/exclude`, {
      customer_id: customer.id,
      reason: 'has called',
    }),
  )
  accepted(await release())
  await carryOn(app, tenant, run)
  const excluded = (await Promise.all(exclusions)).filter(({ status }) => status === 200).length
  const decisions: Json[] = (await make.get(`/v1/dunning-runs/${run.id}/decisions`)).data
  const count = (status: string) => decisions.filter((one) => one.status === status).length
  t.same([count('excluded'), count('released')], [excluded, 8 - excluded])
  t.same(await audit(), [])
})
