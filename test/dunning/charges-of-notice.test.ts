import t from 'tap'
import {
  blank,
  type ChargingNotice,
  type ChargingStep,
  overClaimed,
} from '../../src/dunning/charges/charge-row.ts'
import type { ChargedBefore } from '../../src/dunning/charges/charged-before.ts'
import { chargesOfNotice } from '../../src/dunning/charges/charges-of-notice.ts'
import { basisOf, endAccrual } from '../../src/dunning/charges/end-accrual.ts'
import type { ChargeRow } from '../../src/dunning/charges/table.ts'
import {
  type Assessment,
  assess,
  type Claim,
  type InterestBasis,
} from '../../src/dunning/law/assess-claim.ts'
import type { Level } from '../../src/dunning/policy.ts'
import { bookOf, claimInLaw } from '../support/law.ts'
import { levelOf } from '../support/situations.ts'

const TODAY = '2026-06-25'
const stamp = { tenant: { id: 't' }, now: '2026-06-25T08:00:00Z', today: TODAY }
const nine = { kind: 'contract' as const, percent: '9' }
const unclaimed: ChargedBefore = {
  interest: 0,
  lumpSum: 0,
  lumpSumCovers: 0,
  fees: [],
  statutoryNotices: [],
}

const assessed = (
  claim: Partial<Claim>,
  interest: InterestBasis,
  asOf = TODAY,
  book = bookOf(),
): Assessment => assess(claimInLaw(claim), { interest, asOf, carryForward: false }, book)

/** How an item of a notice differs from a claim of which nothing was charged yet. */
interface Lifted {
  claim?: Partial<Claim>
  before?: Partial<ChargedBefore>
}
const lift = (id: string, level: Level): ChargingStep => ({
  item: { id, invoice_id: `invoice of ${id}`, cycle: 1, open_amount: 1_000_000 },
  level,
})
const noticeOf = (level: Level, ids: readonly string[], currency = 'EUR'): ChargingNotice => ({
  id: 'notice',
  customerId: 'customer',
  currency,
  level,
  overdueAmount: 1_000_000 * ids.length,
  steps: ids.map((id) => lift(id, level)),
})
const charges = (more: Partial<Level>, lifted: Record<string, Lifted>, book = bookOf()) => {
  const level = levelOf(2, 15, more)
  const known = Object.entries(lifted)
  const currency = known[0]?.[1].claim?.currency ?? 'EUR'
  return chargesOfNotice(stamp, noticeOf(level, Object.keys(lifted), currency), {
    accruals: new Map(
      known.map(([id, { claim = {} }]) => [id, assessed(claim, level.interest, TODAY, book)]),
    ),
    before: new Map(known.map(([id, { before = {} }]) => [id, { ...unclaimed, ...before }])),
  })
}
const told = (rows: readonly ChargeRow[]) =>
  rows.map(({ kind, item_id, status, amount, reason }) => [kind, item_id, status, amount, reason])

t.test('an item of which nothing was looked up is not charged', async (t) => {
  const level = levelOf(2, 15, { lump_sum: true, fees: [{ currency: 'EUR', amount: 500 }] })
  const facts = { accruals: new Map(), before: new Map() }
  t.same(chargesOfNotice(stamp, noticeOf(level, ['a']), facts), [])
})

t.test('agreed interest since default, less what was claimed, and what runs on', async (t) => {
  const rows = charges({ interest: nine }, { a: { before: { interest: 1_233 } } })
  // 10,000.00 × 9 % × 15/365 = 36.9863, of which 12.33 has been claimed.
  t.match(rows, [
    {
      kind: 'interest',
      status: 'claimed',
      amount: 2_466,
      percent: '9',
      from_date: '2026-06-11',
      until_date: TODAY,
      claim_item_id: String,
      explanation: {
        asked_amount: 3_699,
        settled_before_amount: 1_233,
        segments: { length: 1 },
        default_from_date: '2026-06-11',
        default_cause: 'agreed_due_date',
      },
    },
    {
      status: 'accrued',
      amount: 0,
      percent: '9',
      from_date: '2026-06-26',
      next_look_date: '2026-06-26',
      claim_item_id: null,
      explanation: { asked_amount: 3_699, settled_before_amount: 1_233 },
    },
  ])
  t.same(rows.map(overClaimed), [0, 0])
})

t.test('where too much interest was claimed nothing is, and it is known how much', async (t) => {
  const rows = charges({ interest: nine }, { a: { before: { interest: 5_000 } } })
  t.same(told(rows), [['interest', 'a', 'accrued', 0, null]])
  t.same(rows.map(overClaimed), [1_301])
  const [row] = rows as [ChargeRow]
  t.equal(overClaimed({ ...row, explanation: { asked_amount: 3_699 } }), 0)
})

t.test('interest that is refused says why, and by which rule', async (t) => {
  const statutory = { kind: 'statutory' as const }
  const unpublished = { series: new Map(), switches: new Map() }
  t.match(charges({ interest: statutory }, { a: { before: { interest: 40 } } }, unpublished), [
    { status: 'refused', reason: 'reference_rate_unknown', rule: null, amount: 0 },
    { status: 'accrued', percent: null, explanation: { asked_amount: 40 } },
  ])
  t.match(charges({ interest: statutory }, { a: { claim: { jurisdiction: null } } }), [
    { status: 'refused', reason: 'no_interest_rule', rule: null },
  ])
  const undemanded = { debtor: 'consumer', basis: 'invoice_only' } as const
  const fees = [{ currency: 'EUR', amount: 500 }]
  const early = charges({ interest: statutory, fees }, { a: { claim: undemanded } })
  t.match(early, [
    {
      kind: 'interest',
      status: 'refused',
      reason: 'not_in_default',
      rule: 'DE_consumer_default',
      explanation: { default_from_date: null, default_cause: null },
    },
    { kind: 'fee', item_id: null, status: 'refused', reason: 'not_in_default' },
  ])
})

t.test('a lump sum is refused where the law gives none in the currency', async (t) => {
  t.same(told(charges({ lump_sum: true }, { a: { claim: { currency: 'USD' } } })), [
    ['lump_sum', 'a', 'refused', 0, 'no_lump_sum'],
  ])
  t.same(charges({ lump_sum: true }, { a: { before: { lumpSum: 4_000 } } }), [], 'nor twice')
})

t.test('an earlier fee cuts one lump sum; a new one is what costs come to beyond', async (t) => {
  const fees = [{ notice_id: 'earlier', amount: 2_500, credited: [] }]
  const both = { a: { before: { fees } }, b: { before: { fees } } }
  const rows = charges({ lump_sum: true, fees: [{ currency: 'EUR', amount: 6_000 }] }, both)
  // 25.00 of the first 40.00 have been charged. All fees are 85.00, of which two lump sums cover 80.00.
  t.same(told(rows), [
    ['lump_sum', 'a', 'claimed', 1_500, 'fees_charged_before'],
    ['lump_sum', 'b', 'claimed', 4_000, null],
    ['fee', null, 'claimed', 500, 'within_lump_sum'],
  ])
  t.same(rows[0]?.explanation.credited_fees, [{ notice_id: 'earlier', amount: 2_500 }])
  t.equal(rows[1]?.explanation.credited_fees, undefined)
})

t.test('a fee whose first step is not reached is none', async (t) => {
  const fees = (from_amount: number) => [{ currency: 'EUR', steps: [{ from_amount, amount: 700 }] }]
  t.same(told(charges({ fees: fees(1_000_001) }, { a: {} })), [])
  t.same(told(charges({ fees: fees(1_000_000) }, { a: {} })), [['fee', null, 'claimed', 700, null]])
  t.same(told(charges({ fees: [{ currency: 'USD', amount: 700 }] }, { a: {} })), [])
})

t.test('what the law wants a notice for bears a fee when its term is over', async (t) => {
  const dutch = { jurisdiction: 'NL', debtor: 'consumer' } as const
  const given = (date: string): ChargedBefore['statutoryNotices'] => [
    {
      kind: 'nl_14_day',
      deadline_date: null,
      reports: [{ status: 'delivered', channel: 'email', date }],
    },
  ]
  const fees = [{ currency: 'EUR', percent: '50' }]
  const feeOf = (...notices: ChargedBefore['statutoryNotices'][]) =>
    charges(
      { fees },
      Object.fromEntries(
        notices.map((statutoryNotices, n) => [
          `${n}`,
          { claim: dutch, before: { statutoryNotices } },
        ]),
      ),
    )
  // Received on 9 June: the fifteenth day is the 24th. 875.00 is the scale of 10,000.00, whatever else is told.
  const over = {
    amount: 87_500,
    reason: 'above_cap',
    rule: 'NL_consumer_fees',
    explanation: { asked_amount: 500_000, base_amount: 1_000_000 },
  }
  t.match(feeOf(given('2026-06-09')), [over])
  t.match(feeOf(given('2026-06-09'), given('2026-06-10'), []), [over])
  t.match(feeOf(given('2026-06-10'), []), [
    {
      status: 'refused',
      reason: 'statutory_notice_term_running',
      explanation: { asked_amount: 1_000_000, base_amount: 2_000_000 },
    },
  ])
  t.match(feeOf([]), [{ status: 'refused', reason: 'statutory_notice_missing' }])
})

const running = (percent: string | null): ChargeRow => ({
  ...blank(stamp, noticeOf(levelOf(1, 5), ['a']), {
    kind: 'interest',
    explanation: { asked_amount: 1_233, settled_before_amount: 1_233 },
  }),
  status: 'accrued',
  percent,
  from_date: '2026-06-16',
  next_look_date: '2026-06-16',
})
const end = (accrual: Assessment, enforced: boolean) =>
  endAccrual(
    stamp,
    { charge: running('9'), enforced, reason: 'principal_paid' },
    accrual,
    { ...unclaimed, interest: 1_233 },
    '2026-06-20',
  )

t.test('interest that ran is claimed or given up when it ends', async (t) => {
  t.same(basisOf(running('9')), nine)
  t.same(basisOf(running(null)), { kind: 'statutory' })
  // 10,000.00 × 9 % × 10/365 = 24.6575, of which 12.33 has been claimed.
  const paid = assessed({}, nine, '2026-06-20')
  t.match(end(paid, true), {
    left: 1_233,
    waits: false,
    charge: {
      level: 0,
      status: 'claimed',
      amount: 1_233,
      reason: null,
      from_date: '2026-06-11',
      until_date: '2026-06-20',
      claim_item_id: String,
      next_look_date: null,
    },
  })
  t.match(end(paid, false), {
    left: 1_233,
    charge: { status: 'waived', amount: 1_233, reason: 'principal_paid', claim_item_id: null },
  })
})

t.test('it waits for a rate, and ends with nothing where nothing was late', async (t) => {
  const unpublished = { series: new Map(), switches: new Map() }
  t.match(end(assessed({}, { kind: 'statutory' }, '2026-06-20', unpublished), true), {
    left: 0,
    waits: true,
    charge: { status: 'accrued', next_look_date: '2026-06-26' },
  })
  t.match(end(assessed({ basis: 'invoice_only' }, nine, '2026-06-20'), true), {
    left: -1_233,
    waits: false,
    charge: {
      status: 'claimed',
      amount: 0,
      from_date: '2026-07-11',
      explanation: { asked_amount: 0, settled_before_amount: 1_233, segments: { length: 0 } },
    },
  })
  const never = { debtor: 'consumer', basis: 'invoice_only' } as const
  t.match(end(assessed(never, nine, '2026-06-20'), false), {
    left: -1_233,
    charge: { status: 'waived', amount: 0, from_date: '2026-06-16' },
  })
})
