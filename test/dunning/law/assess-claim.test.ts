import t from 'tap'
import {
  assess,
  type Claim,
  type LawBook,
  type Question,
} from '../../../src/dunning/law/assess-claim.ts'
import { claimOfItem } from '../../../src/dunning/law/claim-of-item.ts'
import { bookOf, claimInLaw } from '../../support/law.ts'

const on = (claim: Partial<Claim>, question: Partial<Question> = {}, book: LawBook = bookOf()) =>
  assess(
    claimInLaw(claim),
    { interest: { kind: 'statutory' }, asOf: '2026-06-25', carryForward: false, ...question },
    book,
  )

t.test('a German business that is fifteen days late', async (t) => {
  // 1.27 + 9 = 10.27 %: 10,000.00 × 10.27 % × 15/365 = 42.2055.
  t.match(on({}), {
    openAmount: 1_000_000,
    default: { date: '2026-06-11', cause: 'agreed_due_date' },
    inDefault: true,
    defaultedAmount: 1_000_000,
    interest: { amount: 4_221 },
    interestRefusal: null,
    series: { series: 'bgb_base_rate' },
    lumpSumAmount: 4_000,
    limitation: { date: '2029-12-31', warning: null },
    longTerm: null,
  })
  t.match(
    on({
      reductions: [
        { date: '2026-06-10', amount: 400_000 },
        { date: '2026-06-20', amount: 100_000 },
        { date: '2026-06-26', amount: 500_000 },
      ],
    }),
    // 10 days of 6,000.00 are 16.8822, and 5 of 5,000.00 are 7.0342.
    { openAmount: 500_000, defaultedAmount: 600_000, interest: { amount: 2_392 } },
    'what was paid before default is not late',
  )
})

t.test('a default that is known needs no law, and before it nothing is borne', async (t) => {
  const known = { basis: 'invoice_only' as const, knownDefaultDate: '2026-06-16' }
  // 10,000.00 × 10.27 % × 10/365 = 28.1370
  t.match(on(known), {
    default: { date: '2026-06-16', cause: 'given' },
    interest: { amount: 2_814 },
  })
  t.match(on(known, { asOf: '2026-06-15' }), {
    inDefault: false,
    interest: null,
    interestRefusal: 'not_in_default',
    lumpSumAmount: 0,
  })
})

t.test('where no law is known only a contract gives interest', async (t) => {
  const nowhere = { jurisdiction: null }
  t.match(on(nowhere), {
    law: {},
    interest: null,
    interestRefusal: 'no_interest_rule',
    terms: null,
    lumpSumAmount: 0,
    limitation: null,
    longTerm: null,
  })
  // 10,000.00 × 9 % × 15/365 = 36.9863
  t.match(on(nowhere, { interest: { kind: 'contract', percent: '9' } }), {
    interest: { amount: 3_699, segments: [{ reference: null, dayBase: 365 }] },
    series: null,
  })
  t.match(on(nowhere, { interest: { kind: 'none' } }), { interestRefusal: 'not_asked_for' })
})

t.test('a contract may follow a reference rate, and count days in its own way', async (t) => {
  const above = { kind: 'contract' as const, percent: '4', series: 'bgb_base_rate' }
  // 5.27 % × 15/365 = 21.6575; × 15/360 = 21.9583; 1.27 % × 15/365 = 5.2192
  t.match(on({}, { interest: above }), { interest: { amount: 2_166 } })
  t.match(on({}, { interest: above, dayCount: 'actual_360' }), { interest: { amount: 2_196 } })
  t.match(on({}, { interest: { kind: 'contract', series: 'bgb_base_rate' } }), {
    interest: { amount: 522 },
  })
  const long = { asOf: '2026-07-10', interest: above }
  // The rate falls to 1.02 on 1 July: 20 days of 5.27 % are 28.8767, 10 of 5.02 % are 13.7534; kept, 30 of 5.27 % 43.3151.
  t.match(on({}, long), { interest: { amount: 4_263 } })
  t.match(on({}, { ...long, mode: 'fixed_at_start' }), { interest: { amount: 4_332 } })
})

t.test('a rate that nobody has said is refused, unless the last one is to go on', async (t) => {
  const late = { asOf: '2027-01-10' }
  t.match(on({}, late), {
    interest: null,
    interestRefusal: 'reference_rate_unknown',
    unknownFrom: '2027-01-01',
  })
  t.match(on({}, { ...late, carryForward: true }), {
    interest: { carriedForwardFrom: '2027-01-01' },
    interestRefusal: null,
    unknownFrom: null,
  })
  t.match(on({}, {}, { series: new Map(), switches: new Map() }), {
    interestRefusal: 'reference_rate_unknown',
    series: { series: 'bgb_base_rate', rates: [] },
    unknownFrom: '2026-06-11',
  })
})

t.test('what a tenant has switched off does not count, and long terms are warned of', async (t) => {
  const switches = new Map([['DE' as const, { DE_business_limitation: false }]])
  t.equal(on({}, {}, { ...bookOf(), switches }).limitation, null)
  t.match(on({ claimDate: '2026-04-10' }).longTerm, { days: 61, days_max: 60 })
  t.equal(on({ claimDate: '2026-04-10', receivedDate: '2026-04-11' }).longTerm, null)
})

t.test('an item is a claim that began default by its first demand', async (t) => {
  const item = {
    currency: 'EUR',
    due_date: '2026-06-10',
    claim_date: '2026-05-01',
    total_amount: 1_000_000,
    debtor: 'consumer' as const,
    country: 'FR',
    due_date_basis: 'invoice_only' as const,
    received_date: '2026-05-03',
    consumer_notice_given: false,
    deferrals: [],
  }
  const course = { reductions: [], interestPayments: [] }
  const undemanded = claimOfItem(item, { ...course, demandDates: [] })
  t.match(undemanded, { jurisdiction: 'EU', principal: 1_000_000, demandDate: null, acts: [] })
  const demandDates = ['2026-06-12', '2026-06-20']
  t.match(claimOfItem(item, { ...course, demandDates }), {
    demandDate: '2026-06-12',
    limitationDueDate: '2026-06-10',
    acts: [
      { kind: 'written_demand', date: '2026-06-12', untilDate: null },
      { kind: 'written_demand', date: '2026-06-20', untilDate: null },
    ],
  })
})
