/**
 * Calendar days and instants. A `CalendarDate` is `YYYY-MM-DD` in the tenant's time zone; an `Instant` is RFC 3339 in
 * UTC. Days are counted on the proleptic Gregorian calendar, so daylight saving never makes a day longer or shorter.
 */

/** A calendar day, `YYYY-MM-DD`. Comparable with `<` as text. */
export type CalendarDate = string

/** A point in time, RFC 3339 in UTC with a trailing `Z`. */
export type Instant = string

const MS_PER_DAY = 86_400_000

/** The earliest and latest day the service accepts; beyond them a date is a typing error. */
export const EARLIEST_DATE = '1900-01-01'
export const LATEST_DATE = '2200-12-31'

const epochDay = (date: CalendarDate): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8))) /
  MS_PER_DAY

/** The days that have been written before; dunning a million items writes few days often. */
const written = new Map<number, CalendarDate>()

/** The day so many days after 1 January 1970. */
function dayAt(day: number): CalendarDate {
  let date = written.get(day)
  if (date === undefined) {
    date = new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
    written.set(day, date)
  }
  return date
}

/** True for a day that exists between 1900 and 2200: `2025-02-29` is not one. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < EARLIEST_DATE || text > LATEST_DATE) return false
  return addDays(text, 0) === text
}

/** RFC 3339 as both JavaScript and PostgreSQL read it: no leap seconds, offsets of at most 14 hours. */
const INSTANT =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/

/** True for an instant between 1900 and 2200. */
export function isInstant(text: string): boolean {
  const date = INSTANT.exec(text)?.[1]
  return date !== undefined && isCalendarDate(date)
}

/** The day `days` after (or before, when negative) a day. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dayAt(epochDay(date) + days)
}

/** The day `months` later (or earlier); the last of the month where that has no such day: a month after 31 January. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const [year, month] = date.split('-').map(Number) as [number, number]
  const first = new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
  const [sameDay, last] = [`${first.slice(0, 8)}${date.slice(8)}`, endOfMonth(first)]
  return sameDay < last ? sameDay : last
}

/** Whole days from one day to another; negative when `to` comes first. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return epochDay(to) - epochDay(from)
}

/** Days past the due date: nothing is overdue on its due date itself, so never below zero. */
export function daysOverdue(dueDate: CalendarDate, today: CalendarDate): number {
  return Math.max(0, daysBetween(dueDate, today))
}

/** The last day of the month in which a day lies. */
export function endOfMonth(date: CalendarDate): CalendarDate {
  const [year, month] = date.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

/** The later of two days. */
export function laterOf(a: CalendarDate, b: CalendarDate): CalendarDate {
  return a > b ? a : b
}

/** The earliest of the days that are given; null when there is none. */
export function earliestOf(dates: Iterable<CalendarDate | null>): CalendarDate | null {
  let earliest: CalendarDate | null = null
  for (const date of dates)
    if (date !== null && (earliest === null || date < earliest)) earliest = date
  return earliest
}

/** True for a zone that both `Intl.DateTimeFormat` and PostgreSQL can know; PostgreSQL has the last word when it is stored. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return !/^[+-]/.test(zone)
  } catch {
    return false
  }
}
