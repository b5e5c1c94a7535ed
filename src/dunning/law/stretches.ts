import { addDays, addMonths, type CalendarDate } from '../../foundation/calendar.ts'
import { sum } from '../../foundation/money.ts'
import type { InterestTerms } from './rule.ts'

/** Money that took some of a principal or, below zero, gave it back. The day itself bears interest as before. */
export interface Reduction {
  date: CalendarDate
  amount: number
}

/** A principal and the days on which it may bear interest. */
export interface Bearing {
  principal: number
  /** What the principal was reduced by, in any order; never by more than there was. */
  reductions: readonly Reduction[]
  /** What was paid of the interest itself: where years compound, that bears none from the day after. */
  interestPayments: readonly Reduction[]
  /** The first day that bears interest: the day default begins. */
  from: CalendarDate
  /** The last day that bears interest. */
  until: CalendarDate
  terms: InterestTerms
}

/** Days on end in which nothing changes. */
export interface Stretch {
  from: CalendarDate
  until: CalendarDate
  principal: number
}

/** The days that bear interest, split wherever something changes. */
export function stretches(bearing: Bearing): Stretch[] {
  const { principal, reductions, interestPayments, from, until, terms } = bearing
  const compounds = terms.compounding === 'yearly'
  const paid = compounds ? [...reductions, ...interestPayments] : reductions
  const starts = new Set([
    from,
    ...paid.map(({ date }) => addDays(date, 1)),
    ...(terms.reference !== null && terms.mode === 'floating' ? halfYears(from, until) : []),
    ...(terms.dayCount === 'actual_actual' ? newYears(from, until) : []),
    ...(compounds ? anniversariesOf(from, until) : []),
  ])
  const within = [...starts].filter((day) => day >= from && day <= until).sort()
  return within
    .map((first, index) => {
      const next = within[index + 1]
      const before = reductions.filter(({ date }) => date < first)
      return {
        from: first,
        until: next === undefined ? until : addDays(next, -1),
        principal: principal - sum(before.map(({ amount }) => amount)),
      }
    })
    .filter((stretch) => stretch.principal > 0)
}

/** The first days of the half-years that begin within some days. */
const halfYears = (from: CalendarDate, until: CalendarDate): CalendarDate[] =>
  yearsFrom(from, until)
    .map((years) => Number(from.slice(0, 4)) + years)
    .flatMap((year) => [`${year}-01-01`, `${year}-07-01`])
    .filter((day) => day > from && day <= until)

const newYears = (from: CalendarDate, until: CalendarDate): CalendarDate[] =>
  halfYears(from, until).filter((day) => day.endsWith('-01-01'))

/** The days on which another full year has passed since the first. */
export const anniversariesOf = (from: CalendarDate, until: CalendarDate): CalendarDate[] =>
  yearsFrom(from, until)
    .map((years) => addMonths(from, 12 * years))
    .filter((day) => day > from && day <= until)

/** 0, 1, 2, … for every calendar year that some days touch. */
const yearsFrom = (from: CalendarDate, until: CalendarDate): number[] =>
  Array.from(
    { length: Math.max(0, Number(until.slice(0, 4)) - Number(from.slice(0, 4)) + 1) },
    (_, years) => years,
  )
