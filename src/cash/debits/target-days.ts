import { addDays, type CalendarDate, daysBetween } from '../../foundation/calendar.ts'

/** A Monday, from which weekdays are counted. */
const A_MONDAY = '1900-01-01'

/**
 * True on a day on which TARGET settles: not on a Saturday or Sunday, 1 January, Good Friday, Easter Monday, 1 May, 25
 * or 26 December (ECB, long-term calendar of TARGET closing days, in force since 2002).
 */
export function isTargetDay(date: CalendarDate): boolean {
  const weekday = daysBetween(A_MONDAY, date) % 7
  if (weekday >= 5 || ['01-01', '05-01', '12-25', '12-26'].includes(date.slice(5))) return false
  const easter = easterSunday(Number(date.slice(0, 4)))
  return date !== addDays(easter, -2) && date !== addDays(easter, 1)
}

/** The day itself where TARGET settles, else the next on which it does. */
export function onTargetDay(date: CalendarDate): CalendarDate {
  return isTargetDay(date) ? date : onTargetDay(addDays(date, 1))
}

/** The day that is so many TARGET days after another. */
export function addTargetDays(date: CalendarDate, days: number): CalendarDate {
  return days === 0 ? date : addTargetDays(onTargetDay(addDays(date, 1)), days - 1)
}

/** Easter Sunday of a year by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8). */
export function easterSunday(year: number): CalendarDate {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const ofCentury = year % 100
  const leapCenturies = Math.floor(century / 4)
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - leapCenturies - moonCorrection + 15) % 30
  const weekday =
    (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  return addDays(`${year}-03-22`, epact + weekday - 7 * late)
}
