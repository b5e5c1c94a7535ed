import fc from 'fast-check'
import t from 'tap'
import { project } from '../../../src/dunning/project.ts'
import { agreedInterest } from '../../../src/dunning/simulation/agreed-interest.ts'
import type { CustomerHistory, HistoricItem } from '../../../src/dunning/simulation/history.ts'
import { replay } from '../../../src/dunning/simulation/replay.ts'
import { addTallies, type emptyTally } from '../../../src/dunning/simulation/tally.ts'
import { tallyReplay } from '../../../src/dunning/simulation/tally-replay.ts'
import { addDays } from '../../../src/foundation/calendar.ts'
import { itemOf, policies, policyOf, situationOf } from '../../support/situations.ts'

const historic = (dueDate: string, more: Partial<HistoricItem> = {}): HistoricItem => ({
  id: 'i',
  currency: 'EUR',
  dueDate,
  movements: [{ date: '2026-06-01', amount: 10_000 }],
  money: [],
  holds: [],
  ...more,
})
const historyOf = (items: HistoricItem[], more: Partial<CustomerHistory> = {}) => ({
  customerId: 'c',
  items,
  unallocated: new Map(),
  contacts: [],
  ...more,
})
const paid = (date: string, amount: number) => ({ date, seenDate: date, amount })
const told = (history: CustomerHistory, until = '2026-12-31', policy = policyOf()) =>
  replay(history, policy, until).days.map(
    ({ date, notices }) => `${date} ${notices.map(({ level }) => level).join(' ')}`,
  )

t.test('where nothing happens but time, a replay is what the evaluator projects', async (t) => {
  const property = fc.property(
    policies.map((policy) => ({ ...policy, payment_data_max_age_days: null })),
    fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 4 }),
    (policy, days) => {
      const dueDates = days.map((day) => addDays('2026-06-10', day))
      const until = '2026-12-31'
      const items = dueDates.map((dueDate, n) => ({ dueDate, id: `i${n}`, openAmount: 10_000 }))
      const situation = situationOf(items.map((item) => itemOf(item.dueDate, { ...item, policy })))
      const projected = [...project([situation], '2026-06-01', until)].flatMap(
        ({ date, decisions }) =>
          decisions
            .flat()
            .flatMap(({ outcome, itemId, toLevel }) =>
              outcome === 'escalate' || outcome === 'remind'
                ? [`${date} ${itemId} ${toLevel}`]
                : [],
            ),
      )
      const history = historyOf(items.map(({ id, dueDate }) => historic(dueDate, { id })))
      const replayed = replay(history, policy, until).days.flatMap(({ date, notices }) =>
        notices.flatMap((notice) => notice.items.map(({ id, level }) => `${date} ${id} ${level}`)),
      )
      return JSON.stringify(replayed.sort()) === JSON.stringify(projected.sort())
    },
  )
  t.doesNotThrow(() => fc.assert(property, { numRuns: 500 }))
})

t.test('what is paid is not told of; what went back resumes where it stood', async (t) => {
  const item = historic('2026-06-10', {
    movements: [
      { date: '2026-06-01', amount: 10_000 },
      { date: '2026-06-20', amount: -10_000 },
      { date: '2026-07-20', amount: 10_000 },
    ],
  })
  t.same(told(historyOf([item])), ['2026-06-15 1', '2026-07-20 2', '2026-07-21 3'])
})

t.test('a hold of then, a contact of then, money of then', async (t) => {
  const hold = {
    id: 'h',
    reason: 'promise' as const,
    fromDate: '2026-06-12',
    untilDate: '2026-06-20',
  }
  t.same(told(historyOf([historic('2026-06-10', { holds: [hold] })]), '2026-06-25'), [
    '2026-06-21 1',
    '2026-06-25 2',
  ])
  const policy = policyOf({ contact_budget: { contacts: 1, days: 7 } })
  const called = historyOf([historic('2026-06-10')], { contacts: ['2026-06-14'] })
  t.same(told(called, '2026-06-25', policy), ['2026-06-21 1'])
  const covered = historyOf([historic('2026-06-10')], {
    unallocated: new Map([
      [
        'EUR',
        [
          { date: '2026-06-14', amount: 10_000 },
          { date: '2026-06-18', amount: -1 },
        ],
      ],
    ]),
  })
  t.same(told(covered, '2026-06-25'), ['2026-06-18 1', '2026-06-25 2'])
})

t.test('a tally: notices before the first day only tell where the item stands', async (t) => {
  const item = historic('2026-06-10', {
    movements: [
      { date: '2026-06-01', amount: 10_000 },
      { date: '2026-07-01', amount: -10_000 },
    ],
    money: [paid('2026-07-01', 10_000)],
  })
  const history = historyOf([item])
  const policy = policyOf()
  const question = { fromDate: '2026-06-20', paidWithinDays: 7, knownUntil: '2026-07-31' }
  const tally = tallyReplay(replay(history, policy, '2026-06-30'), history, policy, question)
  t.match(tally, {
    contacted_customer_count: 1,
    contact_count: 1,
    paid_anyway_customer_count: 1,
    levels: [
      {
        level: 2,
        notice_count: 1,
        amount: 10_000,
        observed_notice_count: 1,
        paid_soon_notice_count: 1,
        paid_soon_amount: 10_000,
      },
    ],
    standing: [{ level: 2, currency: 'EUR', item_count: 1, amount: 10_000 }],
  })
  const days = (paidWithinDays: number, knownUntil = '2026-07-31') =>
    tallyReplay(replay(history, policy, '2026-06-30'), history, policy, {
      ...question,
      paidWithinDays,
      knownUntil,
    })
  // Told on 25 June, paid on 1 July: after six days.
  t.match(days(5), { paid_anyway_customer_count: 0, levels: [{ paid_soon_notice_count: 0 }] })
  t.match(days(6), { paid_anyway_customer_count: 1 })
  t.match(days(7, '2026-07-01'), { levels: [{ observed_notice_count: 0 }] })
})

t.test('tallies add up, whatever the batches', async (t) => {
  const one = historyOf([historic('2026-06-10')])
  const other = historyOf([historic('2026-06-12', { currency: 'USD' })])
  const question = { fromDate: '2026-06-01', paidWithinDays: 7, knownUntil: '2026-12-31' }
  const [a, b] = [one, other].map((history) =>
    tallyReplay(replay(history, policyOf(), '2026-06-30'), history, policyOf(), question),
  ) as [typeof emptyTally, typeof emptyTally]
  const together = addTallies([a, a, b])
  t.same(addTallies([addTallies([b, a]), a]), together)
  t.match(together, {
    contacted_customer_count: 3,
    contact_count: 6,
    max_contacts: 2,
    customers_2_count: 3,
    levels: [
      { level: 1, currency: 'EUR', notice_count: 2, customer_count: 2, amount: 20_000 },
      { level: 1, currency: 'USD', notice_count: 1 },
      { level: 2, currency: 'EUR' },
      { level: 2, currency: 'USD' },
    ],
  })
})

t.test('agreed interest, by hand', async (t) => {
  const item = historic('2026-06-10', {
    movements: [
      { date: '2026-06-01', amount: 100_000 },
      { date: '2026-06-20', amount: -40_000 },
    ],
  })
  // 11 to 20 June: 10 days on 1,000.00; 21 to 30 June: 10 days on 600.00; 9 % of 16,000.00 × 1/365 × … = 3.9452
  t.equal(agreedInterest(item, '2026-06-30', '9'), 395)
  t.equal(agreedInterest(item, '2026-06-10', '9'), 0)
  t.equal(agreedInterest(item, '2026-06-05', '9'), 0)
  const policy = policyOf({
    levels: policyOf().levels.map((level) => ({
      ...level,
      interest: { kind: 'contract' as const, percent: '9' },
    })),
  })
  const history = historyOf([item])
  const question = { fromDate: '2026-06-01', paidWithinDays: 7, knownUntil: '2026-12-31' }
  const { levels } = tallyReplay(replay(history, policy, '2026-06-30'), history, policy, question)
  // Level 1 on the 15th: 5 days on 1,000.00 at 9 % = 1.2329. Level 2 on the 25th: 10 days on 1,000.00 and 5 on 600.00
  // = 3.2055, of which 1.23 has been claimed.
  t.same(
    levels.map(({ interest_amount }) => interest_amount),
    [123, 198],
  )
})
