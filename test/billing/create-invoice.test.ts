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
const basic = {
  customer_id: customer.id,
  currency: 'EUR',
  issue_date: '2026-03-01',
  due_date: '2026-03-15',
  total_amount: 11_900,
}
let count = 0
const number = () => `N-${++count}`
const create = (more: object, query = '') =>
  api('POST', `/v1/invoices${query}`, { ...basic, ...more })
const entriesOf = async (id: string) => (await make.get(`/v1/ledger/entries?source_id=${id}`)).data

t.test('a draft claims nothing', async (t) => {
  const { status, body, headers } = await create({ external_id: 'D-1' })
  t.match(
    { status, body },
    {
      status: 201,
      body: {
        object: 'invoice',
        version: 1,
        status: 'draft',
        number: null,
        external_id: 'D-1',
        open_amount: 0,
        open_items: [],
        overdue: false,
        days_overdue: 0,
        dunning_level: 0,
        livemode: false,
      },
    },
  )
  t.equal(headers.location, `/v1/invoices/${body.id}`)
  t.same(await entriesOf(body.id), [])
  t.same((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [])
  const [event] = (await tenant.events('invoice.created')).slice(-1)
  t.match(event, { entity_sequence: 1, data: { object: { id: body.id, status: 'draft' } } })
})

t.test('an invoice that is issued at once is one open item, one entry and one event', async (t) => {
  const { body } = await create({ number: number(), issue: true })
  t.match(body, {
    status: 'issued',
    open_amount: 11_900,
    paid_amount: 0,
    due_date: '2026-03-15',
    open_items: [
      {
        kind: 'invoice',
        sequence: 1,
        due_date: '2026-03-15',
        total_amount: 11_900,
        open_amount: 11_900,
        level: 0,
      },
    ],
  })
  t.match(await entriesOf(body.id), [
    {
      happening: 'invoice_issued',
      amount: 11_900,
      debit_account: 'receivable',
      debit_customer_id: customer.id,
      credit_account: 'sales',
      effective_date: '2026-03-01',
      recorded_at: '2026-03-10T08:00:00.000Z',
      item_id: body.open_items[0].id,
      source_id: body.id,
      origin: 'pushed',
      undoes_id: null,
    },
  ])
  const events = await tenant.events('invoice.issued')
  t.equal(events.filter(({ data }) => data.object.id === body.id).length, 1)
})

t.test(
  'tax is an entry of its own, split over the instalments without losing a cent',
  async (t) => {
    const { body } = await create({
      number: number(),
      issue: true,
      tax_amount: 1_900,
      instalments: [
        { due_date: '2026-05-01', amount: 3_967 },
        { due_date: '2026-03-31', amount: 3_966 },
        { due_date: '2026-04-30', amount: 3_967 },
      ],
      due_date: undefined,
    })
    t.same(
      body.open_items.map(
        ({ due_date, total_amount }: { due_date: string; total_amount: number }) => [
          due_date,
          total_amount,
        ],
      ),
      [
        ['2026-03-31', 3_966],
        ['2026-04-30', 3_967],
        ['2026-05-01', 3_967],
      ],
    )
    t.equal(body.due_date, '2026-03-31')
    const entries = await entriesOf(body.id)
    const sum = (account: string) =>
      entries
        .filter(({ credit_account }: { credit_account: string }) => credit_account === account)
        .reduce((total: number, { amount }: { amount: number }) => total + amount, 0)
    t.equal(entries.length, 6)
    t.equal(sum('output_tax'), 1_900)
    t.equal(sum('sales'), 10_000)
    for (const item of body.open_items)
      t.equal(
        entries
          .filter(({ item_id }: { item_id: string }) => item_id === item.id)
          .reduce((total: number, { amount }: { amount: number }) => total + amount, 0),
        item.total_amount,
      )
  },
)

t.test('all tax, or one cent in many parts, is still to the cent', async (t) => {
  const all = (await create({ number: number(), issue: true, tax_amount: 11_900 })).body
  t.same(
    (await entriesOf(all.id)).map(
      ({ credit_account }: { credit_account: string }) => credit_account,
    ),
    ['output_tax'],
  )
  const many = await create({
    number: number(),
    issue: true,
    total_amount: 60,
    tax_amount: 7,
    due_date: undefined,
    instalments: Array.from({ length: 60 }, (_, n) => ({
      due_date: `2027-${n < 30 ? '01' : '03'}-${String((n % 30) + 1).padStart(2, '0')}`,
      amount: 1,
    })),
  })
  t.equal(many.status, 201)
  t.equal(many.body.open_items.length, 60)
})

t.test('the due date comes from the invoice, else the customer, else the tenant', async (t) => {
  const other = await app.tenant()
  const there = recordsOf(other)
  await clockOf(app, other).set('2026-03-10')
  const without = await there.customer()
  const with14 = await there.customer({ net_days: 14 })
  const ask = (customer_id: string, more: object = {}) =>
    other.api('POST', '/v1/invoices', {
      customer_id,
      currency: 'EUR',
      issue_date: '2026-01-31',
      total_amount: 1,
      ...more,
    })

  t.match(await ask(without.id), { status: 422, body: { code: 'due_date_missing' } })
  t.match(await ask(with14.id), { status: 201, body: { due_date: '2026-02-14' } })
  await there.patch('/v1/tenant', { net_days: 28 })
  t.match(await ask(without.id), { status: 201, body: { due_date: '2026-02-28' } })
  t.match(await ask(with14.id), { status: 201, body: { due_date: '2026-02-14' } })
  t.match(await ask(with14.id, { net_days: 0 }), { status: 201, body: { due_date: '2026-01-31' } })
  t.match(await ask(with14.id, { due_date: '2026-12-24' }), {
    status: 201,
    body: { due_date: '2026-12-24' },
  })
  t.match(await ask(with14.id, { issue_date: '2024-02-15' }), { body: { due_date: '2024-02-29' } })
})

t.test('what contradicts itself is refused, each place by name', async (t) => {
  const plan = (...amounts: number[]) =>
    amounts.map((amount) => ({ due_date: '2026-03-31', amount }))
  const line = (net_amount: number, tax_amount?: number) => ({
    description: 'x',
    net_amount,
    ...(tax_amount === undefined ? {} : { tax_amount }),
  })
  for (const [more, pointer, code] of [
    [{ net_days: 5 }, '#/net_days', 'contradiction'],
    [{ instalments: plan(11_900) }, '#/instalments', 'contradiction'],
    [{ due_date: '2026-02-28' }, '#/due_date', 'before_issue_date'],
    [{ due_date: undefined, instalments: plan(5_000, 6_899) }, '#/instalments', 'sum'],
    [
      { due_date: undefined, instalments: [{ due_date: '2026-02-28', amount: 11_900 }] },
      '#/instalments/0/due_date',
      'before_issue_date',
    ],
    [{ tax_amount: 11_901 }, '#/tax_amount', 'maximum'],
    [{ lines: [line(10_000)] }, '#/lines', 'sum'],
    [{ lines: [line(10_000)], tax_amount: 1_899 }, '#/lines', 'sum'],
    [{ lines: [line(10_000, 1_899)], tax_amount: 1_900 }, '#/tax_amount', 'sum'],
    [{ issue: true }, '#/number', 'required'],
  ] as const) {
    const { status, body } = await create(more)
    t.match(
      { status, body },
      { status: 422, body: { code: 'validation_failed', errors: [{ pointer, code }] } },
      JSON.stringify(more),
    )
  }
  t.match(await create({ lines: [line(12_000), line(-2_000)], tax_amount: 1_900 }), { status: 201 })
  t.match(await create({ lines: [line(10_000, 1_900)] }), { status: 201 })
})

t.test('nothing counts before its day: an invoice of tomorrow is at most a draft', async (t) => {
  const tomorrow = { issue_date: '2026-03-11', due_date: '2026-03-31', number: number() }
  t.match(await create({ ...tomorrow, issue: true }), {
    status: 422,
    body: {
      code: 'date_in_future',
      errors: [{ pointer: '#/issue_date', params: { today: '2026-03-10' } }],
    },
  })
  t.match(await create(tomorrow), { status: 201, body: { status: 'draft' } })
  t.match(await create({ issue_date: '2026-03-10', number: number(), issue: true }), {
    status: 201,
  })
})

t.test('a customer, a number and an external id must be right', async (t) => {
  const first = (await create({ number: 'T-1', external_id: 'E-1' })).body
  t.match(await create({ number: 'T-1' }), {
    status: 409,
    body: { code: 'invoice_number_taken', conflicting_id: first.id },
  })
  t.match(await create({ external_id: 'E-1' }), {
    status: 409,
    body: { code: 'external_id_taken', conflicting_id: first.id },
  })
  t.match(await create({ number: 'T-1', external_id: 'E-1' }), {
    status: 409,
    body: { code: 'external_id_taken' },
  })
  t.match(await create({ customer_id: 'cus_00000000000000000000000000' }), {
    status: 404,
    body: { code: 'customer_not_found' },
  })
  const stranger = await app.tenant()
  t.match(await create({ customer_id: (await recordsOf(stranger).customer()).id }), {
    status: 404,
    body: { code: 'customer_not_found' },
  })
  const there = await recordsOf(stranger).customer()
  t.match(
    await stranger.api('POST', '/v1/invoices', {
      ...basic,
      customer_id: there.id,
      number: 'T-1',
      external_id: 'E-1',
    }),
    { status: 201 },
    'another tenant has numbers of its own',
  )
})

t.test('of ten that race for a number, one gets it', async (t) => {
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => create({ number: 'RACE', issue: true })),
  )
  t.same(replies.map(({ status }) => status).sort(), [201, ...Array(9).fill(409)])
  const winner = replies.find(({ status }) => status === 201)?.body.id
  for (const { status, body } of replies)
    if (status === 409) t.match(body, { code: 'invoice_number_taken', conflicting_id: winner })
})

t.test('a dry run says what would be, and keeps nothing', async (t) => {
  const before = (await tenant.events()).length
  const { status, body } = await create({ number: 'DRY', issue: true }, '?dry_run=true')
  t.match({ status, body }, { status: 201, body: { status: 'issued', open_amount: 11_900 } })
  t.match(await api('GET', `/v1/invoices/${body.id}`), { status: 404 })
  t.equal((await make.get('/v1/invoices?number=DRY')).data.length, 0)
  t.equal((await tenant.events()).length, before)
  t.match(await create({ number: 'T-1' }, '?dry_run=true'), { status: 409 })
})

t.test('amounts up to 2^53 - 1 are carried, and not a cent beyond', async (t) => {
  const rich = await make.customer()
  const huge = { customer_id: rich.id, total_amount: Number.MAX_SAFE_INTEGER, issue: true }
  t.match(await create({ ...huge, number: number() }), {
    status: 201,
    body: { open_amount: 9007199254740991 },
  })
  t.match(await create({ ...huge, number: number(), total_amount: 1 }), {
    status: 422,
    body: { code: 'amount_out_of_range' },
  })
  t.match(
    await create({
      number: number(),
      lines: [
        { description: 'x', net_amount: 9007199254740991 },
        { description: 'y', net_amount: 1 },
      ],
    }),
    {
      status: 422,
      body: { code: 'amount_out_of_range' },
    },
  )
  t.match((await make.get(`/v1/customers/${rich.id}/balance`)).balances, [
    { open_amount: 9007199254740991 },
  ])
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true, differences: [] })
})
