import t from 'tap'
import { addDays } from '../../src/foundation/calendar.ts'
import { appOn, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-20')

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any
const onAccount = (customer: Json, more: object = {}) =>
  make.payment(customer, { allocate: 'none', received_date: '2026-03-10', ...more })
const allocate = ({ id }: Json, allocations?: object[], query = '') =>
  api('POST', `/v1/payments/${id}/allocations${query}`, allocations ? { allocations } : {})
const undo = ({ id }: Json, more: object = {}) => api('POST', `/v1/allocations/${id}/undo`, more)
const invoiceOf = ({ id }: Json) => make.get(`/v1/invoices/${id}`)

t.test('money on account is allocated as told, or by the rules, and says why', async (t) => {
  const customer = await make.customer()
  const [first, second] = [await make.invoice(customer), await make.invoice(customer)]
  const payment = await onAccount(customer, { amount: 15_000 })
  const told = [{ item_id: second.open_items[0].id, amount: 4_000 }]
  t.match(await allocate(payment, told, '?dry_run=true'), {
    status: 200,
    body: { unallocated_amount: 11_000, allocations: [{ amount: 4_000 }] },
  })
  t.match(await make.get(`/v1/payments/${payment.id}`), { version: 1, unallocated_amount: 15_000 })
  t.match(await allocate(payment, told), {
    status: 200,
    body: {
      version: 2,
      allocated_amount: 4_000,
      unallocated_amount: 11_000,
      allocations: [
        {
          item_id: second.open_items[0].id,
          rule: 'designated',
          reason: { code: 'designated', sentence: /Told so/ },
          effective_date: '2026-03-10',
        },
      ],
    },
  })
  t.match(await allocate(payment), {
    status: 200,
    body: {
      unallocated_amount: 0,
      allocations: [
        { amount: 4_000 },
        { invoice_id: first.id, amount: 10_000, rule: 'oldest_first' },
        {
          invoice_id: second.id,
          amount: 1_000,
          rule: 'oldest_first',
          reason: { sentence: 'It has the oldest due date of what was left.' },
        },
      ],
    },
  })
  t.match(await allocate(payment), {
    status: 409,
    body: { code: 'insufficient_unallocated_amount' },
  })
  t.same([(await invoiceOf(first)).open_amount, (await invoiceOf(second)).open_amount], [0, 5_000])
})

t.test('what may not be is refused, and nothing of it is kept', async (t) => {
  const [customer, other] = [await make.customer(), await make.customer()]
  const invoice = await make.invoice(customer)
  const foreign = await make.invoice(other)
  const dollars = await make.invoice(customer, { currency: 'USD' })
  const payment = await onAccount(customer)
  const item = invoice.open_items[0].id
  for (const [allocations, status, code] of [
    [[{ item_id: item, amount: 10_001 }], 409, 'insufficient_unallocated_amount'],
    [
      [{ item_id: item, amount: 9_999, deductions: [{ kind: 'discount', amount: 2 }] }],
      409,
      'insufficient_open_amount',
    ],
    [
      [
        { item_id: item, amount: 1 },
        { item_id: foreign.open_items[0].id, amount: 1 },
      ],
      422,
      'customer_mismatch',
    ],
    [[{ invoice_id: dollars.id, amount: 1 }], 422, 'currency_mismatch'],
    [[{ item_id: dollars.open_items[0].id, amount: 1 }], 422, 'currency_mismatch'],
    [[{ item_id: 'itm_00000000000000000000000000', amount: 1 }], 404, 'open_item_not_found'],
    [[{ amount: 1 }], 422, 'validation_failed'],
    [[{ amount: 1, item_id: item, invoice_id: invoice.id }], 422, 'validation_failed'],
  ] as const)
    t.match(await allocate(payment, [...allocations]), { status, body: { code } }, code)
  t.equal((await invoiceOf(invoice)).open_amount, 10_000)
  t.match(await make.get(`/v1/payments/${payment.id}`), { version: 1 })

  accepted(await api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'returned' }))
  t.match(await allocate(payment), { status: 409, body: { code: 'invalid_state' } })
  t.match(await allocate({ id: 'pay_00000000000000000000000000' }), { status: 404 })
})

t.test(
  'an allocation is undone once; its item is open again, its money free from that day',
  async (t) => {
    const customer = await make.customer()
    const [wrong, right] = [await make.invoice(customer), await make.invoice(customer)]
    const payment = await make.payment(customer, { reference: wrong.number })
    const [allocation] = payment.allocations
    t.match(await undo(allocation, { undone_date: '2026-03-21' }), {
      body: { code: 'date_in_future' },
    })
    t.match(await undo(allocation, { undone_date: '2026-03-01' }), {
      body: { errors: [{ code: 'before_effective_date' }] },
    })
    const replies = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        (n % 2 === 0 ? app : replica).call(
          tenant.secret,
          'POST',
          `/v1/allocations/${allocation.id}/undo`,
          {
            undone_date: '2026-03-12',
          },
        ),
      ),
    )
    t.same(replies.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409])
    t.match(replies.find(({ status }) => status === 409)?.body, {
      code: 'allocation_already_undone',
    })
    t.match(await invoiceOf(wrong), {
      status: 'issued',
      open_amount: 10_000,
      due_date: '2026-03-15',
    })
    const again = (await allocate(payment, [{ invoice_id: right.id, amount: 10_000 }])).body
    t.match(again.allocations, [{ invoice_id: right.id, effective_date: '2026-03-12' }])
    const list = async (query: string) =>
      (await make.get(`/v1/allocations?${query}`)).data.map((one: Json) => one.invoice_id)
    t.same(await list(`payment_id=${payment.id}`), [right.id, wrong.id])
    t.same(await list(`payment_id=${payment.id}&undone=true`), [wrong.id])
    t.same(await list(`item_id=${wrong.open_items[0].id}&undone=false`), [])
    t.same(await list(`customer_id=${customer.id}&invoice_id=${right.id}`), [right.id])
    t.match((await tenant.events('payment.allocation_undone')).at(-1).data.object, {
      id: payment.id,
      unallocated_amount: 10_000,
    })
  },
)

t.test('a payment is used otherwise in one commit, or stays as it was', async (t) => {
  const customer = await make.customer()
  const [one, other] = [await make.invoice(customer), await make.invoice(customer)]
  const payment = await make.payment(customer, {
    allocations: [{ invoice_id: one.id, amount: 10_000 }],
  })
  const put = (body: object, headers = {}) =>
    api('PUT', `/v1/payments/${payment.id}/allocations`, body, headers)
  t.match(await put({ allocations: [{ invoice_id: other.id, amount: 10_001 }] }), { status: 409 })
  t.match(
    await put({ allocations: [{ invoice_id: other.id, amount: 1 }] }, { 'if-match': '"1"' }),
    {
      status: 412,
    },
  )
  t.same([(await invoiceOf(one)).status, (await invoiceOf(other)).status], ['paid', 'issued'])
  t.match(
    await put({
      allocations: [{ invoice_id: other.id, amount: 10_000 }],
      undone_date: '2026-03-05',
    }),
    {
      status: 200,
      body: { allocations: [{ invoice_id: other.id, effective_date: '2026-03-05' }] },
    },
  )
  t.same([(await invoiceOf(one)).status, (await invoiceOf(other)).status], ['issued', 'paid'])
  t.match(await put({ allocations: [] }), { body: { unallocated_amount: 10_000, allocations: [] } })
  t.match(await put({}), {
    body: { unallocated_amount: 0, allocations: [{ rule: 'exact_amount' }] },
  })
})

t.test('deductions are booked where they belong, and fall with their allocation', async (t) => {
  const customer = await make.customer()
  const invoice = await make.invoice(customer, {
    total_amount: 11_900,
    tax_amount: 1_900,
    early_payment_discounts: [{ days: 10, percent: '2' }],
  })
  t.match(invoice, {
    creditor_reference: /^RF\d\d/,
    early_payment_discounts: [{ until_date: '2026-03-11', percent: '2' }],
  })
  const payment = await make.payment(customer, {
    amount: 11_662,
    received_date: '2026-03-11',
    reference: invoice.creditor_reference.replace(/(.{4})/g, '$1 '),
  })
  t.match(payment.allocations, [
    {
      amount: 11_662,
      rule: 'reference',
      reason: { code: 'creditor_reference', found: invoice.creditor_reference },
      deductions: [{ kind: 'discount', amount: 238, tax_amount: 38 }],
    },
  ])
  t.match(await invoiceOf(invoice), {
    status: 'paid',
    paid_amount: 11_662,
    discounted_amount: 238,
    open_items: [{ discounted_amount: 238, open_amount: 0 }],
  })
  const entries = (await make.get(`/v1/ledger/entries?source_id=${payment.id}`)).data
  const booked = (account: string) =>
    entries
      .filter((entry: Json) => entry.debit_account === account)
      .map((entry: Json) => entry.amount)
  t.same([booked('discount_allowed'), booked('output_tax')], [[200], [38]])

  accepted(await undo(payment.allocations[0]))
  t.match(await invoiceOf(invoice), { status: 'issued', open_amount: 11_900, discounted_amount: 0 })
  const item_id = invoice.open_items[0].id
  const told = await allocate(payment, [
    {
      item_id,
      amount: 11_662,
      deductions: [
        { kind: 'bank_charges', amount: 100 },
        { kind: 'tax_withheld', amount: 38 },
      ],
    },
  ])
  t.match(told.body.allocations, [
    { deductions: [{ kind: 'bank_charges' }, { kind: 'tax_withheld' }] },
  ])
  t.match(await invoiceOf(invoice), { status: 'issued', open_amount: 100, deducted_amount: 138 })
  accepted(await api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'returned' }))
  t.match(await invoiceOf(invoice), { open_amount: 11_900, deducted_amount: 0, paid_amount: 0 })
})

t.test('money moves between customers, and stays where it is when it cannot', async (t) => {
  const [from, to] = [await make.customer(), await make.customer()]
  const invoice = await make.invoice(to)
  const payment = await onAccount(from, { external_id: 'moved' })
  const transfer = (body: object) => api('POST', `/v1/payments/${payment.id}/transfers`, body)
  t.match(await transfer({ customer_id: from.id, amount: 1 }), { status: 422 })
  t.match(await transfer({ customer_id: to.id, amount: 10_001 }), {
    body: { code: 'insufficient_unallocated_amount' },
  })
  const replies = await Promise.all(
    Array.from({ length: 5 }, () => transfer({ customer_id: to.id, amount: 4_000 })),
  )
  t.same(replies.map(({ status }) => status).sort(), [201, 201, 409, 409, 409])
  const moved = replies.find(({ status }) => status === 201) as Json
  t.match(moved.body, {
    customer_id: to.id,
    external_id: null,
    transferred_from_id: payment.id,
    amount: 4_000,
    unallocated_amount: 4_000,
    received_date: '2026-03-20',
  })
  t.equal(moved.headers.location, `/v1/payments/${moved.body.id}`)
  t.match(await make.get(`/v1/payments/${payment.id}`), {
    transferred_amount: 8_000,
    unallocated_amount: 2_000,
  })
  t.match((await make.get(`/v1/customers/${to.id}/balance`)).balances, [
    { unallocated_amount: 8_000 },
  ])
  t.match(await allocate(moved.body, [{ invoice_id: invoice.id, amount: 4_000 }]), { status: 200 })
  t.match(await api('POST', `/v1/payments/${moved.body.id}/reversal`, { reason: 'x' }), {
    status: 409,
    body: { code: 'invalid_state' },
  })
  const reversed = await api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'returned' })
  t.match(reversed.body, { status: 'reversed', reversed_amount: 2_000, transferred_amount: 8_000 })
  t.match((await make.get(`/v1/customers/${from.id}/balance`)).balances, [
    { open_amount: 8_000, unallocated_amount: 0 },
  ])
})

t.test(
  'what was cleared as too much is there again once nothing is settled any more',
  async (t) => {
    const customer = await make.customer()
    const tolerances = [{ currency: 'EUR', short_amount: 0, short_percent: '1', over_amount: 20 }]
    accepted(await api('PUT', `/v1/customers/${customer.id}/allocation-settings`, { tolerances }))
    const wrong = await make.invoice(customer, { total_amount: 9_990 })
    const payment = await make.payment(customer, { amount: 10_002, reference: wrong.number })
    t.match(payment, { allocated_amount: 9_990, difference_amount: 12, unallocated_amount: 0 })
    const right = await make.invoice(customer, { total_amount: 10_002 })
    const allocations = [{ invoice_id: right.id, amount: 10_002 }]
    t.match(await api('PUT', `/v1/payments/${payment.id}/allocations`, { allocations }), {
      status: 200,
      body: { allocated_amount: 10_002, difference_amount: 0, unallocated_amount: 0 },
    })
    t.match(await invoiceOf(right), { status: 'paid' })

    const other = await make.payment(customer, { amount: 9_995, reference: wrong.number })
    t.match(other, { difference_amount: 5 })
    accepted(await undo(other.allocations[0]))
    t.match(await make.get(`/v1/payments/${other.id}`), {
      allocated_amount: 0,
      difference_amount: 0,
      unallocated_amount: 9_995,
    })
    t.match((await tenant.events('payment.allocation_undone')).at(-1), {
      data: { previous_attributes: { difference_amount: 5, unallocated_amount: 0 } },
    })
    t.match(
      (await allocate(other, [{ invoice_id: wrong.id, amount: 9_990 }])).body,
      { difference_amount: 0, unallocated_amount: 5 },
      'what the payer left is theirs',
    )
  },
)

t.test('one payment settles any number of items', async (t) => {
  const customer = await make.customer()
  const instalments = Array.from({ length: 60 }, (_, n) => ({
    due_date: addDays('2026-04-01', n),
    amount: 100,
  }))
  for (let n = 0; n < 74; n += 1) await make.invoice(customer, { total_amount: 6_000, instalments })
  const payment = await make.payment(customer, { amount: 74 * 6_000 })
  t.match(payment, { unallocated_amount: 0, allocations: { length: 74 * 60 } })
})

t.test(
  'credit is used for other invoices, by the rules or as told; it takes no deduction',
  async (t) => {
    const customer = await make.customer()
    const note = await make.creditNote(customer, { total_amount: 12_000 })
    const [one, other] = [await make.invoice(customer), await make.invoice(customer)]
    const use = (body: object) => api('POST', `/v1/credit-notes/${note.id}/allocations`, body)
    t.match(
      await use({
        allocations: [
          { invoice_id: one.id, amount: 1, deductions: [{ kind: 'discount', amount: 1 }] },
        ],
      }),
      { status: 422, body: { errors: [{ pointer: '#/allocations/0/deductions' }] } },
    )
    const { status, body } = await use({ allocations: [{ invoice_id: other.id, amount: 3_000 }] })
    t.equal(status, 200)
    t.match(body.data, [{ credit_note_id: note.id, payment_id: null, amount: 3_000 }])
    t.match((await use({})).body.data, [
      { invoice_id: one.id, amount: 9_000, rule: 'oldest_first' },
    ])
    t.match(await use({}), { status: 409, body: { code: 'insufficient_unallocated_amount' } })
    accepted(await undo(body.data[0]))
    t.match(await make.get(`/v1/credit-notes/${note.id}`), {
      allocated_amount: 9_000,
      unallocated_amount: 3_000,
    })
    t.match(await invoiceOf(other), { open_amount: 10_000, credited_amount: 0 })
  },
)

t.test('a reversal and an allocation of the same money never both have it', async (t) => {
  for (let round = 0; round < 5; round += 1) {
    const customer = await make.customer()
    const invoice = await make.invoice(customer)
    const payment = await onAccount(customer)
    const [allocated, reversed] = await Promise.all([
      allocate(payment, [{ invoice_id: invoice.id, amount: 10_000 }]),
      replica.call(tenant.secret, 'POST', `/v1/payments/${payment.id}/reversal`, { reason: 'x' }),
    ])
    t.equal(reversed.status, 200)
    t.ok([200, 409].includes(allocated.status))
    t.match(await invoiceOf(invoice), { open_amount: 10_000 })
  }
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true, differences: [] })
})
