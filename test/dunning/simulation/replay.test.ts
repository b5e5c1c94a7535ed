import fc from 'fast-check'
import t from 'tap'
import type { LawBook } from '../../../src/dunning/law/assess-claim.ts'
import type { ClaimedItem } from '../../../src/dunning/law/claim-of-item.ts'
import { limitationDatesBy } from '../../../src/dunning/law/limitation-dates.ts'
import type { Level, Policy } from '../../../src/dunning/policy.ts'
import { project } from '../../../src/dunning/project.ts'
import type {
  Cause,
  CustomerHistory,
  HistoricItem,
  ItemMovement,
} from '../../../src/dunning/simulation/history.ts'
import { replay as replayBy } from '../../../src/dunning/simulation/replay.ts'
import { addTallies, type emptyTally } from '../../../src/dunning/simulation/tally.ts'
import { tallyReplay } from '../../../src/dunning/simulation/tally-replay.ts'
import { addDays } from '../../../src/foundation/calendar.ts'
import { itemOf, levelOf, policies, policyOf, situationOf } from '../../support/situations.ts'

const moved = (date: string, amount: number, cause: Cause, effectiveDate = date) => ({
  date,
  amount,
  cause,
  effectiveDate,
})
const claim = (amount: number) => moved('2026-06-01', amount, 'claim')
const paid = (date: string, amount: number, effectiveDate = date) =>
  moved(date, -amount, 'money', effectiveDate)
const claimedItem = (due_date: string, total_amount: number): ClaimedItem => ({
  currency: 'EUR',
  due_date,
  claim_date: '2026-06-01',
  total_amount,
  debtor: 'business',
  country: 'DE',
  due_date_basis: 'agreed',
  received_date: null,
  consumer_notice_given: false,
  deferrals: [],
})
const historic = (dueDate: string, more: Partial<HistoricItem> = {}): HistoricItem => ({
  id: 'i',
  currency: 'EUR',
  dueDate,
  movements: [claim(10_000)],
  holds: [],
  limits: [],
  debits: [],
  limited: { country: 'DE', debtor: 'business', claimDate: '2026-06-01', dueDate, deferrals: [] },
  claimed: claimedItem(dueDate, 10_000),
  ...more,
})
const historyOf = (items: HistoricItem[], more: Partial<CustomerHistory> = {}) => ({
  customerId: 'c',
  items,
  unallocated: new Map(),
  contacts: [],
  ...more,
})
const rates = [
  {
    series: 'bgb_base_rate',
    valid_from_date: '2026-01-01',
    ppm: 12_700,
    source: '',
    verified: true,
  },
  {
    series: 'bgb_base_rate',
    valid_from_date: '2026-07-01',
    ppm: 12_700,
    source: '',
    verified: true,
  },
]
const book: LawBook = {
  series: new Map([['bgb_base_rate', { series: 'bgb_base_rate', rates }]]),
  switches: new Map(),
}
const grounds = {
  book,
  limitationDates: limitationDatesBy(book.switches),
  paymentData: (today: string): string | null => today,
  stamp: { tenant: { id: 't' }, now: '' },
}
const replay = (history: CustomerHistory, policy: Policy, until: string) =>
  replayBy(history, { ...grounds, policy }, until)
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
    movements: [claim(10_000), paid('2026-06-20', 10_000), paid('2026-07-20', -10_000)],
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
    movements: [claim(10_000), paid('2026-07-01', 10_000)],
  })
  const history = historyOf([item])
  const policy = policyOf()
  const question = { fromDate: '2026-06-20', paidWithinDays: 7, knownUntil: '2026-07-31' }
  const tally = tallyReplay(replay(history, policy, '2026-06-30'), history, question)
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
    tallyReplay(replay(history, policy, '2026-06-30'), history, {
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
    tallyReplay(replay(history, policyOf(), '2026-06-30'), history, question),
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

const question = { fromDate: '2026-06-01', paidWithinDays: 7, knownUntil: '2026-12-31' }
const charging = (level: Partial<Level>, more: Partial<Policy> = {}) =>
  policyOf({ levels: policyOf().levels.map((one) => ({ ...one, ...level })), ...more })
const tallied = (item: HistoricItem, policy: Policy, until = '2026-06-30') => {
  const history = historyOf([item])
  return tallyReplay(replay(history, policy, until), history, question)
}

t.test('agreed interest, by hand', async (t) => {
  const item = historic('2026-06-10', {
    movements: [claim(100_000), paid('2026-06-20', 40_000)],
    claimed: claimedItem('2026-06-10', 100_000),
  })
  const policy = charging({ interest: { kind: 'contract', percent: '9' } })
  // Level 1 on the 15th: 5 days on 1,000.00 at 9 % = 1.2329. Level 2 on the 25th: 10 days on 1,000.00 and 5 on 600.00
  // = 3.2055, of which 1.23 has been claimed.
  t.match(tallied(item, policy).levels, [{ interest_amount: 123 }, { interest_amount: 198 }])
  t.match(tallied({ ...item, claimed: null }, policy), { charges: [] }, 'of a claim only')
})

const statutory = { interest: { kind: 'statutory' as const } }
const owing = (amount: number, more: Partial<HistoricItem> = {}) =>
  historic('2026-06-10', {
    movements: [claim(amount)],
    claimed: claimedItem('2026-06-10', amount),
    ...more,
  })

t.test('statutory interest, the lump sum and the fee beyond it, by hand', async (t) => {
  const policy = charging({
    ...statutory,
    lump_sum: true,
    fees: [{ currency: 'EUR', amount: 5_000 }],
  })
  const item = owing(1_000_000, { movements: [claim(1_000_000), paid('2026-06-20', 400_000)] })
  const { levels, charges } = tallied(item, policy)
  // 1.27 + 9 = 10.27 percent. Until the 15th 5 days are 1,406.85; until the 25th 10 days of 1,000,000 and 5 of 600,000
  // are 3,657.81. The lump sum of 40.00 covers the first costs,
  // so that of two fees of 50.00 what is above it is left.
  t.match(levels, [
    { level: 1, fee_amount: 1_000, interest_amount: 1_407, lump_sum_amount: 4_000 },
    { level: 2, fee_amount: 2_000, interest_amount: 2_251, lump_sum_amount: 0 },
  ])
  t.same(charges, [
    {
      currency: 'EUR',
      fee_amount: 3_000,
      interest_amount: 3_658,
      lump_sum_amount: 4_000,
      refused_amount: 7_000,
      waived_interest_amount: 0,
    },
  ])
  const consumer = {
    ...item,
    claimed: { ...claimedItem('2026-06-10', 1_000_000), debtor: 'consumer' as const },
  }
  // 1.27 + 5 = 6.27 percent
  t.match(tallied(consumer, policy).levels, [
    { fee_amount: 5_000, interest_amount: 859, lump_sum_amount: 0 },
    { fee_amount: 5_000, interest_amount: 1_374 },
  ])
})

t.test('the notice that causes default is free, and interest begins after it', async (t) => {
  const policy = charging({ ...statutory, fees: [{ currency: 'EUR', amount: 500 }] })
  const claimed = {
    ...claimedItem('2026-06-10', 1_000_000),
    due_date_basis: 'invoice_only' as const,
  }
  // Demanded on the 15th: ten days from the 16th are 2,813.70.
  t.match(tallied(owing(1_000_000, { claimed }), policy), {
    levels: [
      { fee_amount: 0, interest_amount: 0 },
      { fee_amount: 500, interest_amount: 2_814 },
    ],
    charges: [{ refused_amount: 500 }],
  })
})

t.test(
  'costs of a Dutch consumer wait for the term of a letter that went out on its day',
  async (t) => {
    const claimed = {
      ...claimedItem('2026-06-10', 1_000_000),
      debtor: 'consumer' as const,
      country: 'NL',
    }
    const feeOn = (days: number, channels: Level['channels']) => {
      const policy = policyOf({
        levels: [
          levelOf(1, 5, { channels, payment_days: 15, statutory_notice: 'nl_14_day' }),
          levelOf(2, days, { fees: [{ currency: 'EUR', amount: 100_000 }] }),
        ],
      })
      return tallied(owing(1_000_000, { claimed }), policy, '2026-07-31').levels[1]?.fee_amount
    }
    // Sent on 15 June: by mail it has run out on the 30th, by letter, three days on its way, on 3 July.
    t.equal(feeOn(20, ['email']), 0)
    t.equal(feeOn(21, ['email']), 87_500)
    t.equal(feeOn(23, ['letter']), 0)
    t.equal(feeOn(24, ['letter']), 87_500)
  },
)

t.test(
  'a fee is judged by what reaches a level that costs something, and by nothing else',
  async (t) => {
    const policy = policyOf({
      levels: [
        levelOf(1, 5, { payment_days: 15, statutory_notice: 'nl_14_day' }),
        levelOf(2, 25),
        levelOf(3, 45, { fees: [{ currency: 'EUR', amount: 100_000 }] }),
      ],
    })
    const dutch = (id: string, dueDate: string) => {
      const claimed = {
        ...claimedItem(dueDate, 1_000_000),
        debtor: 'consumer' as const,
        country: 'NL',
      }
      return historic(dueDate, { id, movements: [claim(1_000_000)], claimed })
    }
    // On 25 July the first reaches level 3 and the second level 2, both in one demand: 875.00 is the cap of the first.
    const history = historyOf([dutch('first', '2026-06-10'), dutch('second', '2026-06-30')])
    const { levels } = tallyReplay(replay(history, policy, '2026-07-25'), history, question)
    t.match(levels[2], { level: 3, item_count: 2, fee_amount: 87_500 })
  },
)

t.test('interest that runs ends with its principal', async (t) => {
  const end = (
    movement: ItemMovement,
    on_principal_paid: Policy['on_principal_paid'] = 'enforce',
  ) =>
    tallied(
      owing(1_000_000, { movements: [claim(1_000_000), movement] }),
      charging(statutory, { on_principal_paid }),
    ).charges
  // 1,407 are claimed on the 15th; 10 days are 2,813.70.
  const payment = paid('2026-06-20', 1_000_000)
  t.match(end(payment), [{ interest_amount: 2_814, waived_interest_amount: 0 }])
  t.match(end(payment, 'waive'), [{ interest_amount: 1_407, waived_interest_amount: 1_407 }])
  for (const cause of ['given_up', 'credit'] as const) {
    t.match(
      end(moved('2026-06-20', -1_000_000, cause)),
      [{ interest_amount: 1_407, waived_interest_amount: 1_407 }],
      cause,
    )
  }
  // Paid on the 13th, seen on the 20th: 3 days are 844.11.
  t.match(end(paid('2026-06-20', 1_000_000, '2026-06-13')), [{ interest_amount: 844 }])
})

t.test('interest claimed too much is taken back by the next notice', async (t) => {
  const late = paid('2026-06-20', 900_000, '2026-06-13')
  const item = owing(1_000_000, { movements: [claim(1_000_000), late] })
  // 844.11 until the 13th, 12 days of 100,000 are 337.64: 1,181.75 of 1,407.
  t.match(tallied(item, charging(statutory)), {
    levels: [{ interest_amount: 1_407 }, { interest_amount: 0 }],
    charges: [{ interest_amount: 1_182 }],
  })
})

t.test('where a rate is not known nothing is guessed', async (t) => {
  const item = {
    ...owing(1_000_000),
    dueDate: '2027-06-10',
    claimed: claimedItem('2027-06-10', 1_000_000),
  }
  t.match(tallied(item, charging(statutory), '2027-06-30').charges, [{ interest_amount: 0 }])
})

t.test('a direct debit of then keeps an item back until it has come or failed', async (t) => {
  const debits = [
    { date: '2026-06-14', debitId: 'a', collectionDate: '2026-06-18' },
    { date: '2026-06-16', debitId: 'b', collectionDate: '2026-06-17' },
    { date: '2026-06-19', debitId: 'a', collectionDate: null },
    { date: '2026-06-22', debitId: 'b', collectionDate: null },
  ]
  t.same(told(historyOf([historic('2026-06-10', { debits })]), '2026-06-25'), [
    '2026-06-22 1',
    '2026-06-25 2',
  ])
})

t.test('a limit of then holds as long as it was said', async (t) => {
  const limits = [
    { date: '2026-06-12', maximumLevel: 1 },
    { date: '2026-07-01', maximumLevel: null },
  ]
  t.same(told(historyOf([historic('2026-06-10', { limits })]), '2026-07-31'), [
    '2026-06-15 1',
    '2026-07-01 2',
    '2026-07-10 3',
  ])
})

t.test('what is time-barred by the replay’s own demands is not told', async (t) => {
  const limitedTo = (country: string, dueDate: string) =>
    historic(dueDate, {
      movements: [claim(10_000)],
      limited: { country, debtor: 'business', claimDate: dueDate, dueDate, deferrals: [] },
    })
  // In Germany three years from the end of 2022, whatever was demanded.
  t.same(told(historyOf([limitedTo('DE', '2022-03-10')])), [])
  t.equal(told(historyOf([limitedTo('DE', '2023-03-10')])).length, 3)
})

t.test('nobody is told while payment data of then is old', async (t) => {
  const policy = policyOf({ payment_data_max_age_days: 3 })
  const paymentData = (today: string) => (today < '2026-06-20' ? '2026-06-10' : today)
  const { days } = replayBy(
    historyOf([historic('2026-06-10')]),
    { ...grounds, policy, paymentData },
    '2026-06-25',
  )
  t.same(
    days.map(({ date }) => date),
    ['2026-06-20', '2026-06-25'],
  )
})
