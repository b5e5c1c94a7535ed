import fc from 'fast-check'
import t from 'tap'
import { decimal, plus, rounded, times, whole, zero } from '../../../src/dunning/law/fraction.ts'
import {
  contractTerms,
  type JurisdictionCode,
  lawFor,
} from '../../../src/dunning/law/jurisdiction.ts'
import {
  type InterestInput,
  lateInterest,
  unknownFrom,
} from '../../../src/dunning/law/late-interest.ts'
import { percentOf, ppmOf, type RateSeries } from '../../../src/dunning/law/rate.ts'
import type { DebtorKind, InterestTerms } from '../../../src/dunning/law/rule.ts'
import { addDays } from '../../../src/foundation/calendar.ts'
import { MAX_AMOUNT } from '../../../src/foundation/money.ts'

const seriesOf = (series: string, rates: Record<string, string>): RateSeries => ({
  series,
  rates: Object.entries(rates).map(([valid_from_date, percent]) => ({
    series,
    valid_from_date,
    ppm: ppmOf(percent),
    source: 'test',
    verified: true,
  })),
})
const bases = {
  DE: seriesOf('bgb_base_rate', {
    '2016-07-01': '-0.88',
    '2023-01-01': '1.62',
    '2023-07-01': '3.12',
    '2024-01-01': '3.62',
    '2024-07-01': '3.37',
    '2025-01-01': '2.27',
  }),
  AT: seriesOf('oenb_base_rate', { '2023-01-01': '1.88', '2023-07-01': '3.38' }),
  NL: seriesOf('ecb_main_refinancing_rate', {
    '2016-03-16': '0',
    '2022-12-21': '2.5',
    '2023-06-21': '4',
    '2023-09-20': '4.5',
    '2024-06-12': '4.25',
    '2024-07-01': '4.25',
  }),
  GB: seriesOf('boe_official_bank_rate', {
    '2022-12-15': '3.5',
    '2023-06-22': '5',
    '2023-08-03': '5.25',
    '2023-12-31': '5.25',
  }),
}
const termsOf = (
  jurisdiction: JurisdictionCode,
  debtor: DebtorKind = 'business',
  claimDate = '2022-11-01',
): InterestTerms => {
  const { interest } = lawFor(jurisdiction, debtor, claimDate, {})
  if (interest === undefined) throw new Error('no rule')
  return interest.terms
}
const interestOf = (
  jurisdiction: keyof typeof bases,
  more: Partial<InterestInput> & Pick<InterestInput, 'principal' | 'from' | 'until'>,
) =>
  lateInterest({
    reductions: [],
    interestPayments: [],
    terms: termsOf(jurisdiction),
    series: bases[jurisdiction],
    carryForward: false,
    ...more,
  })
const read = ({ amount, segments }: ReturnType<typeof lateInterest>) => ({
  amount,
  segments: segments.map(
    ({ from, until, principal, ppm, days, dayBase, ...segment }) =>
      `${from}..${until} ${principal} ${percentOf(ppm)} % ${days}/${dayBase} = ${decimal(segment.amount)}`,
  ),
})

t.test('Germany, between businesses, over three changes of the base rate', async (t) => {
  // § 288 (2) BGB: -0.88, 1.62, 3.12 and 3.62 (Bundesbank) plus 9 points on EUR 10,000.00:
  // 10,000 × 8.12 % × 31/365 = 68.96; × 10.62 % × 181/365 = 526.64; × 12.12 % × 184/365 = 610.98;
  // × 12.62 % × 91/366 = 313.78 (2024 has a 29 February). Together 1,520.356778.
  t.same(
    read(interestOf('DE', { principal: 1_000_000, from: '2022-12-01', until: '2024-03-31' })),
    {
      amount: 152_036,
      segments: [
        '2022-12-01..2022-12-31 1000000 8.12 % 31/365 = 6896.438356',
        '2023-01-01..2023-06-30 1000000 10.62 % 181/365 = 52663.561644',
        '2023-07-01..2023-12-31 1000000 12.12 % 184/365 = 61098.082192',
        '2024-01-01..2024-03-31 1000000 12.62 % 91/366 = 31377.595628',
      ],
    },
  )
})

t.test(
  'Germany, a consumer who pays a part: the day of payment still bears interest',
  async (t) => {
    // § 288 (1) BGB: 2.27 + 5 = 7.27 % in the first half of 2025. EUR 1,000.00 for 30 days, then 600.00 for 30:
    // 1,000 × 7.27 % × 30/365 = 5.975342; 600 × 7.27 % × 30/365 = 3.585205; together 9.56.
    t.same(
      read(
        interestOf('DE', {
          principal: 100_000,
          reductions: [{ date: '2025-02-08', amount: 40_000 }],
          from: '2025-01-10',
          until: '2025-03-10',
          terms: termsOf('DE', 'consumer'),
        }),
      ),
      {
        amount: 956,
        segments: [
          '2025-01-10..2025-02-08 100000 7.27 % 30/365 = 597.534247',
          '2025-02-09..2025-03-10 60000 7.27 % 30/365 = 358.520548',
        ],
      },
    )
  },
)

t.test(
  'a year with a 29 February: its days are counted, its length by the convention',
  async (t) => {
    // February and March 2024 have 60 days: 10,000 × 12.62 % × 60 ÷ 366, ÷ 365 and ÷ 360.
    const amounts = (['actual_actual', 'actual_365', 'actual_360'] as const).map((dayCount) => {
      const terms = { ...termsOf('DE'), dayCount }
      return interestOf('DE', {
        principal: 1_000_000,
        from: '2024-02-01',
        until: '2024-03-31',
        terms,
      }).amount
    })
    t.same(amounts, [20_689, 20_745, 21_033])
  },
)

t.test('Austria, between businesses: 9.2 points over the base rate of the half-year', async (t) => {
  // § 456 UGB: 1.88 + 9.2 = 11.08 %, then 3.38 + 9.2 = 12.58 % on EUR 5,000.00:
  // 5,000 × 11.08 % × 30/365 = 45.534247; × 12.58 % × 184/365 = 317.084932; together 362.62.
  t.same(read(interestOf('AT', { principal: 500_000, from: '2023-06-01', until: '2023-12-31' })), {
    amount: 36_262,
    segments: [
      '2023-06-01..2023-06-30 500000 11.08 % 30/365 = 4553.424658',
      '2023-07-01..2023-12-31 500000 12.58 % 184/365 = 31708.493151',
    ],
  })
})

t.test(
  'the United Kingdom: fixed where interest began, or floating where a court lets it',
  async (t) => {
    // The Order of 2002: Bank Rate of 31 December 2022 was 3.5, so 11.5 % for a debt late from 1 April 2023, for as long
    // as it lasts: GBP 1,500 × 11.5 % ÷ 365 = 47.26p a day. Floating: 13 % (5 on 30 June) from 1 July on.
    const debt = { principal: 150_000, from: '2023-04-01', until: '2023-09-30' }
    t.same(read(interestOf('GB', { ...debt, until: '2023-04-01' })).segments, [
      '2023-04-01..2023-04-01 150000 11.50 % 1/365 = 47.260274',
    ])
    t.same(read(interestOf('GB', debt)), {
      amount: 8_649,
      segments: ['2023-04-01..2023-09-30 150000 11.50 % 183/365 = 8648.630137'],
    })
    t.same(
      interestOf('GB', { ...debt, terms: { ...termsOf('GB'), mode: 'floating' } }).amount,
      9_216,
    )
  },
)

t.test('the Netherlands: after each full year its interest bears interest', async (t) => {
  // Art. 6:119a, 6:119 (2) BW: 8, 10.5, 12 and 12.5 % on EUR 10,000.00 from 1 April 2022.
  // First year: 10,000 × (8 % × 275/365 + 10.5 % × 90/365) = 861.643836.
  // Second, on 10,861.643836: 10.5 % × 91/365 + 12 % × 184/365 + 12.5 % × 91/366 = 1,278.963643.
  // Then 91 days at 12.5 % on 12,140.607479: 377.320793. Together 2,517.93; without compounding 2,349.94.
  const debt = { principal: 1_000_000, from: '2022-04-01', until: '2024-06-30' }
  const { amount, segments } = interestOf('NL', debt)
  t.equal(amount, 251_793)
  t.same(
    segments.map(({ from, capitalised }) => [from, decimal(capitalised)]),
    [
      ['2022-04-01', '0.000000'],
      ['2022-07-01', '0.000000'],
      ['2023-01-01', '0.000000'],
      ['2023-04-01', '86164.383562'],
      ['2023-07-01', '86164.383562'],
      ['2024-01-01', '86164.383562'],
      ['2024-04-01', '214060.747887'],
    ],
  )
  const simple = interestOf('NL', { ...debt, terms: { ...termsOf('NL'), compounding: 'none' } })
  t.equal(simple.amount, 234_994)
})

t.test(
  'interest that was paid bears none any more, from the day after, the oldest first',
  async (t) => {
    // As before, but 900.00 of interest are paid on 30 April 2023, when 861.643836 of the first year are owed: 38.356164
    // are of the second. 10,861.643836 × 10.5 % × 30/365 + 10,000 × (10.5 % × 61/365 + 12 % × 184/365 + 12.5 % × 91/366)
    // = 1,184.940783; then 91 days at 12.5 % on 10,000 + 1,184.940783 - 38.356164: 346.427322. Together 2,393.01.
    const debt = { principal: 1_000_000, from: '2022-04-01', until: '2024-06-30' }
    const interestPayments = [{ date: '2023-04-30', amount: 90_000 }]
    const { amount, segments } = interestOf('NL', { ...debt, interestPayments })
    t.same(
      segments.slice(3).map(({ from, capitalised }) => [from, decimal(capitalised)]),
      [
        ['2023-04-01', '86164.383562'],
        ['2023-05-01', '0.000000'],
        ['2023-07-01', '0.000000'],
        ['2024-01-01', '0.000000'],
        ['2024-04-01', '114658.461845'],
      ],
    )
    t.equal(amount, 239_301)
    const returned = [...interestPayments, { date: '2023-05-31', amount: -90_000 }]
    const [, , , , without, again] = interestOf('NL', {
      ...debt,
      interestPayments: returned,
    }).segments
    t.equal(without?.until, '2023-05-31')
    t.equal(again && decimal(again.capitalised), '86164.383562', 'what went back is owed again')
    const simple = { ...debt, terms: { ...termsOf('NL'), compounding: 'none' as const } }
    t.same(interestOf('NL', { ...simple, interestPayments }), interestOf('NL', simple))
  },
)

t.test('a year that ends while nothing is open ends all the same', async (t) => {
  // EUR 10,000.00 at 8 % from 1 April 2022, paid on 31 March 2023, returned on 30 June 2023: 861.643836 of the first
  // year bears interest from 1 July on: 10,861.643836 × 12 % × 31/365 = 110.699493.
  const { segments } = interestOf('NL', {
    principal: 1_000_000,
    reductions: [
      { date: '2023-03-31', amount: 1_000_000 },
      { date: '2023-06-30', amount: -1_000_000 },
    ],
    from: '2022-04-01',
    until: '2023-07-31',
  })
  const last = segments.at(-1)
  t.same(last && [last.from, decimal(last.capitalised), decimal(last.amount)], [
    '2023-07-01',
    '86164.383562',
    '11069.949334',
  ])
})

t.test('Belgium rounds the rate up to half a point', async (t) => {
  // 4.25 + 8 = 12.25 is published as 12.5 for the second half of 2024.
  const { segments } = interestOf('NL', {
    principal: 100_000,
    from: '2024-07-01',
    until: '2024-07-31',
    terms: termsOf('BE'),
  })
  t.equal(segments[0]?.ppm, 125_000)
})

t.test('a rate that nobody has set yet is refused, or the last one goes on if asked', async (t) => {
  const debt = { principal: 100_000, from: '2024-12-01', until: '2025-07-01' }
  t.throws(() => interestOf('DE', debt), {
    code: 'reference_rate_unknown',
    details: {
      series: 'bgb_base_rate',
      unknown_from_date: '2025-07-01',
      last_known_date: '2025-01-01',
    },
  })
  const carried = interestOf('DE', { ...debt, carryForward: true })
  t.equal(carried.carriedForwardFrom, '2025-07-01')
  t.equal(carried.segments.at(-1)?.ppm, 112_700)
  t.equal(interestOf('DE', { ...debt, until: '2025-06-30' }).carriedForwardFrom, null)
  t.throws(
    () =>
      interestOf('AT', { ...debt, from: '2022-12-31', until: '2022-12-31', carryForward: true }),
    { code: 'reference_rate_unknown' },
    'there is nothing to carry to days before the first rate',
  )
  t.throws(() => lateInterest({ ...inputOf(debt), series: { series: 'none', rates: [] } }), {
    code: 'reference_rate_unknown',
    details: { last_known_date: null },
  })
})

const inputOf = (debt: Pick<InterestInput, 'principal' | 'from' | 'until'>): InterestInput => ({
  reductions: [],
  interestPayments: [],
  terms: termsOf('DE'),
  series: bases.DE,
  carryForward: false,
  ...debt,
})

t.test('what has been paid needs no rate any more', async (t) => {
  const paid = {
    ...inputOf({ principal: 100_000, from: '2025-06-01', until: '2026-11-22' }),
    reductions: [{ date: '2025-06-30', amount: 100_000 }],
  }
  t.equal(unknownFrom(paid), null)
  t.same(read(lateInterest(paid)).segments, [
    '2025-06-01..2025-06-30 100000 11.27 % 30/365 = 926.301370',
  ])
  const returned = {
    ...paid,
    reductions: [...paid.reductions, { date: '2026-01-31', amount: -100_000 }],
  }
  t.equal(unknownFrom(returned), '2026-02-01', 'but needs one when the payment comes back')
})

t.test('nothing is owed before the first day', async (t) => {
  t.same(
    read(lateInterest(inputOf({ principal: 100_000, from: '2025-02-01', until: '2025-01-31' }))),
    {
      amount: 0,
      segments: [],
    },
  )
})

const start = '2022-01-01'
const day = (from: number, length: number) => ({
  from: addDays(start, from),
  until: addDays(start, from + length),
})
const kinds = fc.constantFrom<InterestTerms>(
  termsOf('DE'),
  { ...termsOf('DE'), dayCount: 'actual_365' },
  { ...termsOf('DE'), dayCount: 'actual_360' },
  contractTerms(95_000, null),
)
const payments = fc.array(
  fc.record({
    after: fc.integer({ min: -30, max: 900 }),
    amount: fc.integer({ min: 1, max: 10_000 }),
  }),
  { maxLength: 6 },
)
const debts = fc
  .record({
    principal: fc.integer({ min: 60_000, max: 9_000_000_000 }),
    begin: fc.integer({ min: 0, max: 400 }),
    length: fc.integer({ min: 0, max: 700 }),
    terms: kinds,
    payments,
  })
  .map(({ principal, begin, length, terms, payments }) => ({
    ...inputOf({ principal, ...day(begin, length) }),
    terms,
    reductions: payments.map(({ after, amount }) => ({ date: addDays(start, after), amount })),
  }))
const exactOf = (input: InterestInput): string => {
  const { segments } = lateInterest(input)
  const denominator = 1_000_000n * 365n * 366n * 360n
  return String(
    segments.reduce(
      (total, { amount }) => total + (amount.numerator * denominator) / amount.denominator,
      0n,
    ),
  )
}

t.test(
  'simple interest of two times on end is that of both together, before rounding',
  async () => {
    fc.assert(
      fc.property(debts, fc.nat({ max: 700 }), (debt, at) => {
        const middle = addDays(debt.from, at)
        if (middle >= debt.until) return true
        const parts = [
          { ...debt, until: middle },
          { ...debt, from: addDays(middle, 1) },
        ].map((part) => BigInt(exactOf(part)))
        return BigInt(exactOf(debt)) === (parts[0] as bigint) + (parts[1] as bigint)
      }),
    )
  },
)

t.test('more days, more principal or less paid never give less', async () => {
  fc.assert(
    fc.property(debts, fc.nat({ max: 100 }), (debt, more) => {
      const { amount } = lateInterest(debt)
      return (
        lateInterest({ ...debt, until: addDays(debt.until, more) }).amount >= amount &&
        lateInterest({ ...debt, principal: debt.principal + more }).amount >= amount &&
        lateInterest({ ...debt, reductions: debt.reductions.slice(1) }).amount >= amount
      )
    }),
  )
})

t.test('a payment in two parts on one day is the payment', async () => {
  fc.assert(
    fc.property(
      debts,
      fc.integer({ min: 1, max: 9_999 }),
      fc.integer({ min: 0, max: 900 }),
      (debt, part, after) => {
        const date = addDays(start, after)
        const whole = { ...debt, reductions: [...debt.reductions, { date, amount: 10_000 }] }
        if (whole.reductions.length > 6) return true
        const parted = {
          ...debt,
          reductions: [...debt.reductions, { date, amount: part }, { date, amount: 10_000 - part }],
        }
        return exactOf(whole) === exactOf(parted)
      },
    ),
  )
})

t.test('no principal, no interest; and the segments are the days, once each', async () => {
  fc.assert(
    fc.property(debts, (debt) => {
      if (lateInterest({ ...debt, principal: 0, reductions: [] }).amount !== 0) return false
      const { segments } = lateInterest(debt)
      const days = segments.reduce((total, segment) => total + segment.days, 0)
      return (
        days === (Date.parse(debt.until) - Date.parse(debt.from)) / 86_400_000 + 1 &&
        segments.every(
          ({ from }, index) => index === 0 || from === addDays(segments[index - 1]?.until ?? '', 1),
        )
      )
    }),
  )
})

t.test(
  'compounding never gives less than simple interest, and the same within the first year',
  async () => {
    fc.assert(
      fc.property(debts, (debt) => {
        const simple = lateInterest(debt).amount
        const compound = lateInterest({
          ...debt,
          terms: { ...debt.terms, compounding: 'yearly' },
        }).amount
        const withinYear = Date.parse(debt.until) - Date.parse(debt.from) < 365 * 86_400_000
        return withinYear ? compound === simple : compound >= simple
      }),
    )
  },
)

t.test('percentages are read and written exactly', async (t) => {
  for (const [text, ppm] of [
    ['-0.88', -8_800],
    ['9.27', 92_700],
    ['0', 0],
    ['12.5', 125_000],
    ['0.0001', 1],
  ] as const) {
    t.equal(ppmOf(text), ppm)
  }
  t.same([-8_800, 92_700, 125_000, 92_725, 92_720, 1, 0].map(percentOf), [
    '-0.88',
    '9.27',
    '12.50',
    '9.2725',
    '9.272',
    '0.0001',
    '0.00',
  ])
})

t.test('fractions are exact, and rounded away from zero on both sides of it', async (t) => {
  const over = (above: bigint, below: bigint) => times(whole(1), above, below)
  t.same(plus(over(5n, 6n), over(-5n, 6n)), zero)
  t.same(plus(over(1n, 6n), over(1n, 3n)), over(1n, 2n))
  t.same([over(5n, 2n), over(-5n, 2n), over(7n, 3n), over(-7n, 3n)].map(rounded), [3, -3, 2, -2])
  t.same(
    [over(-1n, 3n), over(-1n, 2_000_000n), over(-1n, 4_000_000n), over(25n, 2n)].map(decimal),
    ['-0.333333', '-0.000001', '0.000000', '12.500000'],
  )
  t.same([whole(MAX_AMOUNT), whole(-MAX_AMOUNT)].map(rounded), [MAX_AMOUNT, -MAX_AMOUNT])
  t.throws(() => rounded(plus(whole(MAX_AMOUNT), over(1n, 2n))), RangeError)
  t.throws(() => rounded(plus(whole(-MAX_AMOUNT), over(-1n, 2n))), RangeError)
  t.throws(() => over(1n, 0n), /positive denominator/)
})
