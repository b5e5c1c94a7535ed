import type { CalendarDate } from '../../foundation/calendar.ts'
import { Problem } from '../../foundation/problem.ts'
import { austria } from './jurisdictions/austria.ts'
import { belgium } from './jurisdictions/belgium.ts'
import { europeanUnion } from './jurisdictions/european-union.ts'
import { germany } from './jurisdictions/germany.ts'
import { netherlands } from './jurisdictions/netherlands.ts'
import { unitedKingdom } from './jurisdictions/united-kingdom.ts'
import type { Ppm } from './rate.ts'
import type { AnyRule, DebtorKind, InterestTerms, Rule, Topic } from './rule.ts'

/** The jurisdictions whose rules are known: by country, and `EU` for the directive's minimum. */
export const jurisdictionCodes = ['DE', 'AT', 'NL', 'BE', 'GB', 'EU'] as const
export type JurisdictionCode = (typeof jurisdictionCodes)[number]

export interface Jurisdiction {
  code: JurisdictionCode
  name: string
  /** Every rule there is or was. */
  rules: readonly AnyRule[]
}

export const jurisdictions: Readonly<Record<JurisdictionCode, Jurisdiction>> = {
  DE: { code: 'DE', name: 'Germany', rules: germany },
  AT: { code: 'AT', name: 'Austria', rules: austria },
  NL: { code: 'NL', name: 'Netherlands', rules: netherlands },
  BE: { code: 'BE', name: 'Belgium', rules: belgium },
  GB: { code: 'GB', name: 'United Kingdom', rules: unitedKingdom },
  EU: { code: 'EU', name: 'European Union (countries of the euro)', rules: europeanUnion },
}

/** The jurisdiction of this code, or `jurisdiction_not_found`. */
export function requireJurisdiction(code: string): Jurisdiction {
  const known = jurisdictionCodes.find((one) => one === code)
  if (known === undefined) throw new Problem('jurisdiction_not_found')
  return jurisdictions[known]
}

/** Countries of the euro without rules of their own here. Others of the Union have reference rates of their own. */
const EURO_COUNTRIES = 'BG CY EE ES FI FR GR HR IE IT LT LU LV MT PT SI SK'.split(' ')

/** Whose law binds a debtor, by its country; null where none is known, so that only a contract can give interest. */
export function jurisdictionOf(country: string): JurisdictionCode | null {
  if (EURO_COUNTRIES.includes(country)) return 'EU'
  return jurisdictionCodes.find((code) => code === country && code !== 'EU') ?? null
}

/** The countries whose debtors a jurisdiction binds. */
export const countriesOf = (code: JurisdictionCode): readonly string[] =>
  code === 'EU' ? EURO_COUNTRIES : [code]

/** Which rules a tenant has switched on or off against what they come with, by their code. */
export type RuleSwitches = Readonly<Record<string, boolean>>

/** Whether a rule counts: as it was switched, else if it was verified. */
export const isEnabled = (rule: AnyRule, switches: RuleSwitches): boolean =>
  switches[rule.code] ?? rule.verified

/** The rules for one kind of debtor and one claim: at most one per topic. */
export type Law = { readonly [T in Topic]?: Rule<T> }

/** The law for a claim that arose on a day: of each topic the latest rule by then, if it counts. */
export function lawFor(
  jurisdiction: JurisdictionCode | null,
  debtor: DebtorKind,
  claimDate: CalendarDate,
  switches: RuleSwitches,
): Law {
  if (jurisdiction === null) return {}
  const law: Record<string, AnyRule> = {}
  const inForce = jurisdictions[jurisdiction].rules
    .filter((rule) => rule.debtor === debtor && rule.validFrom <= claimDate)
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  for (const rule of inForce) law[rule.topic] = rule
  const counting = Object.entries(law).filter(([, rule]) => isEnabled(rule, switches))
  return Object.fromEntries(counting) as Law
}

/** The rules of a law, for those who want to read where it stands. */
export const rulesOf = (law: Law): AnyRule[] => Object.values(law)

/**
 * Simple interest as it was agreed: a fixed rate, or points above a reference rate that is read every half-year. What
 * counts where a contract says so, and the only interest where no law is known.
 */
export const contractTerms = (ppm: Ppm, series: string | null): InterestTerms => ({
  reference: series === null ? null : { series, read: 'first_of_half_year' },
  margin: ppm,
  roundedUpTo: null,
  mode: 'floating',
  compounding: 'none',
  dayCount: 'actual_365',
})
