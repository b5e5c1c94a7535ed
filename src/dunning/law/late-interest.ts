import assert from 'node:assert'
import type { CalendarDate } from '../../foundation/calendar.ts'
import { sum } from '../../foundation/money.ts'
import { Problem } from '../../foundation/problem.ts'
import { dayBase, daysIncluding } from './day-count.ts'
import { type Fraction, plus, rounded, times, whole, zero } from './fraction.ts'
import { knownUntil, PPM, type Ppm, type RateSeries, rateOn, referenceDate } from './rate.ts'
import type { InterestTerms } from './rule.ts'
import { anniversariesOf, type Bearing, type Stretch, stretches } from './stretches.ts'

export interface InterestInput extends Bearing {
  /** The rates of the series the terms refer to. */
  series: RateSeries
  /** True to use the last known rate for all the time after it. */
  carryForward: boolean
}

/** Days with the same principal, rate and length of the year. */
export interface Segment {
  from: CalendarDate
  until: CalendarDate
  principal: number
  /** Interest of past years that bears interest itself. */
  capitalised: Fraction
  ppm: Ppm
  /** The reference rate in it, the day it was read for, and whether it was verified; null for a fixed rate. */
  reference: { ppm: Ppm; date: CalendarDate; verified: boolean } | null
  days: number
  dayBase: 360 | 365 | 366
  amount: Fraction
}

export interface LateInterest {
  /** The sum of the segments, rounded once, half up. */
  amount: number
  segments: Segment[]
  /** From which day on the last known rate was used although nobody has said that it still holds; null for never. */
  carriedForwardFrom: CalendarDate | null
}

/**
 * Interest from the first day to the last, both included: principal × rate × days ÷ days of the year, for every stretch
 * in which none of these changes. Nothing is rounded before the end. Where nothing is open nothing is borne, neither by
 * interest of past years; nor does that bear any from the day after it was paid. Refuses days whose rate is not known (`reference_rate_unknown`) unless the last known one is
 * to be carried forward; days before the first known rate in any case.
 */
export function lateInterest(input: InterestInput): LateInterest {
  const { terms, series, from, until } = input
  const refused = unknownFrom(input)
  if (refused !== null) throw rateUnknown(series, refused)
  const bearing = stretches(input)
  const anniversaries = terms.compounding === 'yearly' ? anniversariesOf(from, until) : []
  const segments: Segment[] = []
  let [ofPastYears, ofYear, years] = [zero, zero, 0]
  for (const stretch of bearing) {
    const passed = anniversaries.filter((day) => day <= stretch.from).length
    if (passed > years) {
      ofPastYears = plus(ofPastYears, ofYear)
      ofYear = zero
      years = passed
    }
    const segment = segmentOf(input, stretch, unpaidOf(ofPastYears, input, stretch.from))
    ofYear = plus(ofYear, segment.amount)
    segments.push(segment)
  }
  const exact = segments.reduce((total, { amount }) => plus(total, amount), zero)
  return { amount: rounded(exact), segments, carriedForwardFrom: firstUnknown(input, bearing) }
}

/**
 * What of the interest of past years is owed when a day begins, and so bears interest (art. 6:119 (2) BW): what was paid of
 * the interest before went to the oldest of it.
 */
function unpaidOf(
  ofPastYears: Fraction,
  { interestPayments }: InterestInput,
  day: CalendarDate,
): Fraction {
  const paid = sum(interestPayments.filter(({ date }) => date < day).map(({ amount }) => amount))
  const unpaid = plus(ofPastYears, whole(-paid))
  return unpaid.numerator > 0n ? unpaid : zero
}

/** The first day for which interest is refused, since its rate is not known; null when it can be reckoned. */
export function unknownFrom(input: InterestInput): CalendarDate | null {
  const unknown = firstUnknown(input, stretches(input))
  const isCarried = unknown !== null && input.carryForward && isWithinSeries(input, unknown)
  return isCarried ? null : unknown
}

/** The refusal of days whose rate nobody has said. */
export const rateUnknown = (series: RateSeries, from: CalendarDate): Problem =>
  new Problem('reference_rate_unknown', {
    series: series.series,
    unknown_from_date: from,
    last_known_date: knownUntil(series),
  })

/** A half-year is known once a rate is known on or after the day on which it is read. */
function firstUnknown(
  { terms, series, from }: InterestInput,
  bearing: readonly Stretch[],
): CalendarDate | null {
  if (terms.reference === null) return null
  const { read } = terms.reference
  const last = knownUntil(series)
  const stranger = bearing.find((stretch) => {
    const date = referenceDate(terms.mode === 'fixed_at_start' ? from : stretch.from, read)
    return last === null || date > last || rateOn(series, date) === undefined
  })
  return stranger?.from ?? null
}

/** Whether a day lies after the first rate of the series, so that there is one to carry forward. */
const isWithinSeries = ({ terms, series }: InterestInput, day: CalendarDate): boolean =>
  terms.reference !== null && rateOn(series, referenceDate(day, terms.reference.read)) !== undefined

function segmentOf(
  { from, terms, series }: InterestInput,
  stretch: Stretch,
  capitalised: Fraction,
): Segment {
  const rate = rateFor(terms, series, terms.mode === 'fixed_at_start' ? from : stretch.from)
  const days = daysIncluding(stretch.from, stretch.until)
  const base = dayBase(stretch.from, terms.dayCount)
  const bearing = plus(whole(stretch.principal), capitalised)
  return {
    ...stretch,
    ...rate,
    capitalised,
    days,
    dayBase: base,
    amount: times(bearing, BigInt(rate.ppm) * BigInt(days), BigInt(PPM) * BigInt(base)),
  }
}

/** The rate of a day: the reference that was read for its half-year, and the margin. */
function rateFor(
  { reference, margin, roundedUpTo }: InterestTerms,
  series: RateSeries,
  day: CalendarDate,
): Pick<Segment, 'ppm' | 'reference'> {
  if (reference === null) return { ppm: margin, reference: null }
  const date = referenceDate(day, reference.read)
  const read = rateOn(series, date)
  assert(read !== undefined, `no rate of ${series.series} on ${date}`)
  const exact = read.ppm + margin
  return {
    ppm: roundedUpTo === null ? exact : Math.ceil(exact / roundedUpTo) * roundedUpTo,
    reference: { ppm: read.ppm, date, verified: read.verified },
  }
}
