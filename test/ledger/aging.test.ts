import t from 'tap'
import { MAX_AMOUNT } from '../../src/foundation/money.ts'
import { testApp } from '../support/app.ts'
import { seedCredit } from '../support/credit-load.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const make = recordsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-06-30')
const [one, other] = [await make.customer(), await make.customer()]
for (const [due_date, total_amount] of [
  ['2026-07-01', 1],
  ['2026-06-30', 2],
  ['2026-06-29', 4],
  ['2026-05-31', 8],
  ['2026-05-30', 16],
  ['2026-05-01', 32],
  ['2026-04-30', 64],
  ['2026-04-01', 128],
  ['2026-03-31', 256],
  ['2025-01-01', 512],
] as const)
  await make.invoice(one, { issue_date: '2024-12-31', due_date, total_amount })
await make.invoice(other, {
  currency: 'USD',
  issue_date: '2026-06-01',
  due_date: '2026-06-20',
  total_amount: 7,
})

t.test(
  'an amount is in the bucket of its days overdue: nothing is overdue on its due date',
  async (t) => {
    const { rows } = await make.get(`/v1/reports/aging?customer_id=${one.id}`)
    t.same(rows, [
      {
        customer_id: null,
        currency: 'EUR',
        not_due_amount: 3,
        days_1_30_amount: 12,
        days_31_60_amount: 48,
        days_61_90_amount: 192,
        days_over_90_amount: 768,
        total_amount: 1_023,
        unallocated_amount: 0,
      },
    ])
  },
)

t.test('currencies are never mixed, and money that is not allocated is never netted', async (t) => {
  await make.payment(other, {
    currency: 'EUR',
    amount: 50,
    received_date: '2026-06-10',
    allocate: 'none',
  })
  const report = await make.get('/v1/reports/aging')
  t.match(report, { as_of_date: '2026-06-30', group_by: 'currency' })
  t.match(report.rows, [
    { currency: 'EUR', total_amount: 1_023, unallocated_amount: 50 },
    { currency: 'USD', total_amount: 7, days_1_30_amount: 7, unallocated_amount: 0 },
  ])
  const { rows } = await make.get('/v1/reports/aging?group_by=customer')
  t.same(
    rows
      .map(
        ({ customer_id, currency }: { customer_id: string; currency: string }) =>
          `${customer_id} ${currency}`,
      )
      .sort(),
    [`${one.id} EUR`, `${other.id} EUR`, `${other.id} USD`].sort(),
  )
})

t.test('the report of a past day comes out as it was', async (t) => {
  const ask = async (day: string) => (await make.get(`/v1/reports/aging?as_of_date=${day}`)).rows
  t.same(await ask('2024-12-30'), [])
  t.match(await ask('2025-01-01'), [{ not_due_amount: 1_023, days_1_30_amount: 0 }])
  t.match(await ask('2025-01-02'), [{ not_due_amount: 511, days_1_30_amount: 512 }])
  t.match(await ask('2026-06-09'), [{ unallocated_amount: 0 }, { currency: 'USD' }])
  const before = await ask('2026-06-29')
  await make.payment(one, { amount: 1_023, received_date: '2026-06-30' })
  t.same(await ask('2026-06-29'), before, 'what was paid later does not change what was owed')
  t.match(await ask('2026-06-30'), [
    { currency: 'EUR', total_amount: 0, unallocated_amount: 50 },
    { currency: 'USD' },
  ])
})

t.test('a customer that is not there has no report', async (t) => {
  t.match(await tenant.api('GET', '/v1/reports/aging?customer_id=cus_00000000000000000000000000'), {
    status: 404,
    body: { code: 'customer_not_found' },
  })
  t.match(await tenant.api('GET', '/v1/reports/aging?as_of_date=2026-02-30'), { status: 400 })
})

t.test('what adds up to more than can be carried is said, and not rounded', async (t) => {
  const rich = await app.tenant()
  const records = recordsOf(rich)
  await clockOf(app, rich).set('2026-06-30')
  await records.patch('/v1/tenant', { dunning_policy_id: (await records.policy()).id })
  for (const _ of [1, 2]) {
    const customer = await records.customer()
    const invoice = { issue_date: '2026-06-01', due_date: '2026-06-29', total_amount: MAX_AMOUNT }
    await records.invoice(customer, invoice)
    const { open_amount } = (await records.get(`/v1/customers/${customer.id}/balance`)).balances[0]
    t.equal(open_amount, MAX_AMOUNT)
  }
  for (const path of [
    '/v1/reports/aging',
    '/v1/ledger/balances',
    '/v1/invoices/summary',
    '/v1/dunning-forecast',
  ])
    t.match(
      await rich.api('GET', path),
      { status: 422, body: { code: 'amount_out_of_range' } },
      path,
    )
})

t.test('what each of very many customers owes is aged in time', async (t) => {
  const tenant = await app.tenant()
  await seedCredit(app, tenant, { customers: 12_000, itemsEach: 1 })
  const { status, body } = await tenant.api('GET', '/v1/reports/aging?group_by=customer')
  t.equal(status, 200, 'before the database loses patience')
  t.equal(body.rows.length, 12_000)
})
