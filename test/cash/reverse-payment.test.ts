import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-10')
const reverse = ({ id }: { id: string }, more: object = {}, headers = {}) =>
  api(
    'POST',
    `/v1/payments/${id}/reversal`,
    { reason: 'Direct debit returned (AM04)', ...more },
    headers,
  )

t.test('a payment that went back opens its items again, on their old due dates', async (t) => {
  const customer = await make.customer()
  const invoice = await make.invoice(customer, {
    instalments: [
      { due_date: '2026-03-08', amount: 4_000 },
      { due_date: '2026-04-08', amount: 6_000 },
    ],
  })
  const payment = await make.payment(customer, { amount: 12_000 })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'paid' })
  const { status, body } = await reverse(payment, { reversal_date: '2026-03-09' })
  t.match(
    { status, body },
    {
      status: 200,
      body: {
        status: 'reversed',
        version: 3,
        allocated_amount: 0,
        unallocated_amount: 0,
        reversed_amount: 12_000,
        allocations: [],
        reversal_date: '2026-03-09',
        reversal_reason: 'Direct debit returned (AM04)',
      },
    },
  )
  t.match(await make.get(`/v1/invoices/${invoice.id}`), {
    status: 'issued',
    open_amount: 10_000,
    paid_amount: 0,
    overdue: true,
    days_overdue: 2,
    open_items: [
      { due_date: '2026-03-08', open_amount: 4_000, overdue: true },
      { due_date: '2026-04-08', open_amount: 6_000 },
    ],
  })
  t.match((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [
    { open_amount: 10_000, overdue_amount: 4_000, unallocated_amount: 0 },
  ])
  const entries = (await make.get(`/v1/ledger/entries?source_id=${payment.id}`)).data
  t.equal(entries.length, 6)
  const told = (await tenant.events())
    .filter(({ data }) => [payment.id, invoice.id].includes(data.object.id))
    .slice(-2)
  t.same(told.map(({ type }) => type).sort(), ['invoice.reopened', 'payment.reversed'])
})

t.test('of an invoice that several paid, only its own part is open again', async (t) => {
  const customer = await make.customer()
  const invoice = await make.invoice(customer)
  await make.payment(customer, { amount: 7_000 })
  const second = await make.payment(customer, { amount: 5_000 })
  await reverse(second)
  t.match(await make.get(`/v1/invoices/${invoice.id}`), {
    status: 'issued',
    open_amount: 3_000,
    paid_amount: 7_000,
  })
  t.match((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [
    { open_amount: 3_000, unallocated_amount: 0 },
  ])
})

t.test('an undo never counts before what it undoes did', async (t) => {
  const customer = await make.customer()
  const early = await make.payment(customer, {
    amount: 5_000,
    received_date: '2026-03-02',
    allocate: 'none',
  })
  const prepaid = await make.invoice(customer, { issue_date: '2026-03-08', total_amount: 5_000 })
  const payment = await make.payment(customer, {
    amount: 5_000,
    received_date: '2026-03-03',
    allocations: [{ invoice_id: prepaid.id, amount: 5_000 }],
  })
  await reverse(payment, { reversal_date: '2026-03-05' })
  const rows = async (day: string) =>
    (await make.get(`/v1/reports/aging?as_of_date=${day}&customer_id=${customer.id}`)).rows
  t.match(await rows('2026-03-04'), [{ total_amount: 0, unallocated_amount: 10_000 }])
  t.match(
    await rows('2026-03-07'),
    [{ total_amount: 0, unallocated_amount: 5_000 }],
    'the invoice did not exist yet',
  )
  t.match(await rows('2026-03-08'), [{ total_amount: 5_000, unallocated_amount: 5_000 }])
  t.match(await make.get(`/v1/payments/${early.id}`), { status: 'received' })
})

t.test('a payment is reversed once, on a day that makes sense', async (t) => {
  const customer = await make.customer()
  const payment = await make.payment(customer)
  t.match(await reverse(payment, { reversal_date: '2026-03-11' }), {
    status: 422,
    body: { code: 'date_in_future' },
  })
  t.match(await reverse(payment, { reversal_date: '2026-03-01' }), {
    status: 422,
    body: { errors: [{ code: 'before_received_date' }] },
  })
  t.match(await reverse(payment, {}, { 'if-match': '"9"' }), { status: 412 })
  t.match(await reverse({ id: 'pay_00000000000000000000000000' }), {
    status: 404,
    body: { code: 'payment_not_found' },
  })
  const replies = await Promise.all(Array.from({ length: 6 }, () => reverse(payment)))
  t.same(replies.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409])
  t.equal(replies.find(({ status }) => status === 409)?.body.code, 'payment_already_reversed')
})

t.test(
  'an item that was open again is settled from that day on, whenever the money came',
  async (t) => {
    const customer = await make.customer()
    await make.invoice(customer)
    await reverse(await make.payment(customer), { reversal_date: '2026-03-06' })
    const second = await make.payment(customer, { received_date: '2026-03-03' })
    t.match(second.allocations, [{ effective_date: '2026-03-06' }])
    const rows = async (day: string) =>
      (await make.get(`/v1/reports/aging?as_of_date=${day}&customer_id=${customer.id}`)).rows
    t.match(await rows('2026-03-02'), [], 'the first payment had settled it')
    t.match(
      await rows('2026-03-05'),
      [{ total_amount: 0, unallocated_amount: 10_000 }],
      'the second was not needed yet',
    )
    t.match(await rows('2026-03-06'), [])
  },
)

t.test('what was reversed is free to be paid again', async (t) => {
  const customer = await make.customer()
  const invoice = await make.invoice(customer)
  for (let time = 0; time < 3; time += 1) {
    const payment = await make.payment(customer)
    t.equal((await make.get(`/v1/invoices/${invoice.id}`)).status, 'paid')
    await reverse(payment)
    t.equal((await make.get(`/v1/invoices/${invoice.id}`)).status, 'issued')
  }
})

t.test('dunning resumes where it stood, not from the beginning', async (t) => {
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const customer = await make.customer()
  const invoice = await make.invoice(customer, { due_date: '2026-03-10' })
  await clock.advance('2026-03-16')
  t.equal((await make.get(`/v1/invoices/${invoice.id}`)).dunning_level, 1)
  const payment = await make.payment(customer, { received_date: '2026-03-16' })
  t.match(
    await make.get(`/v1/invoices/${invoice.id}`),
    { status: 'paid', dunning_level: 1 },
    'payment lowers no level',
  )
  await clock.advance('2026-03-27')
  await reverse(payment)
  t.match(await make.get(`/v1/invoices/${invoice.id}/dunning`), {
    level: 1,
    items: [{ outcome: 'escalate', next_level: 2 }],
  })
  await clock.advance('2026-03-28')
  const levels = (await tenant.events('dunning.level_changed')).filter(
    ({ data }) => data.object.invoice_id === invoice.id,
  )
  t.same(
    levels.map(({ data }) => data.object.level),
    [1, 2],
  )
  t.equal(
    (await tenant.events('invoice.overdue')).filter(({ data }) => data.object.id === invoice.id)
      .length,
    1,
  )
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})
