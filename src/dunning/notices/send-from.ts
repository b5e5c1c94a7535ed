import type { Instant } from '../../foundation/calendar.ts'

/** Local times `HH:MM` between which nothing is sent: from the first on, until just before the second. */
export interface QuietHours {
  from: string
  to: string
}

const MINUTE_MS = 60_000

/**
 * The first instant from now on that lies outside quiet hours in the tenant's zone; now itself when it does. It goes
 * minute by minute, so that an hour that daylight saving skips or repeats needs no rule of its own.
 */
export function sendFrom(now: Instant, quiet: QuietHours | null, timeZone: string): Instant {
  if (quiet === null) return now
  const local = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  const start = Date.parse(now)
  if (!isQuiet(local.format(start), quiet)) return now
  let instant = Math.floor(start / MINUTE_MS) * MINUTE_MS
  while (isQuiet(local.format(instant), quiet)) instant += MINUTE_MS
  return new Date(instant).toISOString()
}

/** The same for many notices of one instant, each quiet hours worked out once. */
export function sendTimes(now: Instant, timeZone: string): (quiet: QuietHours | null) => Instant {
  const known = new Map<string, Instant>()
  return (quiet) => {
    const key = `${quiet?.from} ${quiet?.to}`
    const at = known.get(key) ?? sendFrom(now, quiet, timeZone)
    known.set(key, at)
    return at
  }
}

/** Whether a local time is a quiet one; hours that end before they begin go over midnight. */
const isQuiet = (time: string, { from, to }: QuietHours): boolean =>
  from <= to ? from <= time && time < to : time >= from || time < to
