import t, { type Test } from 'tap'
import { type TestTenant, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { debitsOf } from '../support/debits.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'

/** Cases as a credit manager would file them: what happened, day by day, and what had to come of it. */

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const app = await testApp(t)

/** A creditor in Berlin, with levels at 5, 15 and 30 days unless the case says otherwise. */
async function file(policy: object = {}, opened = '2026-03-01') {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set(opened)
  const { id } = await make.policy(policy)
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  const customer = await make.customer()
  const pay = (invoice: Json, amount = invoice.total_amount) =>
    make.payment(customer, {
      amount,
      currency: invoice.currency,
      received_date: '2026-03-01',
      allocations: [{ invoice_id: invoice.id, amount }],
    })
  return { tenant, make, clock, customer, pay, policyId: id }
}

/** What was escalated: `03-15 A 1` is invoice A at level 1 on 15 March. */
const stepsOf = async (tenant: TestTenant): Promise<string[]> =>
  (await tenant.events('dunning.level_changed')).map(
    ({ timestamp, data: { object } }) =>
      `${timestamp.slice(5, 10)} ${object.invoice_number} ${object.level}`,
  )

const reasonOf = async ({ api }: TestTenant, { id }: Json): Promise<string> =>
  accepted(await api('GET', `/v1/invoices/${id}/dunning`)).items[0].reason

const closed = async (t: Test, tenant: TestTenant) =>
  t.same(await auditBooks(app.context, tenant.uuid), [])

t.test('a debit is returned at level 2: the claim resumes where it stood', async (t) => {
  const { tenant, make, clock, customer } = await file()
  const debits = debitsOf(tenant)
  await debits.settings()
  const invoice = await make.invoice(customer, { number: 'A', due_date: '2026-03-10' })
  await clock.advance('2026-03-26')
  t.same(await stepsOf(tenant), ['03-15 A 1', '03-25 A 2'])

  await debits.debit(await debits.mandate(customer), { collection_date: '2026-04-01' })
  const batch = await debits.submitted('2026-04-01')
  t.equal(await reasonOf(tenant, invoice), 'debit_pending')
  await clock.advance('2026-04-03')
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'paid', dunning_level: 2 })

  const [debit] = await debits.debitsIn(batch)
  accepted(await debits.returned(debit, 'AC04'))
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'issued', dunning_level: 2 })
  await clock.advance('2026-04-20')
  t.same(await stepsOf(tenant), ['03-15 A 1', '03-25 A 2', '04-09 A 3'])
  await closed(t, tenant)
})

t.test(
  'a hold lies over the day of a run: what it kept back comes the day after it ends',
  async (t) => {
    const { tenant, make, clock, customer } = await file()
    const invoice = await make.invoice(customer, { number: 'A', due_date: '2026-03-10' })
    await make.hold({ customer_id: customer.id, from_date: '2026-03-14', until_date: '2026-03-20' })
    await clock.advance('2026-03-17')
    t.equal(await reasonOf(tenant, invoice), 'on_hold')
    await clock.advance('2026-04-20')
    t.same(await stepsOf(tenant), ['03-21 A 1', '03-25 A 2', '04-09 A 3'])
    await closed(t, tenant)
  },
)

t.test(
  'a part payment leaves less than the minimum: silence, until the money goes back',
  async (t) => {
    const minimum_amounts = [{ currency: 'EUR', amount: 5_000 }]
    const { tenant, make, clock, customer, pay } = await file({
      levels: [
        { level: 1, days: 5, name: 'Reminder' },
        { level: 2, days: 15, name: 'Demand', minimum_amounts },
        { level: 3, days: 30, name: 'Final demand', minimum_amounts },
      ],
    })
    const invoice = await make.invoice(customer, { number: 'A', due_date: '2026-03-10' })
    await clock.advance('2026-03-20')
    const payment = await pay(invoice, 6_000)
    await clock.advance('2026-04-01')
    t.same(await stepsOf(tenant), ['03-15 A 1'])
    t.equal(await reasonOf(tenant, invoice), 'below_minimum')
    accepted(
      await tenant.api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'returned' }),
    )
    await clock.advance('2026-04-20')
    t.same(await stepsOf(tenant), ['03-15 A 1', '04-02 A 2', '04-09 A 3'])
    await closed(t, tenant)
  },
)

t.test('the policy changes in mid-flight: who has heard of us goes on as begun', async (t) => {
  const { tenant, make, clock, customer, policyId } = await file()
  await make.invoice(customer, { number: 'A', due_date: '2026-03-10' })
  await make.invoice(customer, { number: 'B', due_date: '2026-03-14' })
  await clock.advance('2026-03-16')
  accepted(
    await tenant.api(
      'PUT',
      `/v1/dunning-policies/${policyId}`,
      {
        name: 'Patient',
        scope: 'invoice',
        levels: [
          { level: 1, days: 10, name: 'One' },
          { level: 2, days: 20, name: 'Two' },
        ],
      },
      { 'if-match': '"1"' },
    ),
  )
  await clock.advance('2026-04-20')
  t.same(await stepsOf(tenant), ['03-15 A 1', '03-24 B 1', '03-25 A 2', '04-03 B 2', '04-09 A 3'])
  await closed(t, tenant)
})

t.test(
  'thirty days of downtime: level by level at the interval, or to the highest at once',
  async (t) => {
    const down = async (policy: object) => {
      const { tenant, make, clock, customer } = await file({
        min_notice_interval_days: 7,
        ...policy,
      })
      await make.invoice(customer, { number: 'A', due_date: '2026-03-05' })
      await clock.set('2026-04-09')
      await clock.advance('2026-05-20')
      await closed(t, tenant)
      return stepsOf(tenant)
    }
    t.same(await down({}), ['04-10 A 1', '04-17 A 2', '04-24 A 3'])
    t.same(await down({ catch_up: 'highest' }), ['04-10 A 3'])
  },
)

t.test('the end of the month, and the nights on which the clocks change', async (t) => {
  const { tenant, make, clock, customer } = await file({
    levels: [
      { level: 1, days: 10, anchor: 'end_of_month', name: 'One' },
      { level: 2, days: 40, anchor: 'end_of_month', name: 'Two' },
    ],
  })
  const due = (number: string, due_date: string) =>
    make.invoice(customer, { number, due_date, issue_date: '2026-01-01' })
  await due('first', '2026-03-01')
  await due('last', '2026-03-31')
  await due('short', '2026-02-28')
  await clock.advance('2026-06-30')
  t.same(await stepsOf(tenant), [
    '03-10 short 1',
    '04-09 short 2',
    ...['04-10 first 1', '04-10 last 1', '05-10 first 2', '05-10 last 2'],
  ])

  const told = async (opened: string, due_date: string, until: string) => {
    const night = await file({}, opened)
    await night.make.patch('/v1/tenant', { dunning_time: '02:30' })
    await night.make.invoice(night.customer, { due_date })
    await night.clock.advance(until)
    await closed(t, night.tenant)
    return (await night.tenant.events('dunning.level_changed')).map(({ timestamp }) => timestamp)
  }
  // On 29 March 02:30 does not exist and is 03:30 summer time; on 25 October it comes twice and counts once.
  t.same(await told('2026-03-20', '2026-03-24', '2026-03-31'), ['2026-03-29T01:30:00.000Z'])
  t.same(await told('2026-10-15', '2026-10-20', '2026-10-27'), ['2026-10-25T01:30:00.000Z'])
  await closed(t, tenant)
})

t.test('a customer with three currencies: three notices on one day, each of its own', async (t) => {
  const { tenant, make, clock, customer, pay } = await file({
    contact_budget: { contacts: 1, days: 7 },
    levels: [
      {
        level: 1,
        days: 5,
        name: 'Reminder',
        fees: [
          { currency: 'EUR', amount: 500 },
          { currency: 'JPY', amount: 800 },
        ],
      },
      { level: 2, days: 15, name: 'Demand' },
    ],
  })
  const owed = (number: string, currency: string, total_amount: number) =>
    make.invoice(customer, { number, currency, total_amount, due_date: '2026-03-10' })
  await owed('E', 'EUR', 10_000)
  const dollars = await owed('U', 'USD', 20_000)
  await owed('J', 'JPY', 30_000)
  await clock.advance('2026-03-16')
  await pay(dollars)
  await clock.advance('2026-03-26')
  const { data } = await make.get('/v1/dunning-notices')
  t.same(
    data
      .map(({ notice_date, currency, level, overdue_amount }: Json) =>
        [notice_date.slice(5), currency, level, overdue_amount].join(' '),
      )
      .sort(),
    [
      '03-15 EUR 1 10000',
      '03-15 JPY 1 30000',
      '03-15 USD 1 20000',
      // With the fees of the first notices, due since that day.
      '03-25 EUR 2 10500',
      '03-25 JPY 2 30800',
    ],
  )
  t.same(
    (await stepsOf(tenant)).filter((step) => step.includes('U')),
    ['03-15 U 1'],
  )
  await closed(t, tenant)
})

t.test(
  'part of the old invoices is paid: no state is skipped on the way to the last (killbill/killbill#2297)',
  async (t) => {
    const states = [
      { level: 1, days: 10, name: 'REMINDER' },
      { level: 2, days: 20, name: 'WARNING' },
      { level: 3, days: 30, name: 'BLOCKED' },
    ]
    // A would have been warned on 21 March; it is paid. B and C go their own way from their own due dates or, where items
    // rise together, C joins B, which passes through every state.
    const expected = {
      invoice: ['04-04 C 1', '04-07 B 3', '04-14 C 2', '04-24 C 3'],
      customer: ['04-04 C 2', '04-07 B 3', '04-07 C 3'],
    }
    for (const [scope, later] of Object.entries(expected)) {
      const { tenant, make, clock, customer, pay } = await file({ scope, levels: states })
      const due = (number: string, due_date: string) => make.invoice(customer, { number, due_date })
      const [a, b] = [await due('A', '2026-03-01'), await due('B', '2026-03-08')]
      await due('C', '2026-03-25')
      await clock.advance('2026-03-15')
      await pay(a)
      await clock.advance('2026-03-22')
      await pay(b, 4_000)
      await clock.advance('2026-05-10')
      t.same(await stepsOf(tenant), ['03-11 A 1', '03-18 B 1', '03-28 B 2', ...later], scope)
      await closed(t, tenant)
    }
  },
)
