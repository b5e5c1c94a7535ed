import { parse } from 'csv-parse/sync'
import t from 'tap'
import { newId, publicId } from '../../../src/foundation/id.ts'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { accepted, clockOf, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const make = recordsOf(tenant)
const clock = clockOf(app, tenant)
const url = '/v1/reports/dunning-effectiveness'

await clock.set('2026-03-10')
const policy = await make.policy()
await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
const customer = await make.customer()
const [a, b, c] = [
  await make.invoice(customer),
  await make.invoice(customer),
  await make.invoice(customer),
]
const pay = (invoice: { id: string }, amount: number, received_date: string) =>
  make.payment(customer, {
    amount,
    received_date,
    allocations: [{ invoice_id: invoice.id, amount }],
  })

// All three reach level 1 on 20 March. A is paid after 4 days, half of B after 5. B and C reach level 2 on the 30th.
// The other half of B comes on 3 April: 14 days after the first notice, 4 after the second. Money for C becomes known
// on 2 April that came on 28 March: 8 days after the first notice, before the second.
await clock.advance('2026-03-24')
await pay(a, 10_000, '2026-03-24')
await clock.advance('2026-03-25')
await pay(b, 5_000, '2026-03-25')
await clock.advance('2026-04-02')
await pay(c, 10_000, '2026-03-28')
await clock.advance('2026-04-03')
await pay(b, 5_000, '2026-04-03')
await clock.advance('2026-04-10')

t.test('what was paid after notices of each level, in windows that are over', async (t) => {
  const report = await make.get(`${url}?from_date=2026-03-01`)
  t.match(report, {
    object: 'dunning_effectiveness_report',
    from_date: '2026-03-01',
    to_date: '2026-04-10',
    policy_id: null,
    observed_until_date: '2026-04-10',
  })
  const notYet = { observed_item_count: 0, paid_item_count: 0, paid_item_percent: null }
  t.match(report.rows, [
    {
      level: 1,
      currency: 'EUR',
      notice_count: 1,
      customer_count: 1,
      item_count: 3,
      noticed_amount: 30_000,
      paid_before_amount: 0,
      windows: [
        {
          days: 7,
          observed_item_count: 3,
          paid_item_count: 1,
          paid_item_percent: '33.3',
          observed_amount: 30_000,
          paid_amount: 15_000,
          paid_amount_percent: '50.0',
        },
        { days: 14, paid_item_count: 3, paid_amount: 30_000, paid_amount_percent: '100.0' },
        { days: 30, ...notYet, observed_amount: 0, paid_amount: 0, paid_amount_percent: null },
      ],
      // 4, 14 and 8 days
      paid_up_item_count: 3,
      average_days_to_pay: '8.7',
      median_days_to_pay: '8.0',
      escalated_item_count: 2,
    },
    {
      level: 2,
      item_count: 2,
      noticed_amount: 15_000,
      paid_before_amount: 10_000,
      windows: [
        { days: 7, observed_amount: 15_000, paid_item_count: 1, paid_amount: 5_000 },
        { days: 14, ...notYet },
        { days: 30, ...notYet },
      ],
      paid_up_item_count: 1,
      average_days_to_pay: '4.0',
      escalated_item_count: 0,
    },
  ])
  t.equal(report.rows.length, 2)
})

t.test('as CSV, with the windows as columns', async (t) => {
  const csv = await make.get(`${url}?from_date=2026-03-01&format=csv`)
  const rows = parse(csv, { columns: true }) as Record<string, string>[]
  t.match(rows, [
    { level: '1', within_7_paid_amount: '150.00', within_30_observed_item_count: '0' },
    { level: '2', noticed_amount: '150.00', median_days_to_pay: '4.0' },
  ])
})

t.test('a period, a policy: only their notices', async (t) => {
  t.match((await make.get(`${url}?from_date=2026-03-21`)).rows, [{ level: 2 }])
  t.equal((await make.get(`${url}?policy_id=${policy.id}&from_date=2026-03-01`)).rows.length, 2)
  const other = publicId('dunning_policy', newId())
  t.match(await tenant.api('GET', `${url}?policy_id=${other}`), {
    status: 404,
    body: { code: 'dunning_policy_not_found' },
  })
  t.match(await tenant.api('GET', `${url}?from_date=2026-05-01&to_date=2026-04-01`), {
    status: 400,
    body: { code: 'invalid_parameter', errors: [{ pointer: 'to_date' }] },
  })
})

t.test('money that came back is not money', async (t) => {
  const [{ id }] = (await make.get(`/v1/payments?customer_id=${customer.id}`)).data
  accepted(await tenant.api('POST', `/v1/payments/${id}/reversal`, { reason: 'returned' }))
  t.match((await make.get(`${url}?from_date=2026-03-21`)).rows, [
    { level: 2, paid_up_item_count: 0, windows: [{ paid_amount: 5_000 }, {}, {}] },
  ])
  t.same(await auditBooks(app.context, tenant.uuid), [])
})
