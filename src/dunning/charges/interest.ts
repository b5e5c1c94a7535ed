import type { CalendarDate } from '../../foundation/calendar.ts'
import { Problem } from '../../foundation/problem.ts'
import type { Default } from '../law/default-date.ts'
import { decimal } from '../law/fraction.ts'
import { contractTerms, type Law } from '../law/jurisdiction.ts'
import { lateInterest, type Segment } from '../law/late-interest.ts'
import { percentOf, ppmOf, type RateSeries } from '../law/rate.ts'
import type { InterestTerms } from '../law/rule.ts'
import type { Principal } from './principal.ts'
import type { ChargeExplanation, InterestSegment } from './table.ts'

/** The interest a principal has borne since default, less what was claimed or given up of it before. */
export type InterestDue =
  | { amount: number; rule: string | null; explanation: ChargeExplanation }
  | { refusal: 'no_statutory_interest' | 'reference_rate_unknown' }

export interface InterestQuestion {
  principal: Principal
  law: Law
  default: Default
  /** The agreed rate; null for the statutory one. */
  percent: string | null
  /** The last day that bears interest. */
  until: CalendarDate
  seriesOf: (name: string) => RateSeries
}

/**
 * Reckoned anew from the first day of default every time, and rounded once: so what is claimed in parts adds up to what
 * is claimed at once, and a payment that is entered late takes back what was claimed too much, before more is claimed.
 */
export function interestDue(question: InterestQuestion): InterestDue {
  const { principal, law, default: since, percent, until, seriesOf } = question
  const terms = percent === null ? law.interest?.terms : contractTerms(ppmOf(percent))
  if (terms === undefined) return { refusal: 'no_statutory_interest' }
  const interest = interestOf(principal, since.date, until, terms, seriesOf)
  if (interest === undefined) return { refusal: 'reference_rate_unknown' }
  return {
    amount: Math.max(0, interest.amount - principal.interest_amount),
    rule: percent === null ? (law.interest?.code ?? null) : null,
    explanation: {
      asked_amount: interest.amount,
      default_from_date: since.date,
      default_cause: since.cause,
      settled_before_amount: principal.interest_amount,
      segments: interest.segments.map(toSegment),
    },
  }
}

/** Undefined where a rate is not known that is needed: nothing is guessed. */
function interestOf(
  { total_amount, reductions }: Principal,
  from: CalendarDate,
  until: CalendarDate,
  terms: InterestTerms,
  seriesOf: (name: string) => RateSeries,
) {
  try {
    return lateInterest({
      principal: total_amount,
      reductions,
      from,
      until,
      terms,
      series: seriesOf(terms.reference?.series ?? ''),
      carryForward: false,
    })
  } catch (error) {
    if (error instanceof Problem && error.code === 'reference_rate_unknown') return undefined
    throw error
  }
}

const toSegment = (segment: Segment): InterestSegment => ({
  from_date: segment.from,
  until_date: segment.until,
  principal_amount: segment.principal,
  capitalised_interest: decimal(segment.capitalised),
  rate: percentOf(segment.ppm),
  reference_rate: segment.reference === null ? null : percentOf(segment.reference.ppm),
  reference_date: segment.reference?.date ?? null,
  days: segment.days,
  day_base: segment.dayBase,
  interest: decimal(segment.amount),
})
