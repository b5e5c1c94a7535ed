import type { Claim, LawBook } from '../../src/dunning/law/assess-claim.ts'

/** A claim of EUR 10,000.00 against a German business, agreed to be due on 10 June 2026. */
export const claimInLaw = (more: Partial<Claim> = {}): Claim => ({
  jurisdiction: 'DE',
  debtor: 'business',
  currency: 'EUR',
  principal: 1_000_000,
  reductions: [],
  interestPayments: [],
  claimDate: '2026-05-01',
  dueDate: '2026-06-10',
  basis: 'agreed',
  receivedDate: null,
  noticeGiven: false,
  demandDate: null,
  knownDefaultDate: null,
  limitationDueDate: '2026-06-10',
  acts: [],
  ...more,
})

const rate = (valid_from_date: string, ppm: number) => ({
  series: 'bgb_base_rate',
  valid_from_date,
  ppm,
  source: 'test',
  verified: true,
})

/** A base rate of 1.27 percent, and of 1.02 from 1 July 2026 on; nothing is switched. */
export const bookOf = (): LawBook => ({
  series: new Map([
    [
      'bgb_base_rate',
      { series: 'bgb_base_rate', rates: [rate('2026-01-01', 12_700), rate('2026-07-01', 10_200)] },
    ],
  ]),
  switches: new Map(),
})
