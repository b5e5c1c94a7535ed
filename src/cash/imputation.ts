import type { CalendarDate } from '../foundation/calendar.ts'
import type { Claim } from './claim.ts'

type Part = 'costs' | 'interest' | 'principal'

/** What the law of a country says about money whose payer has not said what it is for. */
interface Imputation {
  /** Whether debts that have fallen due come before all others. */
  dueFirst: boolean
  /** Of what is due: what is owed beside the principal comes before it. */
  within: readonly Part[]
  /** Where it stands. */
  basis: string
}

/**
 * Imputation by jurisdiction. Two questions: which debt, then what of it. Securities and burdens are not known to the
 * service, so that of the debts that are due the older comes first everywhere; charges belong to the due debts together.
 * In the United Kingdom the creditor may choose where the debtor did not: the choice here is the common one.
 */
const imputations = {
  AT: {
    dueFirst: true,
    within: ['costs', 'interest', 'principal'],
    basis: '§ 1416 ABGB',
  },
  DE: {
    dueFirst: true,
    within: ['costs', 'interest', 'principal'],
    basis: '§ 366 (2), § 367 (1) BGB',
  },
  GB: {
    dueFirst: true,
    within: ['costs', 'interest', 'principal'],
    basis: 'Cory Brothers v Owners of the Mecca [1897] AC 286: the creditor’s choice',
  },
  NL: {
    dueFirst: true,
    within: ['costs', 'interest', 'principal'],
    basis: 'art. 6:43 (2), 6:44 (1) BW',
  },
} as const satisfies Record<string, Imputation>

export type Jurisdiction = keyof typeof imputations

/** The jurisdictions whose rule is known. */
export const jurisdictions = Object.keys(imputations) as Jurisdiction[]

/** The jurisdiction of a country, where its rule is known. */
export const jurisdictionOf = (country: string): Jurisdiction | null =>
  jurisdictions.find((one) => one === country) ?? null

/**
 * Claims in the order the law has them paid, and where it says so. Without a jurisdiction they stay as they come, the
 * oldest due date first, and there is no law to name.
 */
export function inOrderOfLaw(
  claims: readonly Claim[],
  jurisdiction: Jurisdiction | null,
  day: CalendarDate,
): { claims: Claim[]; basis: string | null } {
  if (jurisdiction === null) return { claims: [...claims], basis: null }
  const { dueFirst, within, basis }: Imputation = imputations[jurisdiction]
  const rank = (claim: Claim): number => {
    const notYetDue = dueFirst && claim.due_date > day
    return notYetDue ? within.length : within.indexOf(partOf(claim))
  }
  return { claims: [...claims].sort((a, b) => rank(a) - rank(b)), basis }
}

function partOf({ charge_kind }: Claim): Part {
  if (charge_kind === 'interest') return 'interest'
  return charge_kind === 'fee' || charge_kind === 'lump_sum' ? 'costs' : 'principal'
}
