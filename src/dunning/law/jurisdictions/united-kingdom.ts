import type { AnyRule } from '../rule.ts'

/** The Late Payment of Commercial Debts (Interest) Act 1998; consumers owe no statutory interest under it. */
export const unitedKingdom: readonly AnyRule[] = [
  {
    code: 'GB_business_interest',
    topic: 'interest',
    debtor: 'business',
    validFrom: '2002-08-07',
    terms: {
      reference: { series: 'boe_official_bank_rate', read: 'last_before_half_year' },
      margin: 80_000,
      roundedUpTo: null,
      mode: 'fixed_at_start',
      compounding: 'none',
      dayCount: 'actual_365',
    },
    summary:
      'Bank Rate of 31 December or 30 June plus 8 points, simple, fixed in the half-year in which interest begins. Some courts let it vary: ask for `floating`.',
    source:
      'Late Payment of Commercial Debts (Interest) Act 1998 s. 1, 4, 6; Rate of Interest (No. 3) Order 2002, SI 2002/1675',
    verified: true,
  },
  {
    code: 'GB_business_default',
    topic: 'default',
    debtor: 'business',
    validFrom: '2002-08-07',
    terms: { days: 30, countedFrom: 'receipt', needsNotice: false },
    summary: 'The day after an agreed due date; else 30 days after notice of the debt.',
    source: 'Late Payment of Commercial Debts (Interest) Act 1998 s. 4',
    verified: true,
  },
  {
    code: 'GB_business_lump_sum',
    topic: 'lump_sum',
    debtor: 'business',
    validFrom: '2002-08-07',
    terms: {
      currency: 'GBP',
      steps: [
        { from: 0, amount: 4_000 },
        { from: 100_000, amount: 7_000 },
        { from: 1_000_000, amount: 10_000 },
      ],
    },
    summary:
      'GBP 40 for a debt below 1,000, GBP 70 below 10,000, else GBP 100; reasonable costs beyond it. A substantial remedy in the contract replaces it.',
    source: 'Late Payment of Commercial Debts (Interest) Act 1998 s. 5A, 8',
    verified: true,
  },
  {
    code: 'GB_business_payment_term',
    topic: 'payment_term',
    debtor: 'business',
    validFrom: '2013-03-16',
    terms: { daysMax: 60 },
    summary: 'Over 60 days only if agreed and not grossly unfair.',
    source: 'Late Payment of Commercial Debts (Interest) Act 1998 s. 4 (3D)',
    verified: true,
  },
  ...(['business', 'consumer'] as const).map(
    (debtor): AnyRule => ({
      code: `GB_${debtor}_limitation`,
      topic: 'limitation',
      debtor,
      validFrom: '1981-05-01',
      terms: {
        years: 6,
        countedFrom: 'due_date',
        restartedBy: ['acknowledgement'],
        suspendedBy: { court_action: { graceMonths: 0 } },
      },
      summary: 'Six years (five in Scotland); acknowledgement restarts it, a claim form stops it.',
      source: 'Limitation Act 1980 s. 5, 29 (5)',
      verified: false,
    }),
  ),
]
