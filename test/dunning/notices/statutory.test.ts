import t from 'tap'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { accepted, carryOn, clockOf, dunNow, recordsOf } from '../../support/records.ts'

const app = await testApp(t)

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const levels = [
  { level: 1, days: 5, name: 'Reminder', tone: 'friendly', payment_days: 7 },
  {
    level: 2,
    days: 10,
    name: '14-day letter',
    tone: 'firm',
    statutory_notice: 'nl_14_day',
    payment_days: 17,
  },
  {
    level: 3,
    days: 1,
    anchor: 'previous_deadline',
    name: 'Final demand',
    tone: 'final',
    fees: [{ currency: 'EUR', amount: 4_000 }],
    payment_days: 7,
  },
]

async function creditor(policy: object = {}) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const { id } = await make.policy({ levels, ...policy })
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  return {
    tenant,
    make,
    clock,
    customer: await make.customer({ country: 'NL', kind: 'consumer' }),
    run: () => dunNow(app, tenant),
    received: async ({ id }: Json, day: string) =>
      accepted(
        await tenant.api('POST', `/v1/dunning-notices/${id}/deliveries`, {
          status: 'delivered',
          channel: 'email',
          occurred_at: `${day}T07:00:00Z`,
        }),
      ),
    notices: async (filter = ''): Promise<Json[]> =>
      (await make.get(`/v1/dunning-notices?limit=200${filter}`)).data,
    audit: () => auditBooks(app.context, tenant.uuid),
  }
}

const numbersOf = ({ items }: Json): string[] =>
  items.map(({ invoice_number }: Json) => invoice_number).sort()

/** One item rises to the final demand, one to the letter, one to the reminder, all on 10 April. */
async function threeAtOnce(policy: object = {}) {
  const all = await creditor(policy)
  const { make, clock, customer } = all
  await make.invoice(customer, { number: 'A', due_date: '2026-03-13' })
  await clock.advance('2026-03-31')
  await all.received((await all.notices('&level=2'))[0], '2026-03-24')
  await make.invoice(customer, { number: 'B', due_date: '2026-03-31', issue_date: '2026-03-31' })
  await clock.advance('2026-04-09')
  await make.invoice(customer, { number: 'C', due_date: '2026-04-05', issue_date: '2026-04-01' })
  return all
}

t.test('what a law asks for is a notice of its own beside a higher demand', async (t) => {
  const { clock, notices, received, audit } = await threeAtOnce()
  t.match(
    (await notices()).map(({ notice_date, level }) => `${notice_date} ${level}`),
    ['2026-04-05 1', '2026-03-23 2', '2026-03-18 1'],
  )
  await clock.advance('2026-04-10')
  const told = await notices('&notice_date_gte=2026-04-10')
  t.equal(told.length, 2)
  const letter = told.find(({ level }) => level === 2)
  t.match(letter, {
    kind: 'demand',
    level_name: '14-day letter',
    tone: 'firm',
    statutory_notice: 'nl_14_day',
    deadline_date: '2026-04-27',
    charges: [],
    overdue_amount: 10_000,
    next_level: 3,
    next_date: '2026-04-28',
  })
  t.same(numbersOf(letter), ['B'])
  const demand = told.find(({ level }) => level === 3)
  t.match(demand, {
    tone: 'final',
    statutory_notice: null,
    deadline_date: '2026-04-17',
    fee_amount: 4_000,
    overdue_amount: 20_000,
  })
  t.same(numbersOf(demand), ['A', 'C'])

  await clock.advance('2026-04-12')
  await received(letter, '2026-04-11')
  await clock.advance('2026-04-28')
  const [final] = await notices('&notice_date_gte=2026-04-28&level=3')
  t.match(final, { fee_amount: 4_000 }, 'the letter has been given, so that costs may follow')
  t.same(await audit(), [])
})

for (const [held, letterLeft, letterDue, demandLeft, demandDue] of [
  [7_500, 7_500, 2_500, 0, 24_000],
  [12_500, 12_500, 0, 2_500, 21_500],
] as const) {
  t.test(`money of the customer is subtracted once from both: ${held}`, async (t) => {
    const { make, clock, customer, notices, audit } = await threeAtOnce()
    await make.payment(customer, { amount: held, received_date: '2026-04-09', allocate: 'none' })
    await clock.advance('2026-04-10')
    const told = await notices('&notice_date_gte=2026-04-10')
    t.match(
      told.find(({ level }) => level === 2),
      { overdue_amount: 10_000, unallocated_amount: letterLeft, total_due_amount: letterDue },
      'the letter first: what it asks for must be owed',
    )
    t.match(
      told.find(({ level }) => level === 3),
      {
        overdue_amount: 20_000,
        fee_amount: 4_000,
        unallocated_amount: demandLeft,
        total_due_amount: demandDue,
      },
    )
    t.same(await audit(), [])
  })
}

t.test('both are taken back with their run', async (t) => {
  const { tenant, clock, run, notices, audit } = await threeAtOnce()
  await clock.set('2026-04-10')
  const done = await run()
  t.match(done, { notice_count: 2, escalated_count: 3 })
  accepted(await tenant.api('POST', `/v1/dunning-runs/${done.id}/reverse`, { reason: 'wrong' }))
  t.match(await carryOn(app, tenant, done), { status: 'reversed', reversed_count: 2 })
  t.equal((await notices(`&run_id=${done.id}&status=reversed`)).length, 2)
  t.same(await audit(), [])
})
