import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-20')

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any
const debit = (customer: Json, more: object = {}) =>
  make.payment(customer, {
    status: 'pending',
    account: 'clearing',
    method: 'direct_debit',
    received_date: '2026-03-25',
    end_to_end_id: 'E2E-1',
    ...more,
  })
const balances = async ({ id }: Json) => (await make.get(`/v1/customers/${id}/balance`)).balances
const receive = ({ id }: Json, more: object = {}) =>
  api('POST', `/v1/payments/${id}/receipt`, { received_date: '2026-03-18', ...more })

t.test('a pending payment is not here yet: no entry, nothing to use', async (t) => {
  const customer = await make.customer()
  const invoice = await make.invoice(customer)
  const payment = await debit(customer)
  t.match(payment, {
    status: 'pending',
    amount: 10_000,
    allocated_amount: 0,
    unallocated_amount: 0,
    allocations: { length: 0 },
  })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { open_amount: 10_000 })
  t.same((await make.get(`/v1/ledger/entries?source_id=${payment.id}`)).data, [])
  t.match(await api('POST', `/v1/payments/${payment.id}/allocations`, {}), {
    status: 409,
    body: { code: 'invalid_state' },
  })
  t.match(
    await api('POST', '/v1/payments', {
      customer_id: customer.id,
      currency: 'EUR',
      amount: 1,
      received_date: '2026-03-25',
      method: 'direct_debit',
      status: 'pending',
      allocations: [{ invoice_id: invoice.id, amount: 1 }],
    }),
    { status: 422, body: { errors: [{ pointer: '#/allocations', code: 'pending' }] } },
  )
})

t.test(
  'once received it is entered in clearing, allocated, provisional, and cleared by the bank',
  async (t) => {
    const customer = await make.customer()
    const invoice = await make.invoice(customer)
    const payment = await debit(customer)
    t.match(await receive(payment, { received_date: '2026-03-21' }), {
      body: { code: 'date_in_future' },
    })
    const { body } = await receive(payment, {
      provisional_until_date: '2026-05-13',
      allocations: [{ item_id: invoice.open_items[0].id, amount: 10_000 }],
    })
    t.match(body, {
      status: 'received',
      version: 3,
      received_date: '2026-03-18',
      provisional_until_date: '2026-05-13',
      account: 'clearing',
      allocations: [{ invoice_id: invoice.id, rule: 'designated' }],
    })
    t.match(await receive(payment), { status: 409, body: { code: 'invalid_state' } })
    const clear = (more: object) =>
      api('POST', `/v1/payments/${payment.id}/clearing`, { cleared_date: '2026-03-19', ...more })
    t.match(await clear({ cleared_date: '2026-03-17' }), { status: 422 })
    t.match(await clear({ charges_amount: 10_001 }), { status: 422 })
    t.match(await clear({ charges_amount: 150 }), {
      status: 200,
      body: { account: 'cash', version: 4 },
    })
    t.match(await clear({}), { status: 409 })
    const entries = (await make.get(`/v1/ledger/entries?source_id=${payment.id}`)).data
    t.same(entries.map((one: Json) => [one.debit_account, one.credit_account, one.amount]).sort(), [
      ['bank_charges', 'clearing', 150],
      ['cash', 'clearing', 9_850],
      ['clearing', 'unallocated', 10_000],
      ['unallocated', 'receivable', 10_000],
    ])
    t.match((await make.get('/v1/payments?end_to_end_id=E2E-1&status=received')).data, [
      { id: payment.id },
    ])
  },
)

t.test(
  'one that fails is reversed without an entry; the customer may be charged for it',
  async (t) => {
    const customer = await make.customer()
    await make.invoice(customer)
    const payment = await debit(customer)
    const { body } = await api('POST', `/v1/payments/${payment.id}/reversal`, {
      reason: 'Insufficient funds',
      reason_code: 'AM04',
      fee_amount: 500,
      bank_charges_amount: 300,
    })
    t.match(body, {
      status: 'reversed',
      reversed_amount: 10_000,
      reversal_reason_code: 'AM04',
      reversal_date: '2026-03-20',
    })
    t.match(await balances(customer), [{ open_amount: 10_500, unallocated_amount: 0 }])
    const entries = (await make.get(`/v1/ledger/entries?source_id=${payment.id}`)).data
    t.match(entries, [{ debit_account: 'bank_charges', credit_account: 'clearing', amount: 300 }])
    t.match((await tenant.events('charge.claimed')).at(-1).data.object, {
      charge_kind: 'fee',
      total_amount: 500,
      customer_id: customer.id,
    })
    t.match(await receive(payment), { status: 409 })
  },
)

t.test('what had been refunded before a return is claimed as an item of its own', async (t) => {
  const customer = await make.customer()
  const invoice = await make.invoice(customer, { total_amount: 6_000 })
  const payment = await make.payment(customer, { account: 'clearing', received_date: '2026-03-03' })
  const refund = await make.refund({ payment_id: payment.id }, { amount: 4_000 })
  accepted(await api('POST', `/v1/refunds/${refund.id}/pay`, {}))
  const { body } = await api('POST', `/v1/payments/${payment.id}/reversal`, {
    reason: 'Returned',
    reason_code: 'MD06',
    reversal_date: '2026-03-20',
  })
  t.match(body, { status: 'reversed', reversed_amount: 6_000, refunded_amount: 4_000 })
  t.match(await balances(customer), [{ open_amount: 10_000, unallocated_amount: 0 }])
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'issued', open_amount: 6_000 })
  t.match((await tenant.events('charge.claimed')).at(-1).data.object, {
    charge_kind: 'returned_payment',
    total_amount: 4_000,
  })
  t.match(await make.payment(customer, { amount: 10_000 }), {
    allocations: [{ rule: 'exact_balance' }, { rule: 'exact_balance', invoice_id: null }],
  })
})

t.test('a push that says a pending payment is received takes it in, once', async (t) => {
  const customer = await make.customer()
  const invoice = await make.invoice(customer)
  const put = (more: object) =>
    api('PUT', '/v1/payments/by-external-id/DD-77', {
      customer_id: customer.id,
      currency: 'EUR',
      amount: 10_000,
      account: 'clearing',
      method: 'direct_debit',
      received_date: '2026-03-25',
      ...more,
    })
  t.match(await put({ status: 'pending' }), { status: 201, body: { status: 'pending' } })
  t.match(await put({ received_date: '2026-03-18', account: 'cash' }), {
    status: 409,
    body: { code: 'external_id_taken' },
  })
  const received = { status: 'received', received_date: '2026-03-18' }
  t.match(await put(received), {
    status: 200,
    body: { ...received, allocated_amount: 10_000, allocations: [{ invoice_id: invoice.id }] },
  })
  t.match(await put(received), { status: 200, body: { version: 3, allocated_amount: 10_000 } })
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true, differences: [] })
})
