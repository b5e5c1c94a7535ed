import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-10')
const customer = await make.customer()
let count = 0
const credit = (more: object, query = '') =>
  api('POST', `/v1/credit-notes${query}`, {
    customer_id: customer.id,
    number: `K-${++count}`,
    currency: 'EUR',
    issue_date: '2026-03-05',
    total_amount: 3_000,
    ...more,
  })

t.test(
  'a credit note settles what is open of its invoice, the earliest due date first',
  async (t) => {
    const invoice = await make.invoice(customer, {
      instalments: [
        { due_date: '2026-04-01', amount: 2_000 },
        { due_date: '2026-05-01', amount: 8_000 },
      ],
    })
    const { status, body } = await credit({
      invoice_id: invoice.id,
      tax_amount: 479,
      reason: 'returned goods',
    })
    t.match(
      { status, body },
      {
        status: 201,
        body: {
          allocated_amount: 3_000,
          unallocated_amount: 0,
          version: 2,
          reason: 'returned goods',
        },
      },
    )
    t.match(await make.get(`/v1/invoices/${invoice.id}`), {
      status: 'issued',
      open_amount: 7_000,
      credited_amount: 3_000,
      paid_amount: 0,
      open_items: [
        { open_amount: 0, credited_amount: 2_000 },
        { open_amount: 7_000, credited_amount: 1_000 },
      ],
    })
    const entries = (await make.get(`/v1/ledger/entries?source_id=${body.id}`)).data
    const shown = entries.map(
      (entry: Record<string, unknown>) =>
        `${entry.debit_account} ${entry.credit_account} ${entry.amount}`,
    )
    t.same(shown.sort(), [
      'output_tax unallocated 479',
      'sales_deductions unallocated 2521',
      'unallocated receivable 1000',
      'unallocated receivable 2000',
    ])
  },
)

t.test(
  'what it credits beyond what is open stays unallocated, and the invoice is paid',
  async (t) => {
    const buyer = await make.customer()
    const invoice = await make.invoice(buyer)
    await make.payment(buyer, { amount: 8_000 })
    const note = await make.creditNote(buyer, { invoice_id: invoice.id, total_amount: 10_000 })
    t.match(note, { allocated_amount: 2_000, unallocated_amount: 8_000 })
    t.match(await make.get(`/v1/invoices/${invoice.id}`), {
      status: 'paid',
      open_amount: 0,
      paid_amount: 8_000,
      credited_amount: 2_000,
    })
    t.match((await make.get(`/v1/customers/${buyer.id}/balance`)).balances, [
      { open_amount: 0, unallocated_amount: 8_000 },
    ])
    const paid = (await tenant.events('invoice.paid')).filter(
      ({ data }) => data.object.id === invoice.id,
    )
    t.equal(paid.length, 1)
  },
)

t.test('without an invoice it is the customer’s to use', async (t) => {
  const { body } = await credit({})
  t.match(body, { invoice_id: null, allocated_amount: 0, unallocated_amount: 3_000, version: 1 })
})

t.test('an invoice that is paid already can still be credited', async (t) => {
  const buyer = await make.customer()
  const invoice = await make.invoice(buyer)
  await make.payment(buyer)
  t.match(await make.creditNote(buyer, { invoice_id: invoice.id }), {
    allocated_amount: 0,
    unallocated_amount: 10_000,
  })
})

t.test('what does not fit is refused', async (t) => {
  const invoice = await make.invoice(customer)
  const draft = await make.invoice(customer, { issue: false })
  const voided = await make.invoice(customer)
  await api('POST', `/v1/invoices/${voided.id}/void`, { reason: 'x' })
  const foreign = await make.invoice(await make.customer())
  const first = (await credit({ number: 'TAKEN', external_id: 'E' })).body
  for (const [more, status, code] of [
    [{ invoice_id: invoice.id, currency: 'USD' }, 422, 'currency_mismatch'],
    [{ invoice_id: foreign.id }, 422, 'customer_mismatch'],
    [{ invoice_id: draft.id }, 409, 'invalid_state'],
    [{ invoice_id: voided.id }, 409, 'invalid_state'],
    [{ invoice_id: 'inv_00000000000000000000000000' }, 404, 'invoice_not_found'],
    [{ customer_id: 'cus_00000000000000000000000000' }, 404, 'customer_not_found'],
    [{ issue_date: '2026-03-11' }, 422, 'date_in_future'],
    [{ tax_amount: 3_001 }, 422, 'validation_failed'],
    [{ lines: [{ description: 'x', net_amount: 2_999 }] }, 422, 'validation_failed'],
    [{ number: 'TAKEN' }, 409, 'credit_note_number_taken'],
    [{ external_id: 'E' }, 409, 'external_id_taken'],
  ] as const)
    t.match(await credit(more), { status, body: { code } }, JSON.stringify(more))
  t.match(await credit({ number: 'TAKEN' }), { body: { conflicting_id: first.id } })
})

t.test('of its fields only the metadata can change', async (t) => {
  const { body } = await credit({ metadata: { a: '1' } })
  t.match(await api('PATCH', `/v1/credit-notes/${body.id}`, { metadata: { a: null, b: '2' } }), {
    status: 200,
    body: { version: 2, metadata: { b: '2' } },
  })
  t.match(await api('PATCH', `/v1/credit-notes/${body.id}`, { total_amount: 1 }), { status: 422 })
  t.match(
    await api('PATCH', `/v1/credit-notes/${body.id}`, { metadata: {} }, { 'if-match': '"1"' }),
    { status: 412 },
  )
})

t.test('a dry run keeps nothing', async (t) => {
  const invoice = await make.invoice(customer)
  const { body } = await credit({ invoice_id: invoice.id }, '?dry_run=true')
  t.match(body, { allocated_amount: 3_000 })
  t.match(await api('GET', `/v1/credit-notes/${body.id}`), {
    status: 404,
    body: { code: 'credit_note_not_found' },
  })
  t.equal((await make.get(`/v1/invoices/${invoice.id}`)).open_amount, 10_000)
})

t.test('ten credit notes racing for one invoice never take back more than is open', async (t) => {
  const buyer = await make.customer()
  const invoice = await make.invoice(buyer)
  const notes = await Promise.all(
    Array.from({ length: 10 }, () =>
      make.creditNote(buyer, { invoice_id: invoice.id, total_amount: 1_500 }),
    ),
  )
  t.equal(
    notes.reduce((total, note) => total + note.allocated_amount, 0),
    10_000,
  )
  t.match(await make.get(`/v1/invoices/${invoice.id}`), {
    status: 'paid',
    open_amount: 0,
    credited_amount: 10_000,
  })
})

t.test('notes are listed by customer, invoice and number', async (t) => {
  const buyer = await make.customer()
  const invoice = await make.invoice(buyer)
  const note = await make.creditNote(buyer, { invoice_id: invoice.id, number: 'LIST' })
  for (const query of [`customer_id=${buyer.id}`, `invoice_id=${invoice.id}`, 'number=LIST'])
    t.same(
      (await make.get(`/v1/credit-notes?${query}`)).data.map(({ id }: { id: string }) => id),
      [note.id],
      query,
    )
})

const threeParts = () => ({
  instalments: [
    { due_date: '2026-04-01', amount: 2_000 },
    { due_date: '2026-05-01', amount: 3_000 },
    { due_date: '2026-06-01', amount: 5_000 },
  ],
})

t.test(
  'it takes back of the items it names what it says, and of the others what is left',
  async (t) => {
    const invoice = await make.invoice(customer, threeParts())
    const [, second, third] = invoice.open_items
    const { status, body } = await credit({
      invoice_id: invoice.id,
      total_amount: 4_500,
      items: [
        { item_id: third.id, amount: 1_000 },
        { item_id: second.id, amount: 500 },
      ],
    })
    t.match(
      { status, body },
      { status: 201, body: { allocated_amount: 4_500, unallocated_amount: 0 } },
    )
    t.match(await make.get(`/v1/invoices/${invoice.id}`), {
      open_items: [{ open_amount: 0 }, { open_amount: 1_500 }, { open_amount: 4_000 }],
    })
    t.match(
      await credit({
        invoice_id: invoice.id,
        total_amount: 2_000,
        items: [{ item_id: second.id, amount: 1_501 }],
      }),
      {
        status: 409,
        body: { code: 'insufficient_open_amount', item_id: second.id, open_amount: 1_500 },
      },
      'in full, or not at all',
    )
    t.match(
      await credit({
        invoice_id: invoice.id,
        total_amount: 1_999,
        items: [
          { item_id: third.id, amount: 1_000 },
          { item_id: third.id, amount: 1_000 },
        ],
      }),
      { status: 422, body: { code: 'amounts_do_not_add_up', errors: [{ pointer: '#/items' }] } },
    )
    const several = await credit({ invoice_id: invoice.id, total_amount: 5_500 })
    t.match(
      several.body,
      { allocated_amount: 5_500 },
      'several notes credit one invoice, until nothing is open',
    )
    t.match(await make.get(`/v1/invoices/${invoice.id}`), {
      status: 'paid',
      credited_amount: 10_000,
    })
  },
)

t.test('without an invoice it may name any item of its customer', async (t) => {
  const buyer = await make.customer()
  const [one, two] = [await make.invoice(buyer), await make.invoice(buyer)]
  const note = await make.creditNote(buyer, {
    total_amount: 3_000,
    items: [one, two].map(({ open_items: [item] }) => ({ item_id: item.id, amount: 1_000 })),
  })
  t.match(note, { allocated_amount: 2_000, unallocated_amount: 1_000 })
  t.match(await make.get(`/v1/invoices/${two.id}`), { credited_amount: 1_000 })
})

t.test('the excess is split explicitly, and has to add up', async (t) => {
  const buyer = await make.customer()
  const invoice = await make.invoice(buyer)
  await make.payment(buyer, { amount: 8_000 })
  const issue = (excess: object, query = '') =>
    api('POST', `/v1/credit-notes${query}`, {
      customer_id: buyer.id,
      invoice_id: invoice.id,
      number: `X-${++count}`,
      currency: 'EUR',
      issue_date: '2026-03-05',
      total_amount: 10_000,
      excess,
    })
  for (const excess of [
    { unallocated_amount: 8_001, refund_amount: 0 },
    { unallocated_amount: 1_000, refund_amount: 5_000 },
  ])
    t.match(await issue(excess), {
      status: 422,
      body: {
        code: 'amounts_do_not_add_up',
        errors: [{ pointer: '#/excess', params: { expected: 8_000 } }],
      },
    })
  t.match(
    await make.get(`/v1/invoices/${invoice.id}`),
    { open_amount: 2_000 },
    'a refusal leaves nothing',
  )
  const { status, body } = await issue({ unallocated_amount: 3_000, refund_amount: 5_000 })
  t.match(
    { status, body },
    {
      status: 201,
      body: {
        allocated_amount: 2_000,
        unallocated_amount: 3_000,
        refunded_amount: 5_000,
        version: 3,
      },
    },
  )
  t.match((await make.get(`/v1/refunds?credit_note_id=${body.id}`)).data, [
    { status: 'approved', amount: 5_000, reference: body.number, approval_date: '2026-03-10' },
  ])
  t.match((await make.get(`/v1/customers/${buyer.id}/balance`)).balances, [
    { open_amount: 0, unallocated_amount: 3_000 },
  ])
})

t.test('an item that is not its own is refused', async (t) => {
  const buyer = await make.customer()
  const invoice = await make.invoice(customer)
  const other = await make.invoice(customer)
  const foreign = await make.invoice(buyer)
  const dollars = await make.invoice({ ...customer, currency: 'USD' })
  for (const [item_id, invoice_id, status, code] of [
    [other.open_items[0].id, invoice.id, 422, 'validation_failed'],
    [foreign.open_items[0].id, undefined, 422, 'customer_mismatch'],
    [dollars.open_items[0].id, undefined, 422, 'currency_mismatch'],
    ['itm_00000000000000000000000000', undefined, 404, 'open_item_not_found'],
  ] as const)
    t.match(await credit({ invoice_id, items: [{ item_id, amount: 1 }] }), {
      status,
      body: { code },
    })
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})
