import Holidays from 'date-holidays'
import { addDays, type CalendarDate } from './calendar.ts'

/**
 * Public holidays by country and region, from the `date-holidays` library, and the business days between them. Only
 * holidays of type `public` count; Saturday and Sunday are no business days.
 */

const calendars = new Map<string, Holidays>()
const years = new Map<string, ReadonlySet<CalendarDate>>()

/** Whether holidays are known for a country (ISO 3166-1 alpha-2), and for one of its regions when that is named. */
export function hasHolidays(country: string, region: string | null): boolean {
  const known = new Holidays()
  if (!(country in known.getCountries())) return false
  return region === null || region in (known.getStates(country) ?? {})
}

/** Whether this is neither a weekend nor a public holiday there. */
export function isBusinessDay(date: CalendarDate, country: string, region: string | null): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidaysOf(date.slice(0, 4), country, region).has(date)
}

/** The first business day on or after a day. */
export function businessDayFrom(
  date: CalendarDate,
  country: string,
  region: string | null,
): CalendarDate {
  let day = date
  while (!isBusinessDay(day, country, region)) day = addDays(day, 1)
  return day
}

/** The public holidays of a year there; found once per process. */
function holidaysOf(
  year: string,
  country: string,
  region: string | null,
): ReadonlySet<CalendarDate> {
  const key = `${year} ${country} ${region ?? ''}`
  let days = years.get(key)
  if (days === undefined) {
    days = new Set(
      calendarOf(country, region)
        .getHolidays(Number(year))
        .filter(({ type }) => type === 'public')
        .map(({ date }) => date.slice(0, 10)),
    )
    years.set(key, days)
  }
  return days
}

function calendarOf(country: string, region: string | null): Holidays {
  const key = `${country} ${region ?? ''}`
  let calendar = calendars.get(key)
  if (calendar === undefined) {
    calendar = region === null ? new Holidays(country) : new Holidays(country, region)
    calendars.set(key, calendar)
  }
  return calendar
}
