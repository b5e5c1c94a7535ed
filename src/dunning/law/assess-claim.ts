import type { CalendarDate } from '../../foundation/calendar.ts'
import { sum } from '../../foundation/money.ts'
import type { DayCount } from './day-count.ts'
import { type Default, type DueClaim, defaultFromDate } from './default-date.ts'
import {
  contractTerms,
  type JurisdictionCode,
  type Law,
  lawFor,
  type RuleSwitches,
} from './jurisdiction.ts'
import { type LateInterest, lateInterest, unknownFrom } from './late-interest.ts'
import { type Act, type Limitation, limitationOf } from './limitation.ts'
import { lumpSumOf } from './lump-sum.ts'
import { agreedTermWarning, type LongTerm } from './payment-term.ts'
import { ppmOf, type RateSeries } from './rate.ts'
import type { DebtorKind, InterestTerms } from './rule.ts'
import type { Reduction } from './stretches.ts'

/** One principal with everything the law asks about it. */
export interface Claim extends DueClaim {
  jurisdiction: JurisdictionCode | null
  debtor: DebtorKind
  currency: string
  /** What was claimed; reductions take from it. */
  principal: number
  reductions: readonly Reduction[]
  /** What was paid of the interest that was charged for it. */
  interestPayments: readonly Reduction[]
  /** When it arose: the law of that day counts. */
  claimDate: CalendarDate
  /** When default began, where that is known without asking the law. */
  knownDefaultDate: CalendarDate | null
  /** The due date from which limitation counts, where a later one was agreed since. */
  limitationDueDate: CalendarDate
  acts: readonly Act[]
}

/** Which interest is asked for: what the law gives, what a contract gives, or none; as a dunning level says it. */
export interface InterestBasis {
  kind: 'none' | 'statutory' | 'contract'
  /** Of a contract: percent a year, or points above the series where there is one. */
  percent?: string
  /** Of a contract: the reference rate it follows. */
  series?: string
}

export interface Question {
  interest: InterestBasis
  /** What is to differ from the terms of the basis. */
  mode?: InterestTerms['mode'] | undefined
  dayCount?: DayCount | undefined
  /** The day until which interest is reckoned, itself included. */
  asOf: CalendarDate
  /** True to go on with the last known rate where no later one is known. */
  carryForward: boolean
}

/** What the assessment looks up: the rates by series, and what the tenant has switched. */
export interface LawBook {
  series: ReadonlyMap<string, RateSeries>
  switches: ReadonlyMap<JurisdictionCode, RuleSwitches>
}

/** Why there is no interest. */
export const interestRefusals = [
  'not_asked_for',
  'not_in_default',
  'no_interest_rule',
  'reference_rate_unknown',
] as const
export type InterestRefusal = (typeof interestRefusals)[number]

/** What the law says about a claim on a day. */
export interface Assessment {
  law: Law
  /** What is open of the principal at the end of the day. */
  openAmount: number
  default: Default | { date: CalendarDate; cause: 'given' } | null
  /** Whether default has begun by that day. */
  inDefault: boolean
  /** Null where there is none, and why; a claim that is not late yet has none. */
  interest: LateInterest | null
  interestRefusal: InterestRefusal | null
  /** The terms interest was reckoned by, and the series they follow; null where there are none. */
  terms: InterestTerms | null
  series: RateSeries | null
  /** The first day whose rate is needed and not known; null unless interest is refused for it. */
  unknownFrom: CalendarDate | null
  /** What was open of the principal when default began, after which the lump sum goes; the whole before that. */
  defaultedAmount: number
  /** What the law gives once for it, being late; 0 for nothing. */
  lumpSumAmount: number
  limitation: Limitation | null
  longTerm: LongTerm | null
}

/** Assesses a claim on a day: pure, so that quotes, explanations and charges all say the same. */
export function assess(claim: Claim, question: Question, book: LawBook): Assessment {
  const { jurisdiction, debtor, claimDate, dueDate, currency, principal } = claim
  const { asOf } = question
  const law = lawFor(jurisdiction, debtor, claimDate, switchesOf(book, jurisdiction))
  const begun = beginningOf(claim, law)
  const inDefault = begun !== null && begun.date <= asOf
  const openAt = (isCounted: (date: CalendarDate) => boolean) =>
    principal -
    sum(claim.reductions.filter(({ date }) => isCounted(date)).map(({ amount }) => amount))
  const defaultedAmount = openAt((date) => inDefault && date < begun.date)
  return {
    law,
    openAmount: openAt((date) => date <= asOf),
    default: begun,
    inDefault,
    defaultedAmount,
    ...interestOf(claim, inDefault ? begun.date : null, law, question, book),
    lumpSumAmount: inDefault ? lumpSumOf(law.lump_sum?.terms, defaultedAmount, currency) : 0,
    limitation: law.limitation
      ? limitationOf(law.limitation.terms, claim.limitationDueDate, claim.acts, asOf)
      : null,
    longTerm: agreedTermWarning(law.payment_term?.terms, claim.receivedDate ?? claimDate, dueDate),
  }
}

const beginningOf = (claim: Claim, law: Law): Assessment['default'] =>
  claim.knownDefaultDate === null
    ? defaultFromDate(claim, law.default?.terms)
    : { date: claim.knownDefaultDate, cause: 'given' }

type InterestPart = Pick<
  Assessment,
  'interest' | 'interestRefusal' | 'terms' | 'series' | 'unknownFrom'
>

function interestOf(
  { principal, reductions, interestPayments }: Claim,
  from: CalendarDate | null,
  law: Law,
  question: Question,
  book: LawBook,
): InterestPart {
  const terms = termsOf(question, law)
  const series = terms?.reference ? seriesOf(book, terms.reference.series) : null
  const none = (interestRefusal: InterestRefusal, unknown: CalendarDate | null = null) => ({
    interest: null,
    interestRefusal,
    terms,
    series,
    unknownFrom: unknown,
  })
  if (question.interest.kind === 'none') return none('not_asked_for')
  if (terms === null) return none('no_interest_rule')
  if (from === null) return none('not_in_default')
  const input = {
    principal,
    reductions,
    interestPayments,
    from,
    until: question.asOf,
    terms,
    series: series ?? NO_SERIES,
    carryForward: question.carryForward,
  }
  const unknown = unknownFrom(input)
  if (unknown !== null) return none('reference_rate_unknown', unknown)
  return { interest: lateInterest(input), interestRefusal: null, terms, series, unknownFrom: null }
}

const NO_SERIES: RateSeries = { series: '', rates: [] }

const seriesOf = (book: LawBook, series: string): RateSeries =>
  book.series.get(series) ?? { series, rates: [] }

const switchesOf = (book: LawBook, jurisdiction: JurisdictionCode | null): RuleSwitches =>
  (jurisdiction === null ? undefined : book.switches.get(jurisdiction)) ?? {}

function termsOf({ interest, mode, dayCount }: Question, law: Law): InterestTerms | null {
  const terms =
    interest.kind === 'contract'
      ? contractTerms(ppmOf(interest.percent ?? '0'), interest.series ?? null)
      : interest.kind === 'statutory'
        ? (law.interest?.terms ?? null)
        : null
  if (terms === null) return null
  return { ...terms, mode: mode ?? terms.mode, dayCount: dayCount ?? terms.dayCount }
}
