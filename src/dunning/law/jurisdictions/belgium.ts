import type { AnyRule } from '../rule.ts'

/** Belgian law: the act of 2 August 2002 between businesses, book XIX of the Code of Economic Law for consumers. */
export const belgium: readonly AnyRule[] = [
  {
    code: 'BE_business_interest',
    topic: 'interest',
    debtor: 'business',
    validFrom: '2013-03-16',
    terms: {
      reference: { series: 'ecb_main_refinancing_rate', read: 'first_of_half_year' },
      margin: 80_000,
      roundedUpTo: 5_000,
      mode: 'floating',
      compounding: 'none',
      dayCount: 'actual_365',
    },
    summary:
      'Main refinancing rate of the first day of the half-year plus 8 points, rounded up to half a point.',
    source:
      'act of 2 August 2002, art. 5; published rates of 2023 to 2026 (10.5, 12, 12.5, 10.5) agree',
    verified: true,
  },
  {
    code: 'BE_business_default',
    topic: 'default',
    debtor: 'business',
    validFrom: '2013-03-16',
    terms: { days: 30, countedFrom: 'receipt', needsNotice: false },
    summary: 'The day after an agreed due date; else 30 days after receipt of the invoice.',
    source: 'act of 2 August 2002, art. 4; directive 2011/7/EU art. 3 (3)',
    verified: true,
  },
  {
    code: 'BE_consumer_default',
    topic: 'default',
    debtor: 'consumer',
    validFrom: '2023-09-01',
    terms: { days: null, countedFrom: 'receipt', needsNotice: false },
    summary: 'The day after an agreed due date; else the day after a demand was received.',
    source: 'art. 5.231 Civil Code, book XIX CEL',
    verified: false,
  },
  {
    code: 'BE_business_lump_sum',
    topic: 'lump_sum',
    debtor: 'business',
    validFrom: '2013-03-16',
    terms: { currency: 'EUR', steps: [{ from: 0, amount: 4_000 }] },
    summary: 'EUR 40 per claim; more only as far as costs exceed it.',
    source: 'act of 2 August 2002, art. 6; directive 2011/7/EU art. 6',
    verified: true,
  },
  {
    code: 'BE_consumer_fees',
    topic: 'fees',
    debtor: 'consumer',
    validFrom: '2023-09-01',
    terms: {
      refusesPercentage: false,
      cap: {
        currency: 'EUR',
        steps: [
          { above: 0, fixed: 2_000, ppm: 0 },
          { above: 15_000, fixed: 3_000, ppm: 100_000 },
          { above: 50_000, fixed: 6_500, ppm: 50_000 },
        ],
        minimum: 0,
        maximum: 200_000,
      },
      noticeCap: { currency: 'EUR', amount: 750 },
      afterNotice: 'be_first_reminder',
    },
    summary:
      'The first reminder is free and gives 14 days; further ones cost EUR 7.50 and postage at most, all together no more than the scale.',
    source: 'art. XIX.2 to XIX.4 CEL',
    verified: true,
  },
  {
    code: 'BE_business_payment_term',
    topic: 'payment_term',
    debtor: 'business',
    validFrom: '2022-02-01',
    terms: { daysMax: 60 },
    summary: 'No more than 60 days.',
    source: 'act of 2 August 2002, art. 4; directive 2011/7/EU art. 3 (5)',
    verified: true,
  },
]
