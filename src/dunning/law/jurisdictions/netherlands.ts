import type { AnyRule, FeeTerms, InterestTerms } from '../rule.ts'

const compounding = (terms: Pick<InterestTerms, 'reference' | 'margin'>): InterestTerms => ({
  ...terms,
  roundedUpTo: null,
  mode: 'floating',
  compounding: 'yearly',
  dayCount: 'actual_actual',
})

/** Besluit vergoeding voor buitengerechtelijke incassokosten, art. 2: by the principal, at least EUR 40. */
const collectionCosts: FeeTerms['cap'] = {
  currency: 'EUR',
  steps: [
    { above: 0, fixed: 0, ppm: 150_000 },
    { above: 250_000, fixed: 37_500, ppm: 100_000 },
    { above: 500_000, fixed: 62_500, ppm: 50_000 },
    { above: 1_000_000, fixed: 87_500, ppm: 10_000 },
    { above: 20_000_000, fixed: 277_500, ppm: 5_000 },
  ],
  minimum: 4_000,
  maximum: 677_500,
}

/** Dutch law: statutory interest bears interest after each full year; consumers pay the statutory scale of costs only. */
export const netherlands: readonly AnyRule[] = [
  {
    code: 'NL_business_interest',
    topic: 'interest',
    debtor: 'business',
    validFrom: '2013-03-16',
    terms: compounding({
      reference: { series: 'ecb_main_refinancing_rate', read: 'first_of_half_year' },
      margin: 80_000,
    }),
    summary:
      'Main refinancing rate of the first day of the half-year plus 8 points; after each full year the interest of that year bears interest, until it is paid.',
    source: 'art. 6:119a (1), (3), 6:119 (2), 6:120 (2) BW',
    verified: true,
  },
  {
    code: 'NL_consumer_interest',
    topic: 'interest',
    debtor: 'consumer',
    validFrom: '2015-01-01',
    terms: compounding({
      reference: { series: 'nl_statutory_rate', read: 'first_of_half_year' },
      margin: 0,
    }),
    summary:
      'The statutory rate set by decree; after each full year the interest of that year bears interest, until it is paid.',
    source: 'art. 6:119 (1), (2), 6:120 (1) BW',
    verified: true,
  },
  {
    code: 'NL_business_default',
    topic: 'default',
    debtor: 'business',
    validFrom: '2013-03-16',
    terms: { days: 30, countedFrom: 'receipt', needsNotice: false },
    summary: 'The day after an agreed due date; else 30 days after receipt of the invoice.',
    source: 'art. 6:119a (1), (2) BW',
    verified: true,
  },
  {
    code: 'NL_consumer_default',
    topic: 'default',
    debtor: 'consumer',
    validFrom: '1992-01-01',
    terms: { days: null, countedFrom: 'receipt', needsNotice: false },
    summary: 'The day after an agreed due date; else the day after a demand was received.',
    source: 'art. 6:82, 6:83 (a) BW',
    verified: false,
  },
  {
    code: 'NL_business_lump_sum',
    topic: 'lump_sum',
    debtor: 'business',
    validFrom: '2013-03-16',
    terms: { currency: 'EUR', steps: [{ from: 0, amount: 4_000 }] },
    summary: 'EUR 40 per claim, part of the collection costs.',
    source: 'art. 6:96 (4) BW; directive 2011/7/EU art. 6 (1)',
    verified: true,
  },
  {
    code: 'NL_business_fees',
    topic: 'fees',
    debtor: 'business',
    validFrom: '2012-07-01',
    terms: {
      refusesPercentage: false,
      cap: collectionCosts,
      noticeCap: null,
      afterNotice: null,
    },
    summary: 'The statutory scale of collection costs, unless something else was agreed.',
    source: 'art. 6:96 (2) (c), (5) BW; Besluit 2012/141 art. 2',
    verified: true,
  },
  {
    code: 'NL_consumer_fees',
    topic: 'fees',
    debtor: 'consumer',
    validFrom: '2012-07-01',
    terms: {
      refusesPercentage: false,
      cap: collectionCosts,
      noticeCap: null,
      afterNotice: 'nl_14_day',
    },
    summary:
      'Only the statutory scale, and only after a notice that named the costs and gave 14 days from the day after its receipt.',
    source: 'art. 6:96 (5), (6) BW; Besluit 2012/141 art. 2; HR 25 November 2016',
    verified: true,
  },
  {
    code: 'NL_business_payment_term',
    topic: 'payment_term',
    debtor: 'business',
    validFrom: '2013-03-16',
    terms: { daysMax: 60 },
    summary: 'Over 60 days only if expressly agreed and not grossly unfair.',
    source: 'art. 6:119a (5) BW; directive 2011/7/EU art. 3 (5)',
    verified: true,
  },
  {
    code: 'NL_business_limitation',
    topic: 'limitation',
    debtor: 'business',
    validFrom: '1992-01-01',
    terms: limitationAfter(5),
    summary: 'Five years; a written demand or an acknowledgement restarts it.',
    source: 'art. 3:307, 3:316 to 3:319 BW',
    verified: true,
  },
  {
    code: 'NL_consumer_limitation',
    topic: 'limitation',
    debtor: 'consumer',
    validFrom: '1992-01-01',
    terms: limitationAfter(2),
    summary: 'Two years for consumer sales; a written demand or an acknowledgement restarts it.',
    source: 'art. 7:28, 3:316 to 3:319 BW',
    verified: true,
  },
]

function limitationAfter(years: number) {
  return {
    years,
    countedFrom: 'due_date' as const,
    restartedBy: ['acknowledgement', 'written_demand'] as const,
    suspendedBy: { court_action: { graceMonths: 0 } },
  }
}
