import t from 'tap'
import {
  chargeRefusal,
  costCapOf,
  type ProposedCharge,
} from '../../../src/dunning/law/charge-refusal.ts'
import {
  isEnabled,
  type JurisdictionCode,
  jurisdictionOf,
  jurisdictions,
  lawFor,
} from '../../../src/dunning/law/jurisdiction.ts'
import { lumpSumOf } from '../../../src/dunning/law/lump-sum.ts'
import type { DebtorKind } from '../../../src/dunning/law/rule.ts'
import { onScale } from '../../../src/dunning/law/scale.ts'

const law = (jurisdiction: JurisdictionCode | null, debtor: DebtorKind = 'business') =>
  lawFor(jurisdiction, debtor, '2026-03-01', {})
const refusal = (
  jurisdiction: JurisdictionCode | null,
  debtor: DebtorKind,
  more: Partial<ProposedCharge> = {},
) => {
  const found = chargeRefusal(law(jurisdiction, debtor), {
    kind: 'fee',
    amount: 500,
    currency: 'EUR',
    principal: 100_000,
    isPercentage: false,
    inDefault: true,
    statutoryTerm: 'has_run',
    feesBefore: 0,
    lumpSum: 0,
    lumpSumCovers: more.lumpSum ?? 0,
    ...more,
  })
  return found === null ? null : [found.code, found.allowedAmount, found.rule]
}

t.test(
  'the lump sum: EUR 40 in the Union, by size in the United Kingdom, never for consumers',
  async (t) => {
    for (const code of ['DE', 'AT', 'NL', 'BE', 'EU'] as const) {
      t.equal(lumpSumOf(law(code).lump_sum?.terms, 150_000, 'EUR'), 4_000, code)
      t.equal(lumpSumOf(law(code, 'consumer').lump_sum?.terms, 150_000, 'EUR'), 0)
    }
    const gb = (principal: number) => lumpSumOf(law('GB').lump_sum?.terms, principal, 'GBP')
    t.same(
      [0, 1, 99_999, 100_000, 150_000, 999_999, 1_000_000].map(gb),
      [0, 4_000, 4_000, 7_000, 7_000, 7_000, 10_000],
      'GBP 1,500 gives 70',
    )
    t.equal(lumpSumOf(law('GB').lump_sum?.terms, 150_000, 'EUR'), 0, 'nothing is converted')
    t.equal(lumpSumOf(law(null).lump_sum?.terms, 150_000, 'EUR'), 0)
  },
)

t.test('Dutch collection costs: the scale of Besluit 2012/141', async (t) => {
  const costs = (principal: number) => costCapOf(law('NL', 'consumer'), principal, 'EUR')
  // 15 % of the first 2,500; 10 % of the next 2,500; 5 % of the next 5,000; 1 % of the next 190,000; 0.5 % above.
  t.same(
    [
      0, 10_000, 26_666, 26_700, 250_000, 500_000, 1_000_000, 20_000_000, 100_000_000, 900_000_000,
    ].map(costs),
    [0, 4_000, 4_000, 4_005, 37_500, 62_500, 87_500, 277_500, 677_500, 677_500],
  )
  t.equal(costCapOf(law('NL'), 100_000, 'USD'), null)
  t.equal(costCapOf(law('DE'), 100_000, 'EUR'), null)
})

t.test('a scale without an end goes on with its last step', async (t) => {
  const steps = [
    { above: 0, fixed: 0, ppm: 100_000 },
    { above: 10_000, fixed: 1_500, ppm: 50_000 },
  ]
  const scale = { currency: 'EUR', steps, minimum: 500, maximum: null }
  // 10 % of 4,000 is below the minimum; 1,500 and 5 % of what lies above 10,000.
  t.same(
    [0, 4_000, 10_000, 10_001, 1_000_000_000].map((principal) => onScale(scale, principal)),
    [0, 500, 1_000, 1_500, 50_001_000],
  )
})

t.test('the Belgian cap for consumers: 20, 30 and 10 %, 65 and 5 %, 2,000', async (t) => {
  const cap = (principal: number) => costCapOf(law('BE', 'consumer'), principal, 'EUR')
  t.same(
    [1, 15_000, 15_001, 30_000, 50_000, 100_000, 10_000_000].map(cap),
    [2_000, 2_000, 3_000, 4_500, 6_500, 9_000, 200_000],
  )
})

t.test('nothing is charged before default: the notice that causes it is free', async (t) => {
  const before = { inDefault: false }
  t.same(refusal('DE', 'business', before), ['not_in_default', 0, 'DE_business_fees'])
  t.same(refusal('GB', 'business', before), ['not_in_default', 0, 'GB_business_default'])
  t.same(refusal('DE', 'consumer', { ...before, kind: 'interest' }), [
    'not_in_default',
    0,
    'DE_consumer_default',
  ])
  t.same(refusal(null, 'business', { ...before, kind: 'lump_sum' }), ['not_in_default', 0, null])
  t.same(refusal(null, 'business', before), ['not_in_default', 0, null])
  t.equal(refusal(null, 'business'), null, 'where no law is known a fee is what was agreed')
  t.equal(refusal('DE', 'business'), null)
  t.equal(refusal('DE', 'business', { kind: 'interest' }), null)
})

t.test('a lump sum is for businesses, once', async (t) => {
  t.equal(refusal('DE', 'business', { kind: 'lump_sum', amount: 4_000 }), null)
  t.same(refusal('DE', 'consumer', { kind: 'lump_sum' }), ['no_lump_sum', 0, null])
  t.same(refusal('DE', 'business', { kind: 'lump_sum', lumpSum: 4_000 }), [
    'lump_sum_charged_before',
    0,
    'DE_business_lump_sum',
  ])
})

t.test('fees are allowed only beyond the lump sum', async (t) => {
  const rule = 'DE_business_lump_sum'
  t.same(refusal('DE', 'business', { lumpSum: 4_000 }), ['within_lump_sum', 0, rule])
  t.same(refusal('DE', 'business', { lumpSum: 4_000, feesBefore: 3_800 }), [
    'within_lump_sum',
    300,
    rule,
  ])
  t.equal(refusal('DE', 'business', { lumpSum: 4_000, feesBefore: 4_000 }), null)
  t.same(refusal('DE', 'business', { lumpSum: 4_000, amount: 6_000 }), [
    'within_lump_sum',
    2_000,
    rule,
  ])
  t.same(
    refusal(null, 'business', { lumpSum: 4_000 }),
    ['within_lump_sum', 0, null],
    'also where the rule that gave it does not count any more',
  )
})

t.test('a lump sum covers the fees before it: together they are no more', async (t) => {
  const rule = 'DE_business_lump_sum'
  const lump = { kind: 'lump_sum', amount: 4_000 } as const
  t.same(refusal('DE', 'business', { ...lump, feesBefore: 1_000 }), [
    'fees_charged_before',
    3_000,
    rule,
  ])
  t.same(refusal('DE', 'business', { ...lump, feesBefore: 5_000 }), [
    'fees_charged_before',
    0,
    rule,
  ])
  const cut = { lumpSum: 3_000, lumpSumCovers: 4_000, feesBefore: 1_000 }
  t.same(refusal('DE', 'business', { ...cut, amount: 3_000 }), ['within_lump_sum', 0, rule])
  t.same(refusal('DE', 'business', { ...cut, amount: 5_000 }), ['within_lump_sum', 2_000, rule])
})

t.test('fees in percent are refused in Germany, default or not', async (t) => {
  const percent = { isPercentage: true, inDefault: false }
  t.same(refusal('DE', 'consumer', percent), ['percentage_fee', 0, 'DE_consumer_fees'])
  t.equal(refusal('NL', 'business', { isPercentage: true }), null)
})

t.test('Dutch consumers pay the scale and nothing else, after the notice of 14 days', async (t) => {
  const rule = 'NL_consumer_fees'
  t.same(refusal('NL', 'consumer', { statutoryTerm: 'missing' }), [
    'statutory_notice_missing',
    0,
    rule,
  ])
  t.match(refusal('NL', 'consumer', { statutoryTerm: 'not_sent' }), ['statutory_notice_not_sent'])
  t.match(refusal('NL', 'consumer', { statutoryTerm: 'running' }), [
    'statutory_notice_term_running',
  ])
  t.equal(refusal('NL', 'consumer', { amount: 15_000 }), null)
  t.same(refusal('NL', 'consumer', { amount: 15_001 }), ['above_cap', 15_000, rule])
  t.same(refusal('NL', 'consumer', { amount: 10_000, feesBefore: 9_000 }), [
    'above_cap',
    6_000,
    rule,
  ])
  t.same(refusal('NL', 'business', { amount: 15_000, lumpSum: 4_000 }), [
    'above_cap',
    11_000,
    'NL_business_fees',
  ])
})

t.test('Belgian consumers: the first reminder free, then 7.50 each, within the cap', async (t) => {
  const rule = 'BE_consumer_fees'
  t.same(refusal('BE', 'consumer', { statutoryTerm: 'missing' }), [
    'statutory_notice_missing',
    0,
    rule,
  ])
  t.equal(refusal('BE', 'consumer', { amount: 750 }), null)
  t.same(refusal('BE', 'consumer', { amount: 751 }), ['above_notice_cap', 750, rule])
  t.same(refusal('BE', 'consumer', { principal: 10_000, feesBefore: 1_500 }), null)
  t.same(refusal('BE', 'consumer', { principal: 10_000, feesBefore: 1_900 }), [
    'above_cap',
    100,
    rule,
  ])
})

t.test('the law of a claim is that of the day it arose', async (t) => {
  const margin = (claimDate: string) =>
    lawFor('DE', 'business', claimDate, { DE_business_interest_2002: true }).interest?.terms.margin
  t.equal(margin('2001-12-31'), undefined)
  t.equal(margin('2014-07-28'), 80_000)
  t.equal(margin('2014-07-29'), 90_000)
  t.equal(lawFor('DE', 'business', '2014-07-28', {}).lump_sum, undefined)
})

t.test('a rule counts if it was verified, unless the tenant says otherwise', async (t) => {
  t.equal(lawFor('AT', 'business', '2026-01-01', {}).limitation, undefined)
  const switched = { AT_business_limitation: true, AT_business_interest: false }
  t.equal(lawFor('AT', 'business', '2026-01-01', switched).limitation?.terms.years, 3)
  t.equal(lawFor('AT', 'business', '2026-01-01', switched).interest, undefined)
})

t.test(
  'every rule has a code of its own, says where it stands, and belongs to one place',
  async (t) => {
    const rules = Object.values(jurisdictions).flatMap(({ code, rules }) =>
      rules.map((rule) => ({ ...rule, jurisdiction: code })),
    )
    t.equal(new Set(rules.map(({ code }) => code)).size, rules.length)
    for (const rule of rules) {
      t.ok(rule.code.startsWith(`${rule.jurisdiction}_${rule.debtor}`), rule.code)
      t.ok(rule.source.length > 8 && rule.summary.endsWith('.'), rule.code)
      t.equal(isEnabled(rule, {}), rule.verified)
    }
    const slots = rules.map((rule) =>
      [rule.jurisdiction, rule.debtor, rule.topic, rule.validFrom].join(),
    )
    t.equal(new Set(slots).size, rules.length, 'no two rules compete for one day')
  },
)

t.test(
  'a country’s own law, else the directive’s where the euro is money, else none',
  async (t) => {
    t.same(['DE', 'GB', 'FR', 'PL', 'CH', 'EU'].map(jurisdictionOf), [
      'DE',
      'GB',
      'EU',
      null,
      null,
      null,
    ])
  },
)
