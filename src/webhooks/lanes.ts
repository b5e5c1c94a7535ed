import type { Message } from './load-messages.ts'
import type { Answered } from './send.ts'

/**
 * The circuit of an endpoint that did not answer, or failed so often in a row, is open: it is probed by one attempt at a
 * time until one succeeds.
 */
const FAILURES_MAX = 10
const PROBES = 1
/** The pause before it gets the next one: looking for work at once, over and over, would keep all others waiting. */
const PROBE_PAUSE_MS = 50

/** How many messages of one endpoint are held: it grows while they leave quickly and shrinks when they do not. */
const QUOTA_FIRST = 32
const QUOTA_MAX = 512
const QUICKLY_MS = 1_000
/** Of a throttled endpoint no more is held than can be sent within this time. */
const THROTTLED_SECONDS = 10

/** Attempts of this process at a time, and messages it holds. */
const IN_FLIGHT_MAX = 1_024
const HELD_MAX = 4_096

/** Lanes kept for endpoints that have nothing to do. */
const IDLE_LANES_MAX = 2_000

interface Lane {
  waiting: Held[]
  running: number
  quota: number
  /** Attempts at a time, while it is well. */
  concurrency: number
  /** Attempts per second; infinite without a limit. */
  rate: number
  /** Not before this moment, on the monotonic clock, may the next attempt start. */
  nextAt: number
  /** Failures since the last success. */
  failures: number
  /** True when the last attempt got no answer. */
  isSilent: boolean
  /** When it last got messages, on the monotonic clock. */
  filledAt: number
}

interface Held {
  message: Message
  /** After this moment, on the monotonic clock, the lease might end before the attempt does. */
  startBy: number
}

const isOpen = ({ isSilent, failures }: Lane): boolean => isSilent || failures >= FAILURES_MAX

const concurrencyOf = (lane: Lane): number => (isOpen(lane) ? PROBES : lane.concurrency)

const quotaOf = ({ quota, rate }: Lane): number =>
  Math.min(quota, Math.ceil(rate * THROTTLED_SECONDS))

/**
 * Which message goes next. Every endpoint has a lane of its own with few attempts at a time, so that one which hangs
 * holds up nobody else; what a lane cannot send in time goes back to the queue.
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>()
  /** The lanes in which something waits. */
  readonly #busy = new Set<Lane>()
  #running = 0
  #waiting = 0

  /** How many more messages may be held. */
  get room(): number {
    return Math.max(0, HELD_MAX - this.#waiting - this.#running)
  }

  get running(): number {
    return this.#running
  }

  /** Room of an endpoint that has no lane yet. */
  readonly firstRoom = QUOTA_FIRST

  /** Room of each endpoint that has a lane: none until half of what it holds is gone. */
  rooms(): Map<string, number> {
    const rooms = new Map<string, number>()
    for (const [endpointId, lane] of this.#lanes) {
      const held = lane.waiting.length + lane.running
      if (held === 0 && this.#lanes.size > IDLE_LANES_MAX && !isOpen(lane))
        this.#lanes.delete(endpointId)
      else {
        const quota = quotaOf(lane)
        rooms.set(endpointId, held > quota / 2 ? 0 : quota - held)
      }
    }
    return rooms
  }

  add(messages: readonly Message[], startBy: number): void {
    for (const message of messages) {
      const { id, maxConcurrency, throttleRate } = message.endpoint
      const lane = this.#laneOf(id)
      lane.concurrency = maxConcurrency
      lane.rate = throttleRate ?? Number.POSITIVE_INFINITY
      lane.waiting.push({ message, startBy })
      lane.filledAt = performance.now()
      this.#busy.add(lane)
    }
    this.#waiting += messages.length
  }

  /**
   * The messages that may be sent now, those for which it is too late, and in how many milliseconds to ask again for
   * what a throttle holds up. Who starts one must `finish` it.
   */
  next(): { start: Message[]; late: Message[]; againInMs: number | null } {
    const now = performance.now()
    const start: Message[] = []
    const late: Message[] = []
    let again = Number.POSITIVE_INFINITY
    for (const lane of this.#busy) {
      late.push(...this.#takeLate(lane, now))
      while (
        lane.waiting.length > 0 &&
        lane.running < concurrencyOf(lane) &&
        this.#running < IN_FLIGHT_MAX
      ) {
        if (lane.nextAt > now) {
          again = Math.min(again, lane.nextAt)
          break
        }
        const { message } = lane.waiting.shift() as Held
        this.#waiting -= 1
        lane.running += 1
        this.#running += 1
        lane.nextAt = now + 1_000 / lane.rate
        start.push(message)
      }
      if (lane.waiting.length === 0) this.#busy.delete(lane)
    }
    return { start, late, againInMs: Number.isFinite(again) ? Math.ceil(again - now) : null }
  }

  /** Messages come in the order of their leases, so those whose lease ends soonest stand in front. */
  #takeLate(lane: Lane, now: number): Message[] {
    const inTime = lane.waiting.findIndex(({ startBy }) => startBy >= now)
    const late = lane.waiting.splice(0, inTime === -1 ? lane.waiting.length : inTime)
    if (late.length > 0) lane.quota = QUOTA_FIRST
    this.#waiting -= late.length
    return late.map(({ message }) => message)
  }

  /**
   * Says how an attempt ended. Answers what the lane gives back, because the endpoint has just stopped answering, and
   * in how many milliseconds to look for more; null while the lane has enough.
   */
  finish(
    { endpoint }: Message,
    { statusCode, error }: Pick<Answered, 'statusCode' | 'error'>,
  ): { back: Message[]; lookInMs: number | null } {
    const lane = this.#laneOf(endpoint.id)
    lane.running -= 1
    this.#running -= 1
    lane.failures = error === null ? 0 : lane.failures + 1
    lane.isSilent = statusCode === null
    if (lane.isSilent) {
      lane.quota = PROBES
      return { back: this.#empty(lane), lookInMs: lane.running === 0 ? PROBE_PAUSE_MS : null }
    }
    lane.quota = Math.max(lane.quota, QUOTA_FIRST)
    const hasRoom = lane.waiting.length + lane.running <= lane.quota / 2
    if (hasRoom && lane.quota < QUOTA_MAX && performance.now() - lane.filledAt < QUICKLY_MS) {
      lane.quota *= 2
      lane.filledAt = 0
    }
    return { back: [], lookInMs: hasRoom ? (isOpen(lane) ? PROBE_PAUSE_MS : 0) : null }
  }

  /** Gives back everything that has not been started. */
  empty(): Message[] {
    return [...this.#busy].flatMap((lane) => this.#empty(lane))
  }

  #empty(lane: Lane): Message[] {
    const back = lane.waiting.splice(0).map(({ message }) => message)
    this.#waiting -= back.length
    this.#busy.delete(lane)
    return back
  }

  #laneOf(endpointId: string): Lane {
    const known = this.#lanes.get(endpointId)
    if (known !== undefined) return known
    const lane: Lane = {
      waiting: [],
      running: 0,
      quota: QUOTA_FIRST,
      concurrency: PROBES,
      rate: Number.POSITIVE_INFINITY,
      nextAt: 0,
      failures: 0,
      isSilent: false,
      filledAt: 0,
    }
    this.#lanes.set(endpointId, lane)
    return lane
  }
}
