import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-20')

const pay = (customer: { id: string; currency: string }, more: object = {}, query = '') =>
  api('POST', `/v1/payments${query}`, {
    customer_id: customer.id,
    currency: customer.currency,
    amount: 10_000,
    received_date: '2026-03-18',
    method: 'bank_transfer',
    ...more,
  })
const open = async (invoice: { id: string }): Promise<number> =>
  (await make.get(`/v1/invoices/${invoice.id}`)).open_amount

t.test('money goes where the payer said, and nowhere else', async (t) => {
  const customer = await make.customer()
  const [first, second, third] = [
    await make.invoice(customer),
    await make.invoice(customer),
    await make.invoice(customer),
  ]
  const { status, body, headers } = await pay(customer, {
    amount: 20_000,
    external_id: 'BANK-1',
    allocations: [
      { invoice_id: second.id, amount: 10_000 },
      { invoice_id: third.id, amount: 2_500 },
    ],
  })
  t.equal(status, 201)
  t.equal(headers.location, `/v1/payments/${body.id}`)
  t.match(body, {
    version: 2,
    status: 'received',
    external_id: 'BANK-1',
    allocated_amount: 12_500,
    unallocated_amount: 7_500,
    allocations: [
      { invoice_id: second.id, amount: 10_000, rule: 'designated', effective_date: '2026-03-18' },
      { invoice_id: third.id, amount: 2_500, rule: 'designated' },
    ],
  })
  t.same([await open(first), await open(second), await open(third)], [10_000, 0, 7_500])
  t.match(await make.get(`/v1/invoices/${second.id}`), { status: 'paid', paid_amount: 10_000 })
  const told = (await tenant.events())
    .filter(({ data }) => [body.id, second.id, third.id].includes(data.object.id))
    .slice(-4)
  t.same(told.map(({ type }) => type).sort(), [
    'invoice.paid',
    'invoice.partly_paid',
    'payment.allocated',
    'payment.received',
  ])
})

t.test('one invoice named twice takes both, its earliest instalment first', async (t) => {
  const customer = await make.customer()
  const invoice = await make.invoice(customer, {
    instalments: [
      { due_date: '2026-05-01', amount: 6_000 },
      { due_date: '2026-04-01', amount: 4_000 },
    ],
  })
  const { body } = await pay(customer, {
    amount: 5_000,
    allocations: [
      { invoice_id: invoice.id, amount: 3_000 },
      { invoice_id: invoice.id, amount: 2_000 },
    ],
  })
  t.match(body, { allocated_amount: 5_000 })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), {
    open_items: [{ due_date: '2026-04-01', open_amount: 0 }, { open_amount: 5_000 }],
  })
})

t.test('a designation that cannot be met in full refuses the whole payment', async (t) => {
  const customer = await make.customer()
  const [one, other] = [await make.invoice(customer), await make.invoice(customer)]
  t.match(
    await pay(customer, {
      amount: 20_001,
      allocations: [
        { invoice_id: one.id, amount: 10_000 },
        { invoice_id: other.id, amount: 10_001 },
      ],
    }),
    {
      status: 409,
      body: { code: 'insufficient_open_amount', invoice_id: other.id, open_amount: 10_000 },
    },
  )
  t.same([await open(one), await open(other)], [10_000, 10_000])
  t.equal((await make.get(`/v1/payments?customer_id=${customer.id}`)).data.length, 0)
  t.match((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [
    { open_amount: 20_000, unallocated_amount: 0 },
  ])
})

t.test(
  'without a word the rules apply: the reference, then one exact amount, then the oldest',
  async (t) => {
    const customer = await make.customer()
    const make3 = async () => [
      await make.invoice(customer, { due_date: '2026-03-10', total_amount: 3_000 }),
      await make.invoice(customer, { due_date: '2026-03-11', total_amount: 5_000 }),
      await make.invoice(customer, { due_date: '2026-03-12', total_amount: 7_000 }),
    ]
    const [old, middle, late] = await make3()
    const named = await pay(customer, {
      amount: 8_000,
      reference: `Rechnung ${late.number}, danke`,
    })
    t.match(named.body.allocations, [
      { invoice_id: late.id, amount: 7_000, rule: 'reference' },
      { invoice_id: old.id, amount: 1_000, rule: 'oldest_first' },
    ])
    const exact = await pay(customer, { amount: 5_000, reference: 'NOTPROVIDED' })
    t.match(exact.body.allocations, [
      { invoice_id: middle.id, amount: 5_000, rule: 'exact_amount' },
    ])
    const rest = await pay(customer, { amount: 2_500 })
    t.match(rest.body, {
      allocated_amount: 2_000,
      unallocated_amount: 500,
      allocations: [{ invoice_id: old.id, amount: 2_000, rule: 'oldest_first' }],
    })
  },
)

t.test('an invoice number counts only as a word of its own', async (t) => {
  const customer = await make.customer()
  const [short, long] = [
    await make.invoice(customer, { number: 'X-1', due_date: '2026-03-10' }),
    await make.invoice(customer, { number: 'X-12', due_date: '2026-03-11' }),
  ]
  t.match((await pay(customer, { amount: 4_000, reference: 'x-12' })).body.allocations, [
    { invoice_id: long.id, rule: 'reference' },
  ])
  t.match((await pay(customer, { amount: 4_000, reference: 'X-123 X-11' })).body.allocations, [
    { invoice_id: short.id, rule: 'oldest_first' },
  ])
  t.match((await pay(customer, { amount: 1_000, reference: '#X-12; (X-1).' })).body.allocations, [
    { invoice_id: short.id, rule: 'reference' },
  ])
})

t.test('nothing is allocated when nobody wants it, or when nothing is open', async (t) => {
  const customer = await make.customer()
  t.match((await pay(customer)).body, {
    allocated_amount: 0,
    unallocated_amount: 10_000,
    allocations: [],
    version: 1,
  })
  const invoice = await make.invoice(customer)
  t.match((await pay(customer, { allocate: 'none' })).body, { unallocated_amount: 10_000 })
  t.match((await pay(customer, { allocations: [] })).body, { unallocated_amount: 10_000 })
  t.equal(await open(invoice), 10_000)
})

t.test('currencies never mix', async (t) => {
  const customer = await make.customer()
  const euros = await make.invoice(customer)
  const dollars = await make.invoice(customer, { currency: 'USD' })
  t.match(
    await pay(customer, { currency: 'USD', allocations: [{ invoice_id: euros.id, amount: 1 }] }),
    {
      status: 422,
      body: {
        code: 'currency_mismatch',
        errors: [
          { pointer: '#/allocations/0/invoice_id', params: { expected: 'EUR', actual: 'USD' } },
        ],
      },
    },
  )
  t.match((await pay(customer, { currency: 'GBP', reference: euros.number })).body, {
    allocated_amount: 0,
    unallocated_amount: 10_000,
  })
  t.match((await pay(customer, { currency: 'USD', amount: 15_000 })).body, {
    allocated_amount: 10_000,
    unallocated_amount: 5_000,
  })
  t.same([await open(euros), await open(dollars)], [10_000, 0])
  t.match((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [
    { currency: 'EUR', open_amount: 10_000, unallocated_amount: 0 },
    { currency: 'GBP', open_amount: 0, unallocated_amount: 10_000 },
    { currency: 'USD', open_amount: 0, unallocated_amount: 5_000 },
  ])
})

t.test('what does not fit is refused, and says why', async (t) => {
  const customer = await make.customer()
  const invoice = await make.invoice(customer)
  const draft = await make.invoice(customer, { issue: false })
  const foreign = await make.invoice(await make.customer())
  const to = ({ id }: { id: string }, amount = 1) => ({ allocations: [{ invoice_id: id, amount }] })
  const first = (await pay(customer, { external_id: 'E', allocate: 'none' })).body
  for (const [more, status, code] of [
    [to(foreign), 422, 'customer_mismatch'],
    [to(draft), 409, 'invalid_state'],
    [to({ id: 'inv_00000000000000000000000000' }), 404, 'invoice_not_found'],
    [to(invoice, 10_001), 422, 'amounts_do_not_add_up'],
    [{ received_date: '2026-03-21' }, 422, 'date_in_future'],
    [{ customer_id: 'cus_00000000000000000000000000' }, 404, 'customer_not_found'],
    [{ external_id: 'E' }, 409, 'external_id_taken'],
    [{ amount: 0 }, 422, 'validation_failed'],
    [{ method: 'barter' }, 422, 'validation_failed'],
    [{ amount: Number.MAX_SAFE_INTEGER }, 422, 'amount_out_of_range'],
  ] as const)
    t.match(await pay(customer, more), { status, body: { code } }, JSON.stringify(more))
  t.match(await pay(customer, { external_id: 'E' }), { body: { conflicting_id: first.id } })
  t.equal(await open(invoice), 10_000)
})

t.test(
  'our late matching costs the customer nothing: an allocation counts when money and claim both do',
  async (t) => {
    const customer = await make.customer()
    const invoice = await make.invoice(customer, { issue_date: '2026-03-10' })
    const early = await pay(customer, { amount: 4_000, received_date: '2026-03-05' })
    const late = await pay(customer, { amount: 6_000, received_date: '2026-03-12' })
    t.match(early.body.allocations, [{ effective_date: '2026-03-10' }])
    t.match(late.body.allocations, [{ effective_date: '2026-03-12' }])
    const aging = async (day: string) =>
      (await make.get(`/v1/reports/aging?as_of_date=${day}&customer_id=${customer.id}`)).rows
    t.match(await aging('2026-03-04'), [])
    t.match(await aging('2026-03-09'), [{ total_amount: 0, unallocated_amount: 4_000 }])
    t.match(await aging('2026-03-10'), [{ total_amount: 6_000, unallocated_amount: 0 }])
    t.match(await aging('2026-03-12'), [])
    t.equal(await open(invoice), 0)
  },
)

t.test('a dry run shows the allocation and keeps nothing', async (t) => {
  const customer = await make.customer()
  const invoice = await make.invoice(customer)
  const { body } = await pay(customer, {}, '?dry_run=true')
  t.match(body, { allocated_amount: 10_000, allocations: [{ invoice_id: invoice.id }] })
  t.match(await api('GET', `/v1/payments/${body.id}`), {
    status: 404,
    body: { code: 'payment_not_found' },
  })
  t.equal(await open(invoice), 10_000)
})

t.test('of a payment only the metadata can change, and lists find it', async (t) => {
  const customer = await make.customer()
  const { body } = await pay(customer, { external_id: 'LIST', metadata: { a: '1' } })
  t.match(await api('PATCH', `/v1/payments/${body.id}`, { metadata: { a: null } }), {
    status: 200,
    body: { metadata: {}, version: 2 },
  })
  t.match(await api('PATCH', `/v1/payments/${body.id}`, { metadata: { a: null } }), {
    status: 200,
    body: { version: 2 },
  })
  t.match(await api('PATCH', `/v1/payments/${body.id}`, { amount: 1 }), { status: 422 })
  for (const query of [
    'external_id=LIST',
    `customer_id=${customer.id}&unallocated=true`,
    `customer_id=${customer.id}&status=received`,
    `customer_id=${customer.id}&received_date_gte=2026-03-18&received_date_lte=2026-03-18`,
  ])
    t.same(
      (await make.get(`/v1/payments?${query}`)).data.map(({ id }: { id: string }) => id),
      [body.id],
      query,
    )
  t.same((await make.get(`/v1/payments?customer_id=${customer.id}&unallocated=false`)).data, [])
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})
