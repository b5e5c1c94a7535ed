import t from 'tap'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const make = recordsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-10')
const [one, other] = [await make.customer(), await make.customer({ currency: 'USD' })]
const due = (due_date: string) => make.invoice(one, { due_date })
const [soon, late] = [await due('2026-03-15'), await due('2026-04-30')]
const foreign = await make.invoice(other, {
  due_date: '2026-03-12',
  external_id: 'E-9',
  number: 'N-9',
})
const paid = await due('2026-03-02')
await make.payment(one, { allocations: [{ invoice_id: paid.id, amount: 10_000 }] })
const draft = await make.invoice(one, { issue: false, due_date: '2026-03-05' })
const parts = await make.invoice(one, {
  instalments: [
    { due_date: '2026-03-11', amount: 4_000 },
    { due_date: '2026-03-20', amount: 6_000 },
  ],
})

const ids = async (query: string): Promise<string[]> =>
  (await make.get(`/v1/invoices?${query}`)).data.map(({ id }: { id: string }) => id)
const same = async (query: string, ...expected: { id: string }[]) =>
  t.same((await ids(query)).sort(), expected.map(({ id }) => id).sort(), query)

t.test('invoices are found by what they are', async () => {
  await same('status=draft', draft)
  await same('status=issued,paid', soon, late, foreign, paid, parts)
  await same(`customer_id=${other.id}`, foreign)
  await same('external_id=E-9', foreign)
  await same('number=N-9', foreign)
  await same('number=N-10')
  await same('due_date_lte=2026-03-05', paid, draft)
  await same('due_date_lt=2026-03-05', paid)
  await same('due_date_gt=2026-03-15', late)
  await same('due_date_gte=2026-03-12&due_date_lte=2026-03-15&status=issued', soon, foreign)
  await same('updated_at_gte=2026-03-10T08:00:00.001Z')
})

t.test('nothing is overdue on its due date, and what is depends on the day', async (t) => {
  await same('overdue=true')
  await clock.advance('2026-03-12')
  await same('overdue=true', parts)
  await clock.advance('2026-03-13')
  await same('overdue=true', parts, foreign)
  await same('overdue=false', soon, late, paid, draft)
  t.match(await make.get(`/v1/invoices/${foreign.id}`), { overdue: true, days_overdue: 1 })
  t.match(await make.get(`/v1/invoices/${soon.id}`), { overdue: false, days_overdue: 0 })
  t.match(await make.get(`/v1/invoices/${parts.id}`), {
    overdue: true,
    days_overdue: 2,
    open_items: [
      { overdue: true, days_overdue: 2 },
      { overdue: false, days_overdue: 0 },
    ],
  })
})

t.test('days overdue count from the earliest due date that still has something open', async (t) => {
  await make.payment(one, { amount: 4_000, allocations: [{ invoice_id: parts.id, amount: 4_000 }] })
  t.match(await make.get(`/v1/invoices/${parts.id}`), {
    overdue: false,
    days_overdue: 0,
    due_date: '2026-03-11',
    open_amount: 6_000,
  })
  await clock.advance('2026-03-21')
  t.match(await make.get(`/v1/invoices/${parts.id}`), { overdue: true, days_overdue: 1 })
  const announced = (await tenant.events('invoice.overdue')).filter(
    ({ data }) => data.object.id === parts.id,
  )
  t.same(
    announced.map(({ timestamp }) => timestamp),
    ['2026-03-11T23:00:00.000Z', '2026-03-20T23:00:00.000Z'],
    'once per due date, at local midnight',
  )
})

t.test('each invoice that becomes overdue is announced once', async (t) => {
  const events = await tenant.events('invoice.overdue')
  const count = (id: string) => events.filter(({ data }) => data.object.id === id).length
  t.same(
    [soon, foreign, late, paid, draft].map(({ id }) => count(id)),
    [1, 1, 0, 0, 0],
  )
  t.match(events[0], {
    cause: { origin: 'schedule' },
    data: { object: { overdue: true, days_overdue: 1 }, previous_attributes: { overdue: false } },
  })
})

t.test('rows are whole invoices without their lines', async (t) => {
  const [row] = (await make.get(`/v1/invoices?number=N-9`)).data
  t.notOk('lines' in row)
  const { lines, ...whole } = await make.get(`/v1/invoices/${foreign.id}`)
  t.same(row, whole)
  t.same(lines, [])
})
