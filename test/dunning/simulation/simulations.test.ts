import t from 'tap'
import { runSimulation } from '../../../src/dunning/simulation/run-simulation.ts'
import { newId, publicId, uuidOf } from '../../../src/foundation/id.ts'
import { customer as customerRow, importAll, invoice as invoiceRow } from '../../imports/support.ts'
import { type TestTenant, testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { accepted, clockOf, recordsOf } from '../../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const app = await testApp(t)
const forever = new AbortController().signal
const url = '/v1/dunning-simulations'

async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-10')
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  return { tenant, make, clock, policy }
}

const perform = ({ uuid }: TestTenant, { id }: Json, signal = forever) =>
  runSimulation(app.context, uuid, uuidOf(id), signal)

async function simulate(tenant: TestTenant, body: object): Promise<Json> {
  const created = accepted(await tenant.api('POST', url, body))
  await perform(tenant, created)
  return accepted(await tenant.api('GET', `${url}/${created.id}`))
}

const draft = (days: number[]) => ({
  definition: {
    name: 'Draft',
    scope: 'invoice',
    levels: days.map((day, index) => ({ level: index + 1, days: day, name: `Level ${index + 1}` })),
  },
})

t.test('the past under its own policy comes out as it was', async (t) => {
  const { tenant, make, clock, policy } = await creditor()
  const [one, other] = [await make.customer(), await make.customer()]
  const paid = await make.invoice(one)
  await make.invoice(one, { due_date: '2026-03-22', total_amount: 7_000 })
  await make.invoice(one, { due_date: '2026-03-18', currency: 'USD' })
  const held = await make.invoice(other, { due_date: '2026-03-12' })
  await clock.advance('2026-03-22')
  const hold = await make.hold({ invoice_id: held.id, from_date: '2026-03-22' })
  await clock.advance('2026-03-25')
  const payment = await make.payment(one, {
    received_date: '2026-03-24',
    allocations: [{ invoice_id: paid.id, amount: 10_000 }],
  })
  await clock.advance('2026-04-10')
  accepted(await tenant.api('POST', `/v1/dunning-holds/${hold.id}/lift`, {}))
  accepted(await tenant.api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'returned' }))
  await clock.advance('2026-05-20')

  const simulation = await simulate(tenant, {
    from_date: '2026-03-01',
    to_date: '2026-05-20',
    basis: 'known',
    policies: [{ policy_id: policy.id }],
  })
  const { data: notices } = await make.get('/v1/dunning-notices?limit=200')
  const really = new Map<string, Json>()
  for (const { level, currency, items } of notices) {
    const key = `${level} ${currency}`
    const row = really.get(key) ?? { notice_count: 0, item_count: 0, amount: 0 }
    const lifted = items.filter(({ escalated }: Json) => escalated)
    row.notice_count += 1
    row.item_count += lifted.length
    row.amount += lifted.reduce((total: number, item: Json) => total + item.open_amount, 0)
    really.set(key, row)
  }
  t.equal(really.size, 6, 'three levels in two currencies')
  const [result] = simulation.results
  t.same(
    result.levels.map(({ level, currency, notice_count, item_count, amount }: Json) => [
      `${level} ${currency}`,
      { notice_count, item_count, amount },
    ]),
    [...really].sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  t.same(
    result.standing.map(({ level, currency, amount }: Json) => [level, currency, amount]),
    [
      [3, 'EUR', 27_000],
      [3, 'USD', 10_000],
    ],
  )
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('two policies on one past, computed by hand', async (t) => {
  const { tenant, make, clock, policy } = await creditor()
  const [quick, slow] = [await make.customer(), await make.customer()]
  const [soon, late] = [await make.invoice(quick), await make.invoice(slow)]
  const pay = (customer: Json, invoice: Json, received_date: string) =>
    make.payment(customer, {
      received_date,
      allocations: [{ invoice_id: invoice.id, amount: 10_000 }],
    })
  await clock.set('2026-05-20')
  await pay(quick, soon, '2026-03-23')
  await pay(slow, late, '2026-04-20')
  const simulation = await simulate(tenant, {
    from_date: '2026-03-01',
    to_date: '2026-05-20',
    paid_within_days: 5,
    policies: [
      { policy_id: policy.id, version: 1 },
      {
        definition: {
          name: 'Later, with a fee',
          scope: 'invoice',
          levels: [
            { level: 1, days: 10, name: 'One', fees: [{ currency: 'EUR', amount: 250 }] },
            { level: 2, days: 40, name: 'Two' },
          ],
        },
      },
    ],
  })
  t.match(simulation, {
    status: 'succeeded',
    customer_count: 2,
    done_count: 2,
    version: 2,
    known_at: '2026-05-20T08:00:00.000Z',
    policies: [
      { policy_id: policy.id, version: 1 },
      { policy_id: null, version: null, name: 'Later, with a fee' },
    ],
  })
  // Due on 15 March. Level 1 after 5 days, on the 20th: the quick one pays on the 23rd, three days later. The slow one
  // hears of levels 2 and 3 on 30 March and 14 April, and pays on 20 April, six days later.
  t.match(simulation.results[0], {
    contacted_customer_count: 2,
    contact_count: 4,
    average_contacts: '2.00',
    max_contacts: 3,
    customers_1_count: 1,
    customers_3_count: 1,
    paid_anyway_customer_count: 1,
    levels: [
      { level: 1, notice_count: 2, customer_count: 2, amount: 20_000, paid_soon_notice_count: 1 },
      { level: 2, notice_count: 1, amount: 10_000, paid_soon_notice_count: 0 },
      { level: 3, notice_count: 1, observed_notice_count: 1, paid_soon_notice_count: 0 },
    ],
    standing: [],
  })
  // Level 1 after 10 days, on the 25th: the quick one has paid and never hears of us. Level 2 would be on 24 April.
  t.match(simulation.results[1], {
    policy_id: null,
    contacted_customer_count: 1,
    contact_count: 1,
    paid_anyway_customer_count: 0,
    levels: [{ level: 1, notice_count: 1, fee_amount: 250 }],
  })
})

t.test(
  'interrupted, it goes on; asked again, it says the same; what comes later does not count',
  async (t) => {
    const { tenant, make, clock, policy } = await creditor()
    const names = Array.from({ length: 230 }, (_, n) => `C-${n}`)
    await importAll(app.context, tenant, {
      resource: 'customers',
      items: names.map((name) => customerRow(name)),
    })
    await importAll(app.context, tenant, {
      resource: 'invoices',
      items: names.map((name) =>
        invoiceRow(name, { customer_external_id: name, due_date: '2026-03-09' }),
      ),
    })
    await clock.set('2026-04-20')
    const body = {
      from_date: '2026-03-01',
      to_date: '2026-04-20',
      policies: [{ policy_id: policy.id }],
    }
    const created = accepted(await tenant.api('POST', url, body))
    t.match(created, { status: 'queued', results: null, customer_count: 0, version: 1 })
    for (const batches of [1, 2]) {
      const stop = new AbortController()
      let looks = 0
      const signal = {
        throwIfAborted: () => {
          looks += 1
          if (looks > batches) stop.abort()
          stop.signal.throwIfAborted()
        },
      } as AbortSignal
      await t.rejects(perform(tenant, created, signal))
    }
    t.match(await make.get(`${url}/${created.id}`), {
      status: 'running',
      customer_count: 230,
      done_count: 230,
      results: null,
    })
    await make.payment((await make.get('/v1/customers?limit=1')).data[0], {
      received_date: '2026-03-12',
    })
    await Promise.all([perform(tenant, created), perform(tenant, created)])
    const done = await make.get(`${url}/${created.id}`)
    t.match(done, {
      status: 'succeeded',
      results: [{ contacted_customer_count: 230, contact_count: 690, max_contacts: 3 }],
    })
    t.equal((await tenant.events('dunning_simulation.completed')).length, 1)
    await clock.set('2026-04-21')
    const again = await simulate(tenant, body)
    t.match(again.results, [{ contacted_customer_count: 229 }], 'now the payment is known')
    const third = await simulate(tenant, body)
    t.same(third.results, again.results)
  },
)

t.test('cancelled, listed, and refused', async (t) => {
  const { tenant, make, policy } = await creditor()
  await make.invoice(await make.customer())
  const body = {
    from_date: '2026-03-01',
    to_date: '2026-03-10',
    policies: [{ policy_id: policy.id }],
  }
  const created = accepted(await tenant.api('POST', url, body))
  t.match(await tenant.api('POST', `${url}/${created.id}/cancel`), {
    status: 200,
    body: { status: 'cancelled', version: 2, results: null, finished_at: /2026/ },
  })
  await perform(tenant, created)
  t.match(await make.get(`${url}/${created.id}`), { status: 'cancelled', done_count: 0 })
  t.match(await tenant.api('POST', `${url}/${created.id}/cancel`), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'cancelled' },
  })
  t.match((await make.get(url)).data, [{ id: created.id }])
  t.same(
    (await tenant.events()).slice(-2).map(({ type }) => type),
    ['dunning_simulation.created', 'dunning_simulation.cancelled'],
  )

  const refused = async (more: object, status: number, answer: object) =>
    t.match(await tenant.api('POST', url, { ...body, ...more }), { status, body: answer })
  await refused({ to_date: '2026-03-11' }, 422, { code: 'date_in_future' })
  await refused({ from_date: '2026-03-11' }, 422, { errors: [{ code: 'before_from_date' }] })
  await refused({ policies: [{}] }, 422, {
    errors: [{ pointer: '#/policies/0', code: 'policy_or_definition' }],
  })
  await refused({ policies: [{ ...draft([5]), version: 1 }] }, 422, {
    errors: [{ code: 'policy_or_definition' }],
  })
  await refused({ policies: [{ policy_id: policy.id }, draft([9, 5])] }, 422, {
    code: 'dunning_policy_contradictory',
    errors: [{ pointer: '#/policies/1/definition/levels/1/days' }],
  })
  await refused({ policies: [{ policy_id: policy.id, version: 2 }] }, 404, {
    code: 'dunning_policy_not_found',
  })
  await refused({ policies: [{ policy_id: publicId('dunning_policy', newId()) }] }, 404, {
    code: 'dunning_policy_not_found',
  })
  await refused({ policies: [] }, 422, { code: 'validation_failed' })
  const nobody = publicId('dunning_simulation', newId())
  t.match(await tenant.api('GET', `${url}/${nobody}`), {
    status: 404,
    body: { code: 'dunning_simulation_not_found' },
  })
})
