/** When deliveries are tried again, and when an endpoint is given up. Seconds throughout. */
export interface Timing {
  /** Waits between attempts: after the first attempt the first, after the last entry no more. */
  retries: readonly number[]
  /** Share by which a wait is made longer or shorter at random, so that retries do not come in waves. */
  jitter: number
  /** How long one worker may keep a delivery before another takes it. Longer than any attempt. */
  lease: number
  /** An endpoint is disabled after failing, and nothing but failing, for so long. */
  giveUp: number
  /** The clock for that starts once failures lie at least `outageSpan` apart within `outageWindow`. */
  outageSpan: number
  outageWindow: number
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The example schedule of Standard Webhooks 1.0: ten attempts over about three days. */
export const standardTiming: Timing = {
  retries: [
    5,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
  ],
  jitter: 0.1,
  lease: MINUTE,
  giveUp: 5 * DAY,
  outageSpan: 12 * HOUR,
  outageWindow: DAY,
}

/** A later event of the same entity waits this long, seconds, for an earlier one to be delivered or exhausted. */
export const HOLD_BACK_SECONDS = 3 * DAY

/** Days for which a delivery and its attempts are kept once it has ended; real time. */
export const RETENTION_DAYS = 30

/** Attempts at one endpoint at a time, unless it asks for another number. */
export const CONCURRENCY_DEFAULT = 8

/**
 * Seconds to wait after the `attempt`th failure (counted from one), or null when that was the last. A receiver's
 * Retry-After is honoured between one and two times the step, so that it can slow us down but not stop us.
 */
export function waitAfter(
  attempt: number,
  retryAfterSeconds: number | null,
  { retries, jitter }: Pick<Timing, 'retries' | 'jitter'>,
  random: () => number = Math.random,
): number | null {
  const step = retries[attempt - 1]
  if (step === undefined) return null
  if (retryAfterSeconds !== null && retryAfterSeconds > step)
    return Math.min(retryAfterSeconds, 2 * step)
  const wait = step * (1 + jitter * (2 * random() - 1))
  return retryAfterSeconds === null ? wait : Math.max(wait, step)
}

/** The seconds a Retry-After header asks for, as a number of seconds or an HTTP date; null when it says nothing usable. */
export function retryAfterOf(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, (date - now.getTime()) / 1000)
}
