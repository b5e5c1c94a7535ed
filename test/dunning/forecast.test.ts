import t from 'tap'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const app = await testApp(t)
const levels = [
  { level: 1, days: 5, name: 'Reminder' },
  {
    level: 2,
    days: 15,
    name: 'Demand',
    fees: [
      { currency: 'EUR', amount: 500 },
      { currency: 'USD', percent: '1' },
    ],
  },
  { level: 3, days: 30, name: 'Final demand' },
]

async function creditor(policy: object) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-10')
  const { id } = await make.policy({ levels, ...policy })
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  return { tenant, make, clock }
}

/** What was sent, in the form of a forecast. */
async function sent({ make }: { make: ReturnType<typeof recordsOf> }, from: string) {
  const rows = new Map<string, { notice_count: number; item_count: number; amount: number }>()
  const { data } = await make.get(`/v1/dunning-notices?limit=200&notice_date_gte=${from}`)
  for (const { notice_date, level, currency, items } of data) {
    const key = `${notice_date} ${level} ${currency}`
    const row = rows.get(key) ?? { notice_count: 0, item_count: 0, amount: 0 }
    const lifted = items.filter(({ escalated }: Json) => escalated)
    row.notice_count += 1
    row.item_count += lifted.length
    row.amount += lifted.reduce((total: number, item: Json) => total + item.open_amount, 0)
    rows.set(key, row)
  }
  return Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const foreseen = ({ days }: Json) =>
  Object.fromEntries(
    days.flatMap(({ date, rows }: Json) =>
      rows.map(({ level, currency, notice_count, item_count, amount }: Json) => [
        `${date} ${level} ${currency}`,
        { notice_count, item_count, amount },
      ]),
    ),
  )

const policies = {
  'item by item': {},
  'with an interval, on business days, all items together': {
    scope: 'customer',
    min_notice_interval_days: 7,
    business_days: { country: 'DE', region: 'BY' },
  },
  'from the deadline of the last notice, with grace, minimum and budget': {
    item_grace_days: 2,
    account_minimum_days: 9,
    contact_budget: { contacts: 1, days: 12 },
    levels: [
      { level: 1, days: 1, name: 'One', payment_days: 8 },
      { level: 2, days: 2, name: 'Two', anchor: 'previous_deadline', payment_days: 5 },
      {
        level: 3,
        days: 1,
        name: 'Three',
        anchor: 'previous_deadline',
        minimum_amounts: [{ currency: 'EUR', amount: 15_000 }],
      },
    ],
  },
}

for (const [name, policy] of Object.entries(policies)) {
  t.test(`what is forecast is what the days then bring: ${name}`, async (t) => {
    const { make, clock } = await creditor(policy)
    const [one, other, third] = [
      await make.customer(),
      await make.customer(),
      await make.customer(),
    ]
    await make.invoice(one, { due_date: '2026-03-12' })
    await make.invoice(one, { due_date: '2026-03-19', total_amount: 25_000 })
    await make.invoice(one, { due_date: '2026-04-02', currency: 'USD' })
    await make.invoice(other, { due_date: '2026-03-30' })
    await make.invoice(other, { issue_date: '2026-01-01', due_date: '2026-01-31' })
    const held = await make.invoice(third, { due_date: '2026-03-14' })
    await make.hold({ invoice_id: held.id, from_date: '2026-03-10', until_date: '2026-03-27' })
    await clock.advance('2026-03-18')
    const forecast = await make.get('/v1/dunning-forecast?days=45')
    t.match(forecast, { from_date: '2026-03-19', until_date: '2026-05-02' })
    await clock.advance('2026-05-02')
    const happened = await sent({ make }, '2026-03-19')
    t.ok(Object.keys(happened).length > 4)
    t.same(foreseen(forecast), happened)
  })
}

t.test('amounts, fees and customers of a day, and nothing is kept', async (t) => {
  const { make, tenant } = await creditor({})
  const [one, other] = [await make.customer(), await make.customer()]
  await make.invoice(one, { due_date: '2026-03-20' })
  await make.invoice(one, { due_date: '2026-03-20', currency: 'USD', total_amount: 30_050 })
  await make.invoice(other, { due_date: '2026-03-20' })
  const before = (await tenant.events()).length
  const forecast = await make.get('/v1/dunning-forecast?days=30')
  t.match(forecast, { customer_count: 2 })
  const level = (level: number) => [
    { level, currency: 'EUR', notice_count: 2, item_count: 2, amount: 20_000 },
    { level, currency: 'USD', notice_count: 1, item_count: 1, amount: 30_050 },
  ]
  t.match(forecast.days, [
    { date: '2026-03-25', customer_count: 2, rows: level(1) },
    { date: '2026-04-04', customer_count: 2, rows: level(2) },
  ])
  // 5.00 for each of two notices; 1 % of 300.50 USD.
  t.same(
    forecast.days[1].rows.map(({ fee_amount }: Json) => fee_amount),
    [1_000, 301],
  )
  t.equal((await tenant.events()).length, before)
  t.same((await make.get('/v1/dunning-notices')).data, [])
})

t.test('as far as 90 days', async (t) => {
  const { tenant } = await creditor({})
  t.match(await tenant.api('GET', '/v1/dunning-forecast'), {
    body: { until_date: '2026-04-09', days: [] },
  })
  t.match(await tenant.api('GET', '/v1/dunning-forecast?days=91'), { status: 400 })
})
