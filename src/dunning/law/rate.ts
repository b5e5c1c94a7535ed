import type { CalendarDate } from '../../foundation/calendar.ts'

/**
 * Rates are whole parts per million of the principal and year: 9.27 percent is 92,700. So a percentage of up to four
 * decimals is exact.
 */
export type Ppm = number

/** One hundred percent. */
export const PPM = 1_000_000

/** What a percentage may look like on the wire: up to four decimals, negative where a base rate was. */
export const PERCENT_PATTERN = '^-?\\d{1,3}(\\.\\d{1,4})?$'

/** `-0.88` percent as parts per million: -8,800. The text is one that matches the pattern. */
export function ppmOf(percent: string): Ppm {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(percent) as string[]
  const ppm = Number(`${whole}${(fraction as string).padEnd(4, '0')}`)
  return sign === '-' ? -ppm : ppm
}

/** Parts per million as a percentage with at least two decimals: 92,700 is `9.27`, 92,725 is `9.2725`. */
export function percentOf(ppm: Ppm): string {
  const digits = String(Math.abs(ppm)).padStart(5, '0')
  const fraction = digits.slice(-4).replace(/0{1,2}$/, '')
  return `${ppm < 0 ? '-' : ''}${digits.slice(0, -4)}.${fraction}`
}

/** A reference rate from a day on, until the next one of its series begins. */
export interface ReferenceRate {
  series: string
  valid_from_date: CalendarDate
  ppm: Ppm
  source: string
  /** Whether an authority was read for it; otherwise it is what is commonly reported. */
  verified: boolean
}

/** The rates of one series, in order. */
export interface RateSeries {
  series: string
  rates: readonly ReferenceRate[]
}

/** The rate that was in force on a day; undefined before the first that is known. */
export const rateOn = ({ rates }: RateSeries, day: CalendarDate): ReferenceRate | undefined =>
  rates.findLast(({ valid_from_date }) => valid_from_date <= day)

/** The last day on which a series is known: what it is later, nobody has said yet. Null for an empty one. */
export const knownUntil = ({ rates }: RateSeries): CalendarDate | null =>
  rates.at(-1)?.valid_from_date ?? null

/** On which day the reference rate is read that counts for a half-year. */
export type ReferenceDay = 'first_of_half_year' | 'last_before_half_year'

/** The day whose reference rate counts on a day: half-years begin on 1 January and 1 July. */
export function referenceDate(day: CalendarDate, rule: ReferenceDay): CalendarDate {
  const year = day.slice(0, 4)
  const isFirstHalf = day.slice(5) < '07-01'
  if (rule === 'first_of_half_year') return isFirstHalf ? `${year}-01-01` : `${year}-07-01`
  return isFirstHalf ? `${Number(year) - 1}-12-31` : `${year}-06-30`
}
