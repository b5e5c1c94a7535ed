import { type CalendarDate, daysBetween } from '../../foundation/calendar.ts'

/**
 * How many days a year of interest has. `actual_actual`: as many as the calendar year in which the days lie, so that
 * a whole year always bears exactly the rate; `actual_365` and `actual_360`: always that many.
 */
export const dayCounts = ['actual_365', 'actual_actual', 'actual_360'] as const
export type DayCount = (typeof dayCounts)[number]

/** The days in the year that a day's interest is a fraction of. */
export function dayBase(day: CalendarDate, dayCount: DayCount): 360 | 365 | 366 {
  if (dayCount === 'actual_360') return 360
  return dayCount === 'actual_actual' && isLeapYear(Number(day.slice(0, 4))) ? 366 : 365
}

/** Days from a day to another, both counted. */
export const daysIncluding = (from: CalendarDate, until: CalendarDate): number =>
  daysBetween(from, until) + 1

const isLeapYear = (year: number): boolean =>
  (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
