import { parse } from 'csv-parse/sync'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
const clock = clockOf(app, tenant)

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any

await clock.set('2026-02-10')
const customer = await make.customer()
const first = await make.invoice(customer, {
  number: 'S-1',
  issue_date: '2026-02-01',
  due_date: '2026-02-20',
  tax_amount: 1_597,
})
await clock.set('2026-03-20')
const second = await make.invoice(customer, {
  number: 'S-2',
  total_amount: 5_000,
  issue_date: '2026-03-03',
})
const payment = await make.payment(customer, {
  amount: 12_000,
  received_date: '2026-03-05',
  reference: '=S-1',
  allocations: [{ invoice_id: first.id, amount: 10_000 }],
})
await make.refund({ payment_id: payment.id }, { amount: 1_500, approval_date: '2026-03-10' })
await make.creditNote(customer, {
  number: 'S-G',
  invoice_id: second.id,
  total_amount: 1_000,
  issue_date: '2026-03-12',
})
await make.writeOff(second.open_items[0], { amount: 700, write_off_date: '2026-03-15' })

const statement = (query: string): Promise<Json> =>
  make.get(`/v1/customers/${customer.id}/statement?${query}`)
const net = async (query: string): Promise<number> => {
  const { balances } = await make.get(`/v1/customers/${customer.id}/balance?${query}`)
  return balances[0]?.net_amount ?? 0
}
const lineOf = (one: Json) =>
  [one.date, one.happening, one.document_number, one.amount, one.balance_amount].join(' ')

t.test('balance forward: every movement in order, with the running balance', async (t) => {
  const march = await statement('from_date=2026-03-01&to_date=2026-03-31&form=balance_forward')
  t.match(march, {
    object: 'statement_of_account',
    form: 'balance_forward',
    currency: 'EUR',
    opening_amount: 10_000,
    closing_amount: 2_800,
    items: null,
  })
  t.same(march.movements.map(lineOf), [
    '2026-03-03 invoice_issued S-2 5000 15000',
    '2026-03-05 payment_received =S-1 -12000 3000',
    '2026-03-10 refund_approved =S-1 1500 4500',
    '2026-03-12 credit_note_issued S-G -1000 3500',
    '2026-03-15 written_off S-2 -700 2800',
  ])
  t.same(
    march.movements.map(({ source_id }: Json) => source_id.slice(0, 3)),
    ['inv', 'pay', 'pay', 'crn', 'wof'],
  )
  t.equal(await net('as_of_date=2026-02-28'), march.opening_amount)
  t.equal(await net('as_of_date=2026-03-31'), march.closing_amount)
})

t.test('an invoice over several items and its tax is one movement', async (t) => {
  const { movements, opening_amount } = await statement(
    'from_date=2026-02-01&to_date=2026-02-28&form=balance_forward',
  )
  t.equal(opening_amount, 0)
  t.same(movements.map(lineOf), ['2026-02-01 invoice_issued S-1 10000 10000'])
})

t.test(
  'open items: what is open at the end, by document, and it adds up to the balance',
  async (t) => {
    const march = await statement('from_date=2026-03-01&to_date=2026-03-31')
    t.match(march, {
      form: 'open_item',
      movements: null,
      opening_amount: 10_000,
      closing_amount: 2_800,
    })
    t.match(march.items, [
      {
        kind: 'open_item',
        id: second.open_items[0].id,
        document_number: 'S-2',
        due_date: '2026-03-15',
        days_overdue: 16,
        total_amount: 5_000,
        open_amount: 3_300,
      },
      { kind: 'payment', id: payment.id, due_date: null, total_amount: -12_000, open_amount: -500 },
    ])
    const early = await statement('from_date=2026-03-01&to_date=2026-03-04')
    t.same(
      early.items.map(
        ({ document_number, open_amount }: Json) => `${document_number} ${open_amount}`,
      ),
      ['S-1 10000', 'S-2 5000'],
      'as of a day before the payment came',
    )
  },
)

t.test('opening and closing meet on any day, and periods join without a gap', async (t) => {
  const days = [
    '2026-01-31',
    '2026-02-01',
    '2026-02-28',
    '2026-03-04',
    '2026-03-05',
    '2026-03-12',
    '2026-03-20',
  ]
  for (const form of ['open_item', 'balance_forward'])
    for (const [index, from] of days.entries())
      for (const to of days.slice(index)) {
        const one = await statement(`from_date=${from}&to_date=${to}&form=${form}`)
        t.equal(one.closing_amount, await net(`as_of_date=${to}`), `${form} ${from} – ${to}`)
        const sum = (lines: Json[], field: string) =>
          lines.reduce((total, line) => total + line[field], 0)
        if (form === 'open_item') t.equal(sum(one.items, 'open_amount'), one.closing_amount)
        else t.equal(one.opening_amount + sum(one.movements, 'amount'), one.closing_amount)
      }
})

t.test('what is entered late changes the past, but not what was known then', async (t) => {
  await clock.set('2026-04-02')
  const before = await statement(
    'from_date=2026-03-01&to_date=2026-03-31&form=balance_forward&known_at=2026-04-01T00:00:00Z',
  )
  await make.payment(customer, { amount: 800, received_date: '2026-03-18', allocate: 'none' })
  const corrected = await statement('from_date=2026-03-01&to_date=2026-03-31&form=balance_forward')
  t.equal(corrected.closing_amount, 2_000)
  t.equal(corrected.movements.length, before.movements.length + 1)
  t.same(
    await statement(
      'from_date=2026-03-01&to_date=2026-03-31&form=balance_forward&known_at=2026-04-01T00:00:00Z',
    ),
    before,
  )
  t.equal(
    (await statement('from_date=2026-03-01&to_date=2026-03-31&known_at=2026-04-01T00:00:00Z'))
      .closing_amount,
    2_800,
  )
})

t.test('as CSV it is harmless, and says the same', async (t) => {
  const csv = async (form: string) => {
    const { status, headers, body } = await api(
      'GET',
      `/v1/customers/${customer.id}/statement?from_date=2026-03-01&to_date=2026-03-16&form=${form}&format=csv`,
    )
    t.equal(status, 200)
    t.equal(headers['content-type'], 'text/csv; charset=utf-8')
    return parse(body, { columns: true }) as Record<string, string>[]
  }
  const moved = await csv('balance_forward')
  t.match(moved[0], { happening: 'opening', balance: '100.00' })
  t.match(moved[2], {
    happening: 'payment_received',
    document_number: `'=S-1`,
    amount: '-120.00',
    balance: '30.00',
  })
  t.match(moved.at(-1), { happening: 'closing', balance: '28.00' })
  const open = await csv('open_item')
  t.match(open[0], { kind: 'open_item', open: '33.00' })
  t.match(open.at(-1), { kind: 'closing', open: '28.00' })
})

t.test('currencies have statements of their own', async (t) => {
  await make.invoice(
    { ...customer, currency: 'USD' },
    { number: 'S-USD', issue_date: '2026-03-09' },
  )
  t.match(await statement('from_date=2026-03-01&currency=USD'), {
    currency: 'USD',
    opening_amount: 0,
    closing_amount: 10_000,
    items: [{ document_number: 'S-USD' }],
  })
  t.match(await statement('from_date=2026-03-01&currency=GBP'), { closing_amount: 0, items: [] })
})

t.test('what cannot be asked is refused', async (t) => {
  const ask = (query: string, id = customer.id) =>
    api('GET', `/v1/customers/${id}/statement?${query}`)
  t.match(await ask(''), { status: 200, body: { from_date: '2026-04-01', to_date: '2026-04-02' } })
  t.match(await ask('form=summary'), { status: 400, body: { errors: [{ pointer: 'form' }] } })
  t.match(await ask('from_date=2026-03-02&to_date=2026-03-01'), {
    status: 400,
    body: { code: 'invalid_parameter', errors: [{ pointer: 'to_date' }] },
  })
  t.match(await ask('from_date=2026-03-01', 'cus_00000000000000000000000000'), {
    status: 404,
    body: { code: 'customer_not_found' },
  })
})
