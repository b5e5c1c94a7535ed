import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-20')
const URL = '/v1/allocation-settings'

t.test('where nobody has said anything the defaults apply', async (t) => {
  t.match(await make.get(URL), {
    id: null,
    version: 0,
    customer_id: null,
    rules: [
      'reference',
      'exact_amount',
      'exact_balance',
      'exact_overdue',
      'subset',
      'oldest_first',
    ],
    tolerances: { length: 0 },
    use_unallocated: false,
    said: { length: 0 },
  })
})

t.test(
  'a customer’s settings come before the tenant’s, which come before the defaults',
  async (t) => {
    const customer = await make.customer()
    const own = `/v1/customers/${customer.id}/allocation-settings`
    t.match(await make.get(own), { version: 0, jurisdiction: 'DE', discount_grace_days: 0 })
    const tolerances = [
      { currency: 'EUR', short_amount: 100, short_percent: null, over_amount: 50 },
    ]
    t.match(await make.patch(URL, { tolerances, discount_grace_days: 2 }), {
      version: 1,
      tolerances,
      said: ['discount_grace_days', 'tolerances'],
    })
    t.match(await api('PUT', own, { discount_grace_days: 3, rules: ['reference'] }), {
      status: 200,
      body: { version: 1, discount_grace_days: 3, rules: ['reference'], tolerances },
    })
    t.match(await make.patch(URL, { discount_grace_days: null }), {
      version: 2,
      discount_grace_days: 0,
      said: ['tolerances'],
    })
    t.match(await api('PUT', own, { rules: ['oldest_first'] }, { 'if-match': '"7"' }), {
      status: 412,
    })
    t.match(await api('DELETE', own), { status: 204 })
    t.match(await api('DELETE', own), { status: 204 })
    t.match(await make.get(own), { version: 0, discount_grace_days: 0, said: { length: 0 } })
    t.match(await api('PATCH', URL, { rules: ['subset', 'subset'] }), {
      status: 422,
      body: { errors: [{ pointer: '#/rules/1', code: 'twice' }] },
    })
    t.match(await api('GET', '/v1/customers/cus_00000000000000000000000000/allocation-settings'), {
      status: 404,
    })
    const told = (await tenant.events()).map(({ type }) => type)
    t.same(
      told.filter((type) => type.startsWith('allocation_settings')),
      [
        'allocation_settings.updated',
        'allocation_settings.updated',
        'allocation_settings.updated',
        'allocation_settings.deleted',
      ],
    )
  },
)

t.test(
  'what is a little short or over is cleared and booked, and comes back with a reversal',
  async (t) => {
    const customer = await make.customer()
    const invoice = await make.invoice(customer)
    const short = await make.payment(customer, { amount: 9_900, reference: invoice.number })
    t.match(short.allocations, [{ deductions: [{ kind: 'payment_difference', amount: 100 }] }])
    t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'paid', deducted_amount: 100 })
    const other = await make.invoice(customer)
    const over = await make.payment(customer, { amount: 10_050, reference: other.number })
    t.match(over, { difference_amount: 50, unallocated_amount: 0, allocated_amount: 10_000 })
    for (const { id } of [short, over])
      t.match(await api('POST', `/v1/payments/${id}/reversal`, { reason: 'returned' }), {
        body: {
          status: 'reversed',
          difference_amount: 0,
          reversed_amount: id === over.id ? 10_050 : 9_900,
        },
      })
    t.match(await make.get(`/v1/invoices/${invoice.id}`), {
      open_amount: 10_000,
      deducted_amount: 0,
    })
    t.match((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [
      { open_amount: 20_000, unallocated_amount: 0 },
    ])
  },
)

t.test(
  'the law of the customer’s country orders the debts, where the settings say so',
  async (t) => {
    await make.patch(URL, { rules: ['imputation'] })
    const customer = await make.customer({ country: 'NL' })
    await make.invoice(customer)
    const { allocations } = await make.payment(customer, { amount: 100 })
    t.match(allocations, [
      { rule: 'imputation', reason: { basis: /6:43/, sentence: /The law says/ } },
    ])
    await make.patch(URL, { rules: null })
  },
)

t.test('unallocated money and credit pay later invoices when the settings say so', async (t) => {
  const customer = await make.customer()
  const payment = await make.payment(customer, { amount: 4_000 })
  const note = await make.creditNote(customer, { total_amount: 3_000 })
  t.match(await make.invoice(customer), { open_amount: 10_000 }, 'nobody has asked for it')
  await api('PUT', `/v1/customers/${customer.id}/allocation-settings`, { use_unallocated: true })
  const draft = await make.invoice(customer, { issue: false, issue_date: '2026-03-05' })
  t.match(draft, { status: 'draft', open_amount: 0 })
  const { body } = await api('POST', `/v1/invoices/${draft.id}/issue`, {})
  t.match(body, { open_amount: 3_000, paid_amount: 4_000, credited_amount: 3_000 })
  t.match(await make.get(`/v1/payments/${payment.id}`), {
    unallocated_amount: 0,
    allocations: [
      { rule: 'unallocated', effective_date: '2026-03-05', reason: { code: 'unallocated' } },
    ],
  })
  t.match(await make.get(`/v1/credit-notes/${note.id}`), { unallocated_amount: 0 })
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true, differences: [] })
})
