import type { Chance } from '../../src/sandbox/chance.ts'

/** One transfer that a customer makes for an invoice. */
export interface PlannedPayment {
  /** Days after the due date; negative before it. */
  days: number
  /** Cents. */
  amount: number
  method?: 'bank_transfer' | 'direct_debit'
  /** The payer writes nothing that would tell what it is for. */
  wordless?: boolean
  /** The ERP has found the invoice itself. */
  designated?: boolean
  /** The bank takes it back. */
  returned?: { afterDays: number; reason: string }
}

/** A way of paying. */
export interface Manner {
  /** How many of a hundred customers are like that. */
  share: number
  /** What such a customer does about an invoice of which `owed` cents are to be paid, `elapsed` days into the story. */
  pay(chance: Chance, owed: number, elapsed: number): PlannedPayment[]
}

/** What the fees of the second and third level come to; see the policy in `play.ts`. */
export const FEES = { second: 5_00, third: 15_00 }

const punctual: Manner = {
  share: 46,
  pay(chance, amount) {
    const days = chance.is(0.85) ? -chance.between(0, 12) : chance.between(1, 4)
    const wordless = chance.is(0.15)
    return [{ days, amount, wordless, designated: !wordless && chance.is(0.2) }]
  },
}

/** Pays when the first reminder has reminded. */
const slow: Manner = {
  share: 24,
  pay: (chance, amount) => [{ days: chance.between(2, 18), amount, wordless: chance.is(0.1) }],
}

/** Pays when it gets serious, and then sometimes the fee as well. */
const veryLate: Manner = {
  share: 9,
  pay(chance, amount) {
    const days = chance.between(16, 75)
    const fee = days > 35 ? FEES.second + FEES.third : days > 21 ? FEES.second : 0
    return [{ days, amount: amount + (chance.is(0.6) ? fee : 0) }]
  },
}

/** Deducts something, or pays in two parts, of which the second may never come. */
const short: Manner = {
  share: 7,
  pay(chance, amount) {
    if (amount < 100_00) return [{ days: chance.between(0, 6), amount }]
    const first = Math.round(amount * (chance.is(0.5) ? 0.97 : chance.between(40, 60) / 100))
    const second = { days: chance.between(14, 40), amount: amount - first }
    return [{ days: chance.between(-2, 8), amount: first }, ...(chance.is(0.7) ? [second] : [])]
  },
}

/** Pays too much now and then: rounded up, or twice. */
const over: Manner = {
  share: 5,
  pay(chance, amount) {
    const days = chance.between(-8, 3)
    if (chance.is(0.75)) return [{ days, amount }]
    if (chance.is(0.6)) return [{ days, amount: Math.ceil(amount / 10_00) * 10_00 }]
    return [
      { days, amount },
      { days: days + chance.between(3, 10), amount },
    ]
  },
}

/** Is debited on the due date; some debits come back. */
const debited: Manner = {
  share: 6,
  pay(chance, amount) {
    const debit: PlannedPayment = { days: 0, amount, method: 'direct_debit', designated: true }
    if (!chance.is(0.08)) return [debit]
    const returned = {
      afterDays: chance.between(2, 5),
      reason: chance.one(['Direct debit returned (AM04)', 'Direct debit returned (MD06)']),
    }
    const transfer = { days: chance.between(12, 30), amount }
    return [{ ...debit, returned }, ...(chance.is(0.8) ? [transfer] : [])]
  },
}

/** Pays late, later, and from the spring on nothing at all. */
const never: Manner = {
  share: 3,
  pay: (chance, amount, elapsed) =>
    elapsed < 90 && chance.is(0.5) ? [{ days: chance.between(10, 30), amount }] : [],
}

export const manners = { punctual, slow, veryLate, short, over, debited, never }

export type MannerName = keyof typeof manners
