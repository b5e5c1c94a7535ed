import { addMonths, type CalendarDate, laterOf } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { LawBook } from './assess-claim.ts'
import { type AgreedDeferral, limitationBasis } from './deferral.ts'
import { jurisdictionOf, type Law, lawFor } from './jurisdiction.ts'
import { limitationOf } from './limitation.ts'
import { listJurisdictions } from './queries.ts'
import type { DebtorKind } from './rule.ts'

/** What decides when a claim can no longer be enforced, as far as the service knows. */
export interface LimitedClaim {
  country: string
  debtor: DebtorKind
  claimDate: CalendarDate
  dueDate: CalendarDate
  /** The later due dates that were agreed, in that order. */
  deferrals: readonly AgreedDeferral[]
  /** When it was last demanded in writing, which counts where the law lets it; null for never. */
  demandDate: CalendarDate | null
}

/** Answers the last day on which a claim can be enforced; null where no rule that counts says so. */
export type LimitationDates = (claim: LimitedClaim, today: CalendarDate) => CalendarDate | null

/** The limitation of many claims, in one statement: what the tenant has switched is read once. */
export async function loadLimitationDates(reader: Reader): Promise<LimitationDates> {
  const known = await listJurisdictions(reader)
  return limitationDatesBy(
    new Map(known.map((one) => [one.jurisdiction.code, one.settings.switches])),
  )
}

/** The limitation of many claims, by the rules that are switched on. Pure. */
export function limitationDatesBy(switches: LawBook['switches']): LimitationDates {
  const laws = new Map<string, Law>()
  const lawOf = ({ country, debtor, claimDate }: LimitedClaim): Law => {
    const key = `${country} ${debtor} ${claimDate}`
    const known = laws.get(key)
    if (known !== undefined) return known
    const code = jurisdictionOf(country)
    const law = lawFor(code, debtor, claimDate, (code && switches.get(code)) ?? {})
    laws.set(key, law)
    return law
  }
  return (claim, today) => {
    const terms = lawOf(claim).limitation?.terms
    if (terms === undefined) return null
    const { dueDate, acts } = limitationBasis(claim.dueDate, claim.deferrals)
    const { date } = limitationOf(terms, dueDate, acts, today)
    // What is time-barred is not demanded, so that the last demand was made in time.
    return date === null ||
      claim.demandDate === null ||
      !terms.restartedBy.includes('written_demand')
      ? date
      : laterOf(date, addMonths(claim.demandDate, 12 * terms.years))
  }
}
