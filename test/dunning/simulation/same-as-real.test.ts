import t from 'tap'
import { runSimulation } from '../../../src/dunning/simulation/run-simulation.ts'
import { addDays } from '../../../src/foundation/calendar.ts'
import { groupBy } from '../../../src/foundation/group.ts'
import { uuidOf } from '../../../src/foundation/id.ts'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { accepted, clockOf, recordsOf } from '../../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const app = await testApp(t)
const forever = new AbortController().signal

const fees = (amount: number) => ({
  fees: [
    { currency: 'EUR', amount },
    { currency: 'USD', amount: 700 },
  ],
})
const statutory = { interest: { kind: 'statutory' } }
const policies = {
  enforcing: {
    on_principal_paid: 'enforce',
    levels: [
      { level: 1, days: 5, name: 'Reminder', ...fees(300) },
      { level: 2, days: 15, name: 'Demand', ...fees(500), ...statutory, lump_sum: true },
      { level: 3, days: 30, name: 'Last demand', ...fees(6_000), ...statutory },
    ],
  },
  waiving: {
    scope: 'customer',
    on_principal_paid: 'waive',
    levels: [
      { level: 1, days: 5, name: 'Reminder', ...statutory },
      {
        level: 2,
        days: 12,
        name: 'Letter',
        channels: ['letter'],
        payment_days: 15,
        statutory_notice: 'nl_14_day',
        ...statutory,
      },
      {
        level: 3,
        days: 35,
        name: 'Demand',
        fees: [{ currency: 'EUR', percent: '7.5' }],
        interest: { kind: 'contract', percent: '8.25' },
        lump_sum: true,
      },
    ],
  },
}

/** A tenant whose runs really happen, day by day, and whose notices are reported as sent on their day. */
async function creditor(policy: object) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const { id: policyId } = await make.policy(policy)
  await make.patch('/v1/tenant', { dunning_policy_id: policyId })
  let today = '2026-03-01'
  const liveUntil = async (day: string) => {
    while (today < day) {
      today = addDays(today, 1)
      await clock.advance(today)
      const { data } = await make.get('/v1/dunning-notices?limit=100')
      for (const { id, notice_date, level } of data.filter((one: Json) => one.status === 'issued'))
        accepted(
          await tenant.api('POST', `/v1/dunning-notices/${id}/deliveries`, {
            status: 'sent',
            channel: level === 2 ? 'letter' : 'email',
            occurred_at: `${notice_date}T07:30:00Z`,
          }),
        )
    }
  }
  const pay = (invoice: Json, amount: number, received_date: string) =>
    make.payment(
      { id: invoice.customer_id, currency: invoice.currency },
      { amount, received_date, allocations: [{ invoice_id: invoice.id, amount }] },
    )
  return { tenant, make, policyId, liveUntil, pay }
}

/** What was really charged. */
function figuresOf(charges: readonly Json[]) {
  const total = (of: readonly Json[], value: (one: Json) => number) =>
    of.reduce((sum, one) => sum + value(one), 0)
  const claimed = (kind: string) =>
    charges.filter((one) => one.kind === kind && one.claim_item_id !== null)
  return {
    fee_amount: total(claimed('fee'), ({ amount }) => amount),
    interest_amount: total(
      claimed('interest'),
      ({ amount, explanation }) => amount - (explanation.over_claimed_amount ?? 0),
    ),
    lump_sum_amount: total(claimed('lump_sum'), ({ amount }) => amount),
    refused_amount: total(
      charges.filter(({ kind }) => kind !== 'interest'),
      ({ amount, explanation }) => explanation.asked_amount - amount,
    ),
    waived_interest_amount: total(
      charges.filter(
        (one) => one.kind === 'interest' && one.status === 'waived' && one.claim_item_id === null,
      ),
      ({ amount }) => amount,
    ),
  }
}

const by = <T>(rows: readonly T[], key: (row: T) => string): [string, T[]][] =>
  [...groupBy(rows, key)].sort(([a], [b]) => (a < b ? -1 : 1))

for (const [name, policy] of Object.entries(policies)) {
  t.test(`a policy charges in a replay what it really charged: ${name}`, async (t) => {
    const { tenant, make, policyId, liveUntil, pay } = await creditor(policy)
    const business = await make.customer()
    const consumer = await make.customer({ kind: 'consumer' })
    const dutch = await make.customer({ kind: 'consumer', country: 'NL' })
    const austrian = await make.customer({ country: 'AT' })
    const owed = (customer: Json, day: string, total_amount: number, more: object = {}) =>
      make.invoice(customer, { due_date: `2026-03-${day}`, total_amount, ...more })
    const parted = await owed(business, '10', 1_000_000)
    const paid = await owed(business, '12', 333_333)
    const returned = await owed(business, '20', 87_654)
    await owed(business, '15', 50_000, { currency: 'USD' })
    const ofConsumer = await owed(consumer, '10', 123_456)
    const writtenOff = await owed(consumer, '11', 20_000)
    await owed(dutch, '11', 250_000)
    const late = await owed(austrian, '10', 777_777)
    await owed(austrian, '14', 99_999, {
      due_date_basis: 'invoice_only',
      received_date: '2026-03-01',
    })
    await liveUntil('2026-03-28')
    await pay(parted, 400_000, '2026-03-27')
    await pay(late, 700_000, '2026-03-16')
    const payment = await pay(returned, 87_654, '2026-03-28')
    await liveUntil('2026-04-02')
    await pay(paid, 333_333, '2026-04-02')
    await pay(ofConsumer, 23_456, '2026-04-02')
    await liveUntil('2026-04-06')
    await tenant.api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'Returned.' })
    await liveUntil('2026-04-20')
    await make.writeOff(writtenOff.open_items[0])
    await pay(ofConsumer, 100_000, '2026-04-19')
    await liveUntil('2026-05-05')

    const simulation = accepted(
      await tenant.api('POST', '/v1/dunning-simulations', {
        from_date: '2026-03-01',
        to_date: '2026-05-05',
        basis: 'known',
        policies: [{ policy_id: policyId }],
      }),
    )
    await runSimulation(app.context, tenant.uuid, uuidOf(simulation.id), forever)
    const [result] = (await make.get(`/v1/dunning-simulations/${simulation.id}`)).results
    const { data: notices, next_cursor: more } = await make.get('/v1/dunning-notices?limit=100')
    const { data: charges, next_cursor: others } = await make.get('/v1/charges?limit=200')
    t.same([more, others], [null, null], 'all of them')

    const levels = by<Json>(notices, ({ level, currency }) => `${level} ${currency}`)
    t.same(
      result.levels.map(
        ({ level, currency, notice_count, fee_amount, interest_amount, lump_sum_amount }: Json) => [
          `${level} ${currency}`,
          { notice_count, fee_amount, interest_amount, lump_sum_amount },
        ],
      ),
      levels.map(([key, told]) => {
        const ids = new Set(told.map(({ id }) => id))
        const own = charges.filter(({ notice_id, level }: Json) => level > 0 && ids.has(notice_id))
        const { fee_amount, lump_sum_amount } = figuresOf(own)
        const interest_amount = own
          .filter(({ kind }: Json) => kind === 'interest')
          .reduce((total: number, { amount }: Json) => total + amount, 0)
        return [key, { notice_count: told.length, fee_amount, interest_amount, lump_sum_amount }]
      }),
    )
    t.same(
      result.charges,
      by<Json>(charges, ({ currency }) => currency).map(([currency, own]) => ({
        currency,
        ...figuresOf(own),
      })),
    )
    t.ok(Object.values(result.charges[0]).every((figure) => figure !== 0))
    t.ok(charges.some(({ explanation }: Json) => explanation.over_claimed_amount > 0))
    t.same(await auditBooks(app.context, tenant.uuid), [])
  })
}
