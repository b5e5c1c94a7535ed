import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, type Records, recordsOf } from '../support/records.ts'

const app = await testApp(t)

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

interface Owing {
  make: Records
  customer: Json
  item: Json
}

/** A tenant with three levels at 5, 15 and 30 days, on a day. */
async function creditor(today: string, policy: object = {}) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set(today)
  const { id } = await make.policy(policy)
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  const levels = async () =>
    (await tenant.events('dunning.level_changed')).map(
      ({ timestamp, data: { object } }) => `${timestamp.slice(0, 10)} ${object.level}`,
    )
  return { tenant, make, clock, levels }
}

t.test('what a returned payment left is dunned like an invoice, by itself', async (t) => {
  const { tenant, make, clock, levels } = await creditor('2026-03-01')
  const customer = await make.customer()
  const payment = await make.payment(customer, { account: 'clearing', received_date: '2026-03-01' })
  const refund = await make.refund({ payment_id: payment.id }, { amount: 4_000 })
  await tenant.api('POST', `/v1/refunds/${refund.id}/pay`, {})
  await clock.advance('2026-03-05')
  const { status } = await tenant.api('POST', `/v1/payments/${payment.id}/reversal`, {
    reason: 'Returned',
    reason_code: 'MD06',
    reversal_date: '2026-03-05',
  })
  t.equal(status, 200)
  const [item] = (await make.get(`/v1/open-items?customer_id=${customer.id}`)).data
  t.match(item, { charge_kind: 'returned_payment', due_date: '2026-03-05', open_amount: 4_000 })
  await clock.advance('2026-03-11')
  await make.payment(customer, { amount: 1_000, received_date: '2026-03-11' })
  await clock.advance('2026-04-10')
  t.same(await levels(), ['2026-03-10 1', '2026-03-20 2', '2026-04-04 3'])
  t.match((await make.get(`/v1/open-items/${item.id}`)).level, 3)
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

for (const [how, settle] of [
  [
    'paid',
    ({ make, customer }) =>
      make.payment(customer, { amount: 4_000, received_date: '2026-03-11', method: 'cash' }),
  ],
  ['written off', ({ make, item }) => make.writeOff(item)],
] as const satisfies [string, (given: Owing) => Promise<unknown>][]) {
  t.test(`a notice about a returned payment alone is cancelled once that is ${how}`, async (t) => {
    const { tenant, make, clock } = await creditor('2026-03-05')
    const customer = await make.customer()
    const payment = await make.payment(customer, { account: 'clearing' })
    const refund = await make.refund({ payment_id: payment.id }, { amount: 4_000 })
    await tenant.api('POST', `/v1/refunds/${refund.id}/pay`, {})
    const reason = { reason: 'Returned', reason_code: 'MD06' }
    await tenant.api('POST', `/v1/payments/${payment.id}/reversal`, reason)
    const [item] = (await make.get(`/v1/open-items?customer_id=${customer.id}`)).data
    const status = async () => (await make.get('/v1/dunning-notices')).data[0].status
    await clock.advance('2026-03-11')
    t.equal(await status(), 'issued')
    await settle({ make, customer, item })
    t.match(await make.get(`/v1/open-items/${item.id}`), { open_amount: 0 })
    await clock.advance('2026-03-12')
    t.equal(await status(), 'cancelled')
    t.same(await auditBooks(app.context, tenant.uuid), [])
  })
}

t.test('what is time-barred is left alone, until its law is switched off', async (t) => {
  const { tenant, make, clock, levels } = await creditor('2026-03-01')
  const customer = await make.customer({ country: 'DE' })
  await make.invoice(customer, { issue_date: '2022-11-01', due_date: '2022-12-01' })
  const explain = async () =>
    (await make.get(`/v1/invoices/${(await make.get('/v1/invoices')).data[0].id}/dunning`)).items[0]
  await clock.advance('2026-03-02')
  t.match(await explain(), {
    outcome: 'blocked',
    reason: 'time_barred',
    inputs: { limitation_date: '2025-12-31' },
    next_date: null,
  })
  const law = await tenant.api('GET', '/v1/jurisdictions/DE')
  const switched = await tenant.api(
    'PUT',
    '/v1/jurisdictions/DE',
    { enabled: { DE_business_limitation: false } },
    { 'if-match': String(law.headers.etag) },
  )
  t.equal(switched.status, 200)
  await clock.advance('2026-03-03T12:00:00Z')
  t.same(await levels(), ['2026-03-03 1'])
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('a customer that falls under another law is looked at again', async (t) => {
  const { make, clock, levels } = await creditor('2026-03-01')
  const customer = await make.customer({ country: 'DE' })
  await make.invoice(customer, { issue_date: '2022-11-01', due_date: '2022-12-01' })
  await clock.advance('2026-03-02')
  t.same(await levels(), [])
  await make.patch(`/v1/customers/${customer.id}`, { country: 'GB' })
  await clock.advance('2026-03-03T12:00:00Z')
  t.same(await levels(), ['2026-03-03 1'], 'six years in the United Kingdom')
})

t.test('what one notice holds up goes out as soon as the interval is over', async (t) => {
  const { make, clock, levels } = await creditor('2026-03-01', { min_notice_interval_days: 7 })
  const customer = await make.customer()
  await make.invoice(customer, { number: 'A', due_date: '2026-03-05' })
  await make.invoice(customer, { number: 'B', due_date: '2026-03-08' })
  await clock.advance('2026-03-17T12:00:00Z')
  t.same(await levels(), ['2026-03-10 1', '2026-03-17 1'], 'B was due on the 13th')
})

t.test(
  'nobody is chased for what their own money covers; somebody is asked to allocate it',
  async (t) => {
    const { tenant, make, clock, levels } = await creditor('2026-03-01')
    const customer = await make.customer()
    const invoice = await make.invoice(customer, { due_date: '2026-03-05' })
    const payment = await make.payment(customer, {
      received_date: '2026-03-01',
      allocations: [{ invoice_id: invoice.id, amount: 5_000 }],
    })
    t.match(payment, { amount: 10_000, unallocated_amount: 5_000 })
    await clock.advance('2026-03-14')
    t.same(await levels(), [])
    t.match((await make.get(`/v1/tasks?customer_id=${customer.id}`)).data, [
      { kind: 'unallocated_money', reason: 'covered_by_unallocated', invoice_id: invoice.id },
    ])
    const refund = await make.refund({ payment_id: payment.id }, { amount: 1 })
    t.equal((await tenant.api('POST', `/v1/refunds/${refund.id}/pay`, {})).status, 200)
    await clock.advance('2026-03-15T12:00:00Z')
    t.same(await levels(), ['2026-03-15 1'], 'it does not cover it any more')
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)
