import t from 'tap'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
const clock = clockOf(app, tenant)

/** What a customer owes, what of it is late, and what it has with us, as the API says. */
const balance = async ({ id }: { id: string }, query: string) => {
  const { balances } = await make.get(`/v1/customers/${id}/balance?${query}`)
  return balances.map((one: Record<string, unknown>) =>
    [one.currency, one.open_amount, one.overdue_amount, one.unallocated_amount].join(' '),
  )
}

t.test('a balance of the past is what counted then, also what was entered later', async (t) => {
  await clock.set('2026-03-20')
  const customer = await make.customer()
  await make.invoice(customer)
  await clock.set('2026-03-22')
  await make.payment(customer, { amount: 4_000, received_date: '2026-03-10' })
  await clock.set('2026-04-02')
  await make.payment(customer, { amount: 7_000, received_date: '2026-03-18' })
  for (const [day, expected] of [
    ['2026-02-28', []],
    ['2026-03-01', ['EUR 10000 0 0']],
    ['2026-03-10', ['EUR 6000 0 0']],
    ['2026-03-15', ['EUR 6000 0 0']],
    ['2026-03-16', ['EUR 6000 6000 0']],
    ['2026-03-18', ['EUR 0 0 1000']],
  ] as const)
    t.same(await balance(customer, `as_of_date=${day}`), expected, day)
  t.same(await balance(customer, ''), ['EUR 0 0 1000'])
  t.same(await balance(customer, 'as_of_date=2026-04-02'), ['EUR 0 0 1000'])

  t.same(await balance(customer, 'as_of_date=2026-03-18&known_at=2026-03-21T00:00:00Z'), [
    'EUR 10000 10000 0',
  ])
  t.same(await balance(customer, 'as_of_date=2026-03-18&known_at=2026-03-22T23:00:00Z'), [
    'EUR 6000 6000 0',
  ])
  t.same(await balance(customer, 'as_of_date=2026-03-18&known_at=2026-04-02T08:00:00Z'), [
    'EUR 0 0 1000',
  ])
  t.same(await balance(customer, 'known_at=2026-03-01T00:00:00Z'), [])
})

t.test('a day is the tenant’s day, on whichever side of midnight UTC it is', async (t) => {
  const far = await app.tenant({ time_zone: 'Pacific/Auckland' })
  const there = recordsOf(far)
  await clockOf(app, far).set('2026-03-28T12:30:00Z')
  const customer = await there.customer()
  await there.invoice(customer, { issue_date: '2026-03-29', due_date: '2026-03-29' })
  const { as_of_date, balances } = await there.get(`/v1/customers/${customer.id}/balance`)
  t.match(
    { as_of_date, balances },
    { as_of_date: '2026-03-29', balances: [{ open_amount: 10_000, overdue_amount: 0 }] },
  )
  t.same(
    (await there.get(`/v1/customers/${customer.id}/balance?as_of_date=2026-03-28`)).balances,
    [],
  )
  t.match(
    (await there.get(`/v1/customers/${customer.id}/balance?as_of_date=2026-03-30`)).balances,
    [{ overdue_amount: 10_000 }],
  )
})

t.test('the trial balance balances in every currency, on every day', async (t) => {
  await clock.set('2026-04-10')
  const customer = await make.customer()
  await make.invoice(customer, { tax_amount: 1_597 })
  await make.invoice({ ...customer, currency: 'USD' }, { issue_date: '2026-03-05' })
  const { body } = await api('GET', '/v1/ledger/balances')
  t.same(
    body.totals.map(({ currency }: { currency: string }) => currency),
    ['EUR', 'USD'],
  )
  for (const day of ['2026-03-01', '2026-03-10', '2026-03-31', '2026-04-10']) {
    const { totals, accounts } = await make.get(`/v1/ledger/balances?as_of_date=${day}`)
    for (const total of totals)
      t.equal(total.debit_amount, total.credit_amount, `${day} ${total.currency}`)
    t.equal(
      accounts.reduce(
        (sum: number, one: { balance_amount: number }) => sum + one.balance_amount,
        0,
      ),
      0,
    )
  }
  t.match(
    (await make.get('/v1/ledger/balances')).accounts.find(
      (one: { account: string; currency: string }) => one.account === 'output_tax',
    ),
    { credit_amount: 1_597, debit_amount: 0, balance_amount: -1_597 },
  )
  t.match(await make.get('/v1/ledger/balances?known_at=2026-03-21T00:00:00Z'), {
    known_at: '2026-03-21T00:00:00Z',
    totals: [{ currency: 'EUR', debit_amount: 10_000 }],
  })
})

t.test('what cannot be asked is refused', async (t) => {
  const customer = await make.customer()
  for (const query of ['as_of_date=2026-02-30', 'known_at=yesterday', 'as_of=2026-03-01'])
    t.match(
      await api('GET', `/v1/customers/${customer.id}/balance?${query}`),
      { status: 400, body: { code: 'invalid_parameter' } },
      query,
    )
})
