import type { AnyRule, InterestTerms } from '../rule.ts'

const overBaseRate = (margin: number): InterestTerms => ({
  reference: { series: 'bgb_base_rate', read: 'first_of_half_year' },
  margin,
  roundedUpTo: null,
  mode: 'floating',
  compounding: 'none',
  dayCount: 'actual_actual',
})

/** German law: the BGB as it stands since 2002, with what the directive changed on 29 July 2014. */
export const germany: readonly AnyRule[] = [
  {
    code: 'DE_business_interest_2002',
    topic: 'interest',
    debtor: 'business',
    validFrom: '2002-01-01',
    terms: overBaseRate(80_000),
    summary: 'Base rate plus 8 points, simple, following the base rate every half-year.',
    source: '§ 288 (2) BGB in the version until 28 July 2014, § 247 BGB',
    verified: false,
  },
  {
    code: 'DE_business_interest_2014',
    topic: 'interest',
    debtor: 'business',
    validFrom: '2014-07-29',
    terms: overBaseRate(90_000),
    summary: 'Base rate plus 9 points, simple, following the base rate every half-year.',
    source: '§ 288 (2), § 289, § 247 BGB',
    verified: true,
  },
  {
    code: 'DE_consumer_interest',
    topic: 'interest',
    debtor: 'consumer',
    validFrom: '2002-01-01',
    terms: overBaseRate(50_000),
    summary: 'Base rate plus 5 points, simple, following the base rate every half-year.',
    source: '§ 288 (1), § 289, § 247 BGB',
    verified: true,
  },
  {
    code: 'DE_business_default',
    topic: 'default',
    debtor: 'business',
    validFrom: '2002-01-01',
    terms: { days: 30, countedFrom: 'receipt_and_due_date', needsNotice: false },
    summary:
      'The day after an agreed due date; else the day after a demand was received, or 30 days after due date and receipt of the invoice.',
    source: '§ 286 (1), (2) no. 1, (3) BGB; BGH III ZR 91/07 for one-sided due dates',
    verified: true,
  },
  {
    code: 'DE_consumer_default',
    topic: 'default',
    debtor: 'consumer',
    validFrom: '2002-01-01',
    terms: { days: 30, countedFrom: 'receipt_and_due_date', needsNotice: true },
    summary:
      'As for businesses, but 30 days make default only if the invoice said so to the consumer.',
    source: '§ 286 (3) BGB, second half of sentence 1',
    verified: true,
  },
  {
    code: 'DE_business_lump_sum',
    topic: 'lump_sum',
    debtor: 'business',
    validFrom: '2014-07-29',
    terms: { currency: 'EUR', steps: [{ from: 0, amount: 4_000 }] },
    summary: 'EUR 40 per claim, credited against the cost of legal action.',
    source: '§ 288 (5) BGB',
    verified: true,
  },
  ...(['business', 'consumer'] as const).map(
    (debtor): AnyRule => ({
      code: `DE_${debtor}_fees`,
      topic: 'fees',
      debtor,
      validFrom: '2002-01-01',
      terms: {
        refusesPercentage: true,
        cap: null,
        noticeCap: null,
        afterNotice: null,
      },
      summary:
        'Only what a notice costs, so nothing in percent of the claim, and nothing for the notice that causes default.',
      source: '§ 280 (2), § 286, § 288 (5) BGB: fees are damage caused by default',
      verified: true,
    }),
  ),
  {
    code: 'DE_business_payment_term',
    topic: 'payment_term',
    debtor: 'business',
    validFrom: '2014-07-29',
    terms: { daysMax: 60 },
    summary: 'Over 60 days only if expressly agreed and not grossly unfair.',
    source: '§ 271a (1) BGB; directive 2011/7/EU art. 3 (5)',
    verified: true,
  },
  ...(['business', 'consumer'] as const).map(
    (debtor): AnyRule => ({
      code: `DE_${debtor}_limitation`,
      topic: 'limitation',
      debtor,
      validFrom: '2002-01-01',
      terms: {
        years: 3,
        countedFrom: 'end_of_year',
        restartedBy: ['acknowledgement'],
        suspendedBy: {
          court_action: { graceMonths: 6 },
          negotiations: { graceMonths: 3 },
          deferral: { graceMonths: 0 },
        },
      },
      summary:
        'Three years from the end of the year in which the claim arose. A demand does not stop it; acknowledgement restarts it; court action, negotiations and an agreed deferral suspend it.',
      source: '§§ 195, 199 (1), 203, 204, 205, 209, 212 BGB',
      verified: true,
    }),
  ),
]
