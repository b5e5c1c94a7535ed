import t from 'tap'
import { performRun } from '../../../src/dunning/runs/start-run.ts'
import { newId, publicId, uuidOf } from '../../../src/foundation/id.ts'
import { appOn, testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { accepted, carryOn, clockOf, dunNow, dyingAfter, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-20')
  const { id } = await make.policy({
    levels: [
      { level: 1, days: 5, name: 'One', payment_days: 7, fees: [{ currency: 'EUR', amount: 500 }] },
      { level: 2, days: 11, name: 'Two', payment_days: 10 },
    ],
  })
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  const post = (url: string, body: object = {}) => tenant.api('POST', url, body)
  return {
    tenant,
    make,
    clock,
    post,
    customer: await make.customer(),
    run: () => dunNow(app, tenant),
    notices: async (): Promise<Json[]> => (await make.get('/v1/dunning-notices?limit=200')).data,
    reverse: (notice: Json, headers = {}) =>
      tenant.api(
        'POST',
        `/v1/dunning-notices/${notice.id}/reverse`,
        { reason: 'wrong prices' },
        headers,
      ),
    levelOf: async (invoice: Json) => (await make.get(`/v1/invoices/${invoice.id}`)).dunning_level,
    levels: async (): Promise<string[]> =>
      (await tenant.events('dunning.level_changed')).map(
        ({ data: { object, previous_attributes: before } }) =>
          `${object.cycle}: ${before.level} → ${object.level} ${object.reason}`,
      ),
    audit: async () => [
      ...(await auditBooks(app.context, tenant.uuid)),
      ...((await make.get('/v1/ledger/verification')).ok ? [] : ['verification']),
    ],
  }
}

t.test(
  'a notice taken back: the level before, the fee waived, a new cycle, and no step doubled',
  async (t) => {
    const { tenant, make, customer, run, notices, reverse, levelOf, levels, audit } =
      await creditor()
    const invoice = await make.invoice(customer, { due_date: '2026-03-10' })
    await run()
    const [notice] = await notices()
    t.match(notice, { level: 1, charges: [{ kind: 'fee', amount: 500 }], status: 'issued' })
    t.match(await reverse(notice), {
      status: 200,
      body: { status: 'reversed', status_reason: 'wrong prices', version: 2 },
    })
    t.equal(await levelOf(invoice), 0)
    t.match(await make.get(`/v1/open-items/${notice.charges[0].item_id}`), { open_amount: 0 })
    t.match(await tenant.events('charge.waived'), [
      { data: { object: { waive_reason: 'wrong prices' } } },
    ])
    t.match(await tenant.events('dunning.notice_reversed'), [
      {
        data: {
          object: { id: notice.id, items: [{ level: 1 }] },
          previous_attributes: { status: 'issued' },
        },
      },
    ])
    t.match(await reverse(notice), {
      status: 409,
      body: { code: 'invalid_state', current_status: 'reversed' },
    })

    t.match(await run(), { escalated_count: 1, notice_count: 1 }, 'the same day, when it is right')
    t.match(await run(), { escalated_count: 0 })
    t.same(await levels(), ['1: 0 → 1 level_due', '2: 1 → 0 notice_reversed', '2: 0 → 1 level_due'])
    t.same(await audit(), [])
  },
)

t.test('what came last goes first: a notice that another stands on is refused', async (t) => {
  const { make, customer, clock, run, notices, reverse, levelOf, levels, audit } = await creditor()
  const invoice = await make.invoice(customer, { due_date: '2026-03-10' })
  await run()
  await clock.advance('2026-03-22')
  const [second, first] = await notices()
  t.match(await reverse(first), {
    status: 409,
    body: { code: 'dunning_notice_followed', later_notice_ids: [second.id] },
  })
  t.match(await reverse(second, { 'if-match': '"9"' }), { status: 412 })
  t.match(await reverse(second), { status: 200 })
  t.equal(await levelOf(invoice), 1)
  t.match(await make.get(`/v1/invoices/${invoice.id}/dunning`), {
    level: 1,
    items: [{ level: 1, outcome: 'escalate', next_level: 2, next_date: '2026-03-22' }],
    history: [
      { level: 1, reversed_date: null },
      { level: 2, reversed_date: '2026-03-22' },
    ],
  })
  t.match(await reverse(first), { status: 200 })
  t.equal(await levelOf(invoice), 0)
  t.same(await audit(), [])
  t.match(await run(), { escalated_count: 1 })
  await clock.advance('2026-03-23')
  t.same((await levels()).slice(2), [
    '2: 2 → 1 notice_reversed',
    '3: 1 → 0 notice_reversed',
    '3: 0 → 1 level_due',
    '3: 1 → 2 level_due',
  ])
  t.same(await audit(), [])
})

t.test('a fee that was paid becomes money of the customer again', async (t) => {
  const { make, customer, run, notices, reverse, audit } = await creditor()
  await make.invoice(customer, { due_date: '2026-03-10' })
  await run()
  const [notice] = await notices()
  const [{ item_id }] = notice.charges
  await make.payment(customer, {
    amount: 500,
    received_date: '2026-03-20',
    allocations: [{ item_id, amount: 500 }],
  })
  t.match(await make.get(`/v1/open-items/${item_id}`), { open_amount: 0, paid_amount: 500 })
  t.match(await reverse(notice), { status: 200 })
  t.match(await make.get(`/v1/open-items/${item_id}`), {
    open_amount: 0,
    paid_amount: 0,
    waived_amount: 500,
  })
  t.match((await make.get('/v1/payments')).data, [{ unallocated_amount: 500 }])
  t.same(await audit(), [])
})

t.test('a level falls although the item has been paid since', async (t) => {
  const { make, customer, run, notices, reverse, levelOf, audit } = await creditor()
  const invoice = await make.invoice(customer, { due_date: '2026-03-10' })
  await run()
  await make.payment(customer, { allocations: [{ invoice_id: invoice.id, amount: 10_000 }] })
  const [notice] = await notices()
  t.match(await reverse(notice), { status: 200 })
  t.equal(await levelOf(invoice), 0)
  t.same(await audit(), [])
})

t.test(
  'a whole run is taken back, goes on after an interruption, and is not run again by itself',
  async (t) => {
    const { tenant, make, clock, run, notices, post, levelOf, audit } = await creditor()
    const invoices: Json[] = []
    for (let n = 0; n < 5; n += 1)
      invoices.push(await make.invoice(await make.customer(), { due_date: '2026-03-10' }))
    const done = await run()
    t.match(done, { status: 'completed', notice_count: 5, version: 2 })
    const url = `/v1/dunning-runs/${done.id}`
    t.match(await post(`${url}/reverse`, { reason: 'wrong prices' }), {
      status: 202,
      body: { status: 'reversing', reversal_reason: 'wrong prices', version: 3 },
    })
    for (const checks of [0, 1, 2])
      await t.rejects(performRun(app.context, tenant.uuid, uuidOf(done.id), dyingAfter(checks)))
    t.match(
      await make.get(url),
      { status: 'reversing', reversed_count: 5 },
      'killed before its end',
    )
    await Promise.all([carryOn(app, tenant, done), carryOn(replica, tenant, done)])
    t.match(await make.get(url), { status: 'reversed', reversed_count: 5, version: 4 })
    for (const invoice of invoices) t.equal(await levelOf(invoice), 0)
    t.equal((await tenant.events('dunning.notice_reversed')).length, 5)
    t.equal((await tenant.events('charge.waived')).length, 5)
    t.match(await post(`${url}/reverse`, { reason: 'again' }), {
      status: 409,
      body: { code: 'invalid_state' },
    })
    t.same(await audit(), [])

    await clock.advance('2026-03-21')
    t.equal(
      (await notices()).filter(({ status }) => status === 'issued').length,
      5,
      'the next day’s run',
    )
    t.same(await audit(), [])
  },
)

t.test('a run is not taken back while later notices stand on it', async (t) => {
  const { make, customer, clock, run, notices, post } = await creditor()
  await make.invoice(customer, { due_date: '2026-03-10' })
  const done = await run()
  await clock.advance('2026-03-22')
  const [second] = await notices()
  t.match(await post(`/v1/dunning-runs/${done.id}/reverse`, { reason: 'wrong' }), {
    status: 409,
    body: { code: 'dunning_notice_followed', later_notice_ids: [second.id] },
  })
})

t.test('a reversal and a payment at the same moment leave the books right', async (t) => {
  const { tenant, make, run, notices, audit } = await creditor()
  const made: Json[] = []
  for (let n = 0; n < 6; n += 1) {
    const customer = await make.customer()
    made.push({ customer, invoice: await make.invoice(customer, { due_date: '2026-03-10' }) })
  }
  await run()
  const answers = await Promise.all([
    ...(await notices()).map(({ id }) =>
      tenant.api('POST', `/v1/dunning-notices/${id}/reverse`, { reason: 'wrong' }),
    ),
    ...made.map(({ customer }) =>
      replica.call(tenant.secret, 'POST', '/v1/payments', {
        customer_id: customer.id,
        currency: 'EUR',
        amount: 10_500,
        received_date: '2026-03-20',
        method: 'card',
      }),
    ),
  ])
  t.same(answers.map(({ status }) => status).sort(), [...Array(6).fill(200), ...Array(6).fill(201)])
  t.equal(
    (await notices()).every(({ status }) => status === 'reversed'),
    true,
  )
  t.same(await audit(), [])
})

t.test('nobody’s notice cannot be reversed, nor anything without a reason', async (t) => {
  const { tenant } = await creditor()
  const url = `/v1/dunning-notices/${publicId('dunning_notice', newId())}/reverse`
  t.match(await tenant.api('POST', url, { reason: 'x' }), {
    status: 404,
    body: { code: 'dunning_notice_not_found' },
  })
  t.match(await tenant.api('POST', url, {}), { status: 422 })
  accepted(await tenant.api('GET', '/v1/dunning-notices'))
})
