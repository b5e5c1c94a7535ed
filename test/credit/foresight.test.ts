import fc from 'fast-check'
import t from 'tap'
import {
  dayOfShare,
  distributionOf,
  shareUntil,
  shrunk,
  weightOf,
} from '../../src/credit/foresight/distribution.ts'
import { habitsOf, type Settlement } from '../../src/credit/foresight/habits.ts'
import { predict } from '../../src/credit/foresight/predict.ts'
import { rateOf, recoveryRatesOf } from '../../src/credit/foresight/recovery.ts'
import { addDays } from '../../src/foundation/calendar.ts'
import { newId, publicId } from '../../src/foundation/id.ts'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { type PaidInvoice, readPaidInvoices } from '../support/ibm-receivables.ts'
import { auc, meanAbsoluteError } from '../support/metrics.ts'
import { clockOf, recordsOf } from '../support/records.ts'
import { judge, walkForward } from '../support/walk-forward.ts'

const folder = process.env.SAMPLE_DATA_DIR
const DAY = '2026-03-01'

const settled = (customerId: string, ...daysLate: number[]): Settlement[] =>
  daysLate.map((days) => ({ customerId, classId: null, settledDate: DAY, daysLate: days }))
const item = (more: object = {}) => ({ classId: null, dueDate: '2026-03-31', today: DAY, ...more })

t.test('the area under the curve counts pairs in the right order, a tie for half', (t) => {
  const scored = (late: number[], prompt: number[]) => [
    ...late.map((score) => ({ score, happened: true })),
    ...prompt.map((score) => ({ score, happened: false })),
  ]
  t.equal(auc(scored([3, 4], [1, 2])), 1)
  t.equal(auc(scored([1], [2, 3])), 0)
  t.equal(auc(scored([5, 5, 5], [5, 5])), 0.5)
  // Of six pairs, 0.8 > 0.5, 0.8 > 0.2, 0.5 > 0.2 and 0.4 > 0.2 are right, 0.5 = 0.5 is half, 0.4 < 0.5 is wrong.
  t.equal(auc(scored([0.8, 0.5, 0.4], [0.5, 0.2])), 4.5 / 6)
  t.ok(Number.isNaN(auc(scored([1, 2], []))))
  t.equal(
    meanAbsoluteError([
      { forecast: 10, came: 13 },
      { forecast: 5, came: 4 },
    ]),
    2,
  )
  t.end()
})

t.test('shrinking adds so many items that are spread like the others', (t) => {
  const own = distributionOf([
    { daysLate: 5, weight: 1 },
    { daysLate: 5, weight: 1 },
  ])
  const others = new Map([
    [0, 30],
    [5, 10],
  ])
  t.strictSame(
    [...shrunk(own, others, 4)],
    [
      [5, 3],
      [0, 3],
    ],
  )
  t.equal(shrunk(own, new Map(), 4), own)
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ daysLate: fc.integer({ min: -60, max: 400 }), weight: fc.constant(1) }),
        {
          minLength: 1,
        },
      ),
      fc.double({ min: 0.1, max: 20, noNaN: true }),
      fc.integer({ min: -40, max: 300 }),
      (observed, spread, age) => {
        const distribution = distributionOf(observed)
        const p50 = dayOfShare(distribution, 0.5, age, spread)
        const p80 = dayOfShare(distribution, 0.8, age, spread)
        if (p50 === null || p80 === null) return p50 === p80
        const gone = shareUntil(distribution, age - 1, spread)
        const reached = (shareUntil(distribution, p50, spread) - gone) / (1 - gone)
        return p50 >= age && p80 >= p50 && reached >= 0.5 - 1e-9 && weightOf(distribution) > 0
      },
    ),
  )
  t.end()
})

t.test('customers that differ much are judged by themselves, equal ones by each other', (t) => {
  const apart = habitsOf([...settled('a', 0, 1, 0, 1), ...settled('b', 30, 31, 30, 31)])
  const alike = habitsOf([...settled('a', 0, 30, 0, 30), ...settled('b', 30, 0, 30, 0)])
  t.ok(apart.strength < 1 && apart.spreadDays < 2, JSON.stringify(apart))
  t.equal(alike.strength, 20)
  // By hand: within 2 customers (4 × 0.25 each) / (8 − 2) = 1/3; spread √(1/3), at least a day.
  t.equal(apart.spreadDays, 1)
  t.match(habitsOf(settled('a', 3)), { strength: 1, spreadDays: 7 })
  t.end()
})

t.test('who has always paid late is foreseen late, who is new like all the others', (t) => {
  const late = settled('late', 14, 15, 16, 15, 15)
  const prompt = [...settled('p1', -3, -2, -3, -2, -3), ...settled('p2', -4, -3, -5, -4, -4)]
  const habits = habitsOf([...late, ...prompt])
  const [of, none] = [predict(item(), late, habits), predict(item(), [], habits)]
  t.ok((of.lateProbability as number) > 0.9)
  t.match(of.p50Date, /^2026-04-1[4-6]$/)
  t.ok((none.lateProbability as number) > 0.25 && (none.lateProbability as number) < 0.45)
  t.match(none.inputs, { ownItems: 0, ownWeight: 0, ownLateShare: null, tenantLateShare: 1 / 3 })
  t.match(of.inputs, { ownItems: 5, ownLateShare: 1, classLateShare: null, tenantItems: 15 })

  const overdue = predict(item({ today: '2026-04-10' }), prompt.slice(0, 5), habits)
  t.equal(overdue.lateProbability, 1)
  t.ok((overdue.p50Date as string) >= '2026-04-10', 'what is open today is not paid yesterday')
  const forgotten = predict(item({ today: '2028-01-01' }), late, habits)
  t.match(forgotten, { lateProbability: 1, p50Date: null, p80Date: null })
  t.match(predict(item(), [], habitsOf([])), { lateProbability: null, p50Date: null })
  t.end()
})

t.test('a class counts before the tenant, and what is old counts less', (t) => {
  const ofClass = settled('c', 20, 21, 20).map((one) => ({ ...one, classId: 'slow' }))
  const habits = habitsOf([...ofClass, ...settled('d', 0, 0, 0, 0), ...settled('e', -1, 0, 0)])
  const [inClass, outside] = ['slow', null].map((classId) => predict(item({ classId }), [], habits))
  t.ok(Number(inClass?.lateProbability) > Number(outside?.lateProbability))
  const aged = (days: number) =>
    settled('x', 40).map((one) => ({ ...one, settledDate: addDays(DAY, -days) }))
  const weights = [0, 180, 360].map((days) => predict(item(), aged(days), habits).inputs.ownWeight)
  t.strictSame(weights, [1, 0.5, 0.25])
  t.end()
})

t.test('what is expected to be paid in the end begins at the prior and follows what was', (t) => {
  t.strictSame(
    recoveryRatesOf([]).map(({ rate }) => Number(rate.toFixed(4))),
    [0.99, 0.98, 0.97, 0.8, 0.5],
  )
  // Twenty items reached 200 days, of each a quarter was paid: (20 × 0.25 + 20 × 0.5) / 40.
  const rates = recoveryRatesOf(
    Array.from({ length: 20 }, () => ({ daysLate: 200, paidShare: 0.25 })),
  )
  t.match(rateOf(rates, 400), { fromDays: 180, itemCount: 20, rate: 0.375 })
  t.match(rateOf(rates, 29), { fromDays: 1 })
  t.match(rateOf(rates, 0), { fromDays: 0 })
  t.end()
})

const day = (index: number) => addDays('2026-01-01', index)
const someInvoices = fc
  .array(
    fc.record({
      customer: fc.constantFrom('a', 'b', 'c'),
      issue: fc.integer({ min: 0, max: 200 }),
      takes: fc.integer({ min: 1, max: 90 }),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .map((all) =>
    all.map(
      ({ customer, issue, takes }, index): PaidInvoice => ({
        customer,
        number: String(index),
        issued: day(issue),
        due: day(issue + 30),
        settled: day(issue + takes),
        amount: 100,
        daysLate: Math.max(0, takes - 30),
      }),
    ),
  )

t.test('another future changes no forecast of the past', (t) => {
  fc.assert(
    fc.property(someInvoices, fc.integer({ min: 0, max: 200 }), (invoices, cut) => {
      const upTo = (all: readonly PaidInvoice[]) =>
        walkForward(all, 0)
          .filter(({ invoice }) => invoice.issued <= day(cut))
          .map(({ invoice, forecasts }) => ({ number: invoice.number, forecasts }))
      const otherwise = invoices
        .filter(({ issued }) => issued <= day(cut) || Number(issued.slice(-1)) % 2 === 0)
        .map((one) =>
          one.settled > day(cut) ? { ...one, settled: addDays(one.settled, 60) } : one,
        )
      t.strictSame(upTo(otherwise), upTo(invoices))
    }),
    { numRuns: 60 },
  )
  t.end()
})

t.test(
  'on two years of real-looking receivables it is better than each simple forecast, on both figures',
  folder ? {} : { skip: 'SAMPLE_DATA_DIR does not say where ar/ibm-receivables.csv is' },
  async (t) => {
    const foreseen = walkForward(await readPaidInvoices(String(folder)))
    const [foresight, ...baselines] = judge(foreseen)
    t.equal(foreseen.length, 1665)
    for (const { forecaster, auc, meanAbsoluteErrorDays } of baselines) {
      t.ok(Number(foresight?.auc) > auc + 0.015, `AUC against ${forecaster}`)
      t.ok(
        Number(foresight?.meanAbsoluteErrorDays) < meanAbsoluteErrorDays - 0.15,
        `days to pay against ${forecaster}`,
      )
    }
    const paid = foreseen.filter(({ paidByP80 }) => paidByP80).length / foreseen.length
    t.ok(paid > 0.75 && paid < 0.9, `${paid} were paid by the P80 date`)
  },
)

t.test('the service foresees what is open from what its ledger knows', async (t) => {
  const app = await testApp(t)
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-06-01')
  const [slow, prompt, consumer] = [
    await make.customer(),
    await make.customer(),
    await make.customer({ kind: 'consumer' }),
  ]
  const pay = async (customer: { id: string; currency: string }, received: string[]) => {
    for (const received_date of received) {
      const invoice = await make.invoice(customer)
      await make.payment(customer, {
        received_date,
        allocations: [{ invoice_id: invoice.id, amount: 10_000 }],
      })
    }
  }
  await pay(slow, ['2026-04-04', '2026-04-05', '2026-04-06'])
  await pay(prompt, ['2026-03-10', '2026-03-12', '2026-03-14'])
  const lost = await make.invoice(prompt)
  await make.writeOff({ id: lost.open_items[0].id })
  const open = { issue_date: '2026-05-20', due_date: '2026-06-20' }
  for (const customer of [slow, prompt, consumer]) await make.invoice(customer, open)
  const foresight = async ({ id }: { id: string }) =>
    (await make.get(`/v1/customers/${id}/foresight`)).data[0]

  const ofSlow = await foresight(slow)
  t.match(ofSlow, {
    object: 'payment_foresight',
    as_of_date: '2026-06-01',
    due_date: '2026-06-20',
    open_amount: 10_000,
    inputs: {
      own_item_count: 3,
      own_late_percent: '100.0',
      tenant_late_percent: '50.0',
      tenant_item_count: 6,
    },
    // Seven items have ended, of one nothing was paid: (6 + 20 × 0.99) / 27.
    recovery: {
      amount: 9_560,
      percent: '95.6',
      from_days_overdue: 0,
      item_count: 7,
      prior_percent: '99.0',
    },
    human_review_required: false,
  })
  t.ok(Number(ofSlow.late_percent) > 90)
  t.ok(ofSlow.p50_date > '2026-07-05' && ofSlow.p80_date >= ofSlow.p50_date)
  const ofPrompt = await foresight(prompt)
  t.ok(Number(ofPrompt.late_percent) < 20)
  t.match(await foresight(consumer), { human_review_required: true, inputs: { own_item_count: 0 } })

  t.same(await make.get(`/v1/open-items/${ofSlow.item_id}/foresight`), ofSlow)
  await clock.set('2026-07-20')
  t.match(await make.get(`/v1/open-items/${ofSlow.item_id}/foresight`), {
    late_percent: '100.0',
    recovery: { from_days_overdue: 30 },
  })
  const { api } = tenant
  const ended = `/v1/open-items/${lost.open_items[0].id}/foresight`
  t.match(await api('GET', ended), { status: 409, body: { code: 'insufficient_open_amount' } })
  for (const [path, code] of [
    [`/v1/open-items/${publicId('open_item', newId())}/foresight`, 'open_item_not_found'],
    [`/v1/customers/${publicId('customer', newId())}/foresight`, 'customer_not_found'],
  ] as const)
    t.match(await api('GET', path), { status: 404, body: { code } })
  const blind = await app.tenant({ scopes: ['customers:read'] })
  t.match(await blind.api('GET', `/v1/customers/${slow.id}/foresight`), { status: 403 })
  t.same(await auditBooks(app.context, tenant.uuid), [])
})
