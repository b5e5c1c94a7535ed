import type { Message } from './load-messages.ts'

/** Attempts at one endpoint at a time; one for an endpoint that does not answer, until it does. */
const CONCURRENCY = 8
const CONCURRENCY_SLOW = 1

/** How many messages of one endpoint are held: it grows while they leave quickly and shrinks when they do not. */
const QUOTA_FIRST = 32
const QUOTA_MAX = 512
const QUICKLY_MS = 1_000

/** Attempts of this process at a time, and messages it holds. */
const IN_FLIGHT_MAX = 1_024
const HELD_MAX = 4_096

/** Lanes kept for endpoints that have nothing to do. */
const IDLE_LANES_MAX = 2_000

interface Lane {
  waiting: Held[]
  running: number
  quota: number
  isSlow: boolean
  /** When it last got messages, on the monotonic clock. */
  filledAt: number
}

interface Held {
  message: Message
  /** After this moment, on the monotonic clock, the lease might end before the attempt does. */
  startBy: number
}

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
      if (held === 0 && this.#lanes.size > IDLE_LANES_MAX && !lane.isSlow)
        this.#lanes.delete(endpointId)
      else rooms.set(endpointId, held > lane.quota / 2 ? 0 : lane.quota - held)
    }
    return rooms
  }

  add(messages: readonly Message[], startBy: number): void {
    for (const message of messages) {
      const lane = this.#laneOf(message.endpoint.id)
      lane.waiting.push({ message, startBy })
      lane.filledAt = performance.now()
      this.#busy.add(lane)
    }
    this.#waiting += messages.length
  }

  /** The messages that may be sent now, and those for which it is too late. Who starts one must `finish` it. */
  next(): { start: Message[]; late: Message[] } {
    const now = performance.now()
    const start: Message[] = []
    const late: Message[] = []
    for (const lane of this.#busy) {
      const concurrency = lane.isSlow ? CONCURRENCY_SLOW : CONCURRENCY
      while (
        lane.waiting.length > 0 &&
        lane.running < concurrency &&
        this.#running < IN_FLIGHT_MAX
      ) {
        const { message, startBy } = lane.waiting.shift() as Held
        this.#waiting -= 1
        if (startBy < now) {
          late.push(message)
          lane.quota = QUOTA_FIRST
          continue
        }
        lane.running += 1
        this.#running += 1
        start.push(message)
      }
      if (lane.waiting.length === 0) this.#busy.delete(lane)
    }
    return { start, late }
  }

  /**
   * Says how an attempt ended. Answers what the lane gives back, because the endpoint has just stopped answering, and
   * whether it has room for more.
   */
  finish({ endpoint }: Message, hasAnswered: boolean): { back: Message[]; hasRoom: boolean } {
    const lane = this.#laneOf(endpoint.id)
    lane.running -= 1
    this.#running -= 1
    lane.isSlow = !hasAnswered
    if (!hasAnswered) {
      lane.quota = CONCURRENCY_SLOW
      return { back: this.#empty(lane), hasRoom: lane.running === 0 }
    }
    lane.quota = Math.max(lane.quota, QUOTA_FIRST)
    const hasRoom = lane.waiting.length + lane.running <= lane.quota / 2
    if (hasRoom && lane.quota < QUOTA_MAX && performance.now() - lane.filledAt < QUICKLY_MS) {
      lane.quota *= 2
      lane.filledAt = 0
    }
    return { back: [], hasRoom }
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
    const lane: Lane = { waiting: [], running: 0, quota: QUOTA_FIRST, isSlow: false, filledAt: 0 }
    this.#lanes.set(endpointId, lane)
    return lane
  }
}
