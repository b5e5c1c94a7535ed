import {
  addDays,
  addMonths,
  type CalendarDate,
  daysBetween,
  laterOf,
} from '../../foundation/calendar.ts'
import { daysIncluding } from './day-count.ts'
import type { LimitationAct, LimitationTerms } from './rule.ts'

/** Something that concerns the limitation of a claim. */
export interface Act {
  kind: LimitationAct
  date: CalendarDate
  /** The last day of what lasts (negotiations, a case in court); null while it goes on. */
  untilDate: CalendarDate | null
}

export interface Limitation {
  /** The last day on which the claim can be enforced; null while something suspends it. */
  date: CalendarDate | null
  warning: 'time_barred' | 'limitation_near' | null
}

/** How many days before a claim is time-barred somebody is to be warned. */
const LIMITATION_WARNING_DAYS = 180

/**
 * When a claim can no longer be enforced. Acts are taken by their day: one that restarts the period sets it anew from
 * its own day, and never after the claim was time-barred; one that suspends it adds its days, or leaves no date while
 * it goes on. Acts that mean nothing in the jurisdiction change nothing.
 */
export function limitationOf(
  terms: LimitationTerms,
  dueDate: CalendarDate,
  acts: readonly Act[],
  today: CalendarDate,
): Limitation {
  let date = endOfPeriod(terms, dueDate)
  for (const act of [...acts].sort((a, b) => daysBetween(b.date, a.date))) {
    if (act.date > date || act.date <= dueDate) continue
    if (terms.restartedBy.includes(act.kind)) date = addMonths(act.date, 12 * terms.years)
    const suspension = terms.suspendedBy[act.kind]
    if (suspension === undefined) continue
    if (act.untilDate === null) return { date: null, warning: null }
    const extended = addDays(date, daysIncluding(act.date, act.untilDate))
    date = laterOf(extended, addMonths(act.untilDate, suspension.graceMonths))
  }
  return { date, warning: warningOf(date, today) }
}

const endOfPeriod = (
  { years, countedFrom }: LimitationTerms,
  dueDate: CalendarDate,
): CalendarDate =>
  countedFrom === 'due_date'
    ? addMonths(dueDate, 12 * years)
    : `${Number(dueDate.slice(0, 4)) + years}-12-31`

function warningOf(date: CalendarDate, today: CalendarDate): Limitation['warning'] {
  if (date < today) return 'time_barred'
  return daysBetween(today, date) <= LIMITATION_WARNING_DAYS ? 'limitation_near' : null
}
