import type { Reader } from '../../foundation/database/frame.ts'
import type { Stamp } from '../charges/charge-row.ts'
import type { LawBook } from '../law/assess-claim.ts'
import { type LimitationDates, limitationDatesBy } from '../law/limitation-dates.ts'
import { loadLawBook } from '../law/queries.ts'
import type { Policy } from '../policy.ts'
import { loadPaymentData, type PaymentData } from './payment-data.ts'
import type { SimulationRow } from './table.ts'

/** By what every customer's past is replayed, whatever the policy. */
export interface Grounds {
  book: LawBook
  limitationDates: LimitationDates
  paymentData: PaymentData
  stamp: Omit<Stamp, 'today'>
}

/** By what a past is replayed: a policy, the law, and what was known of payments. */
export interface Rules extends Grounds {
  policy: Policy
}

/** Loads it, once for a simulation. */
export async function loadGrounds(reader: Reader, simulation: SimulationRow): Promise<Grounds> {
  const [book, paymentData] = await Promise.all([
    loadLawBook(reader),
    loadPaymentData(reader, simulation),
  ])
  return {
    book,
    limitationDates: limitationDatesBy(book.switches),
    paymentData,
    stamp: { tenant: reader.tenant, now: simulation.known_at },
  }
}
