import type { AnyRule } from '../rule.ts'

/** The minimum of directive 2011/7/EU, for countries of the euro whose own law is not modelled. */
export const europeanUnion: readonly AnyRule[] = [
  {
    code: 'EU_business_interest',
    topic: 'interest',
    debtor: 'business',
    validFrom: '2013-03-16',
    terms: {
      reference: { series: 'ecb_main_refinancing_rate', read: 'first_of_half_year' },
      margin: 80_000,
      roundedUpTo: null,
      mode: 'floating',
      compounding: 'none',
      dayCount: 'actual_365',
    },
    summary:
      'Main refinancing rate of the first day of the half-year plus 8 points, simple: the least that national law gives.',
    source: 'directive 2011/7/EU art. 2 (6), (7), art. 3',
    verified: true,
  },
  {
    code: 'EU_business_default',
    topic: 'default',
    debtor: 'business',
    validFrom: '2013-03-16',
    terms: { days: 30, countedFrom: 'receipt', needsNotice: false },
    summary: 'The day after an agreed due date; else 30 days after receipt of the invoice.',
    source: 'directive 2011/7/EU art. 3 (3)',
    verified: true,
  },
  {
    code: 'EU_business_lump_sum',
    topic: 'lump_sum',
    debtor: 'business',
    validFrom: '2013-03-16',
    terms: { currency: 'EUR', steps: [{ from: 0, amount: 4_000 }] },
    summary: 'EUR 40 per claim; reasonable costs as far as they exceed it.',
    source: 'directive 2011/7/EU art. 6',
    verified: true,
  },
  {
    code: 'EU_business_payment_term',
    topic: 'payment_term',
    debtor: 'business',
    validFrom: '2013-03-16',
    terms: { daysMax: 60 },
    summary: 'Over 60 days only if expressly agreed and not grossly unfair.',
    source: 'directive 2011/7/EU art. 3 (5)',
    verified: true,
  },
]
