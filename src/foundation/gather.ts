import { AsyncLocalStorage } from 'node:async_hooks'
import { isLockTimeout, NotLent } from './database/frame.ts'
import { isUnreachable } from './database/violations.ts'
import { Problem } from './problem.ts'

/** How many batches of one group are carried out at a time. */
const LANES = 2

/** How many go together at most: what one of them waits for the others stays short. */
const BATCH_MAX = 32

/** How long one waits for its turn at most, milliseconds: about as long as for a connection. */
const WAITING_MS_MAX = 10_000

/** What is said of one that has to wait for another of its batch: it is carried out once more, after it. */
export const LATER = Symbol('later')

/** Who may go with whom. */
export interface Company<Asked> {
  /** Only those of one group go together. */
  groupOf: (asked: Asked) => string
  /** What it is about: no two of one subject are ever under way at once, and they keep their order. */
  subjectOf: (asked: Asked) => unknown
  /** How many may wait in a group. Whoever comes when so many wait is refused at once, instead of making everybody late. */
  waitingMax: number
}

/**
 * How long to wait for what somebody else holds: `short` for those whose turn others wait for, `full` for one that
 * nobody waits for.
 */
export type Patience = 'short' | 'full'

type CarryOut<Asked, Done> = (
  batch: readonly Asked[],
  patience: Patience,
) => Promise<readonly (Done | typeof LATER)[]>

/**
 * Gathers what is asked at the same time, so that it is carried out together: while some is under way, what comes in
 * waits, and goes as one batch when that ends; who has waited too long by then is refused. There is no timer: whoever
 * comes alone goes at once. When a batch fails, or somebody alone finds locked what it needs, each is carried out once
 * more, by itself and aside, so that one of them neither fails the others nor keeps them waiting; unless no connection
 * was to be had, which would fail each of them again.
 */
export function gatherer<Asked, Done>(
  company: Company<Asked>,
  carryOut: CarryOut<Asked, Done>,
): (asked: Asked) => Promise<Done> {
  const groups = new Map<string, (asked: Asked) => Promise<Done>>()
  const forget = (name: string, ask: unknown): void => {
    if (groups.get(name) === ask) groups.delete(name)
  }
  return (asked) => {
    const name = company.groupOf(asked)
    const ask = groups.get(name) ?? group(company, carryOut, () => forget(name, ask))
    groups.set(name, ask)
    return ask(asked)
  }
}

/** Somebody whose turn has not come. */
interface Waiting<Asked, Done> {
  asked: Asked
  subject: unknown
  /** Until when, on the monotonic clock. */
  until: number
  /** Does something as part of the request it belongs to. */
  within: <T>(work: () => T) => T
  resolve: (done: Done) => void
  reject: (error: unknown) => void
}

/** One group; it says when nobody is left in it. */
function group<Asked, Done>(
  { subjectOf, waitingMax }: Company<Asked>,
  carryOut: CarryOut<Asked, Done>,
  whenIdle: () => void,
): (asked: Asked) => Promise<Done> {
  let waiting: Waiting<Asked, Done>[] = []
  const underWay = new Set<unknown>()
  let lanes = 0
  let isComing = false

  /** Refuses those who have waited too long; they may have hung up by now. */
  function giveUp(): void {
    const now = performance.now()
    for (const { until, reject } of waiting) if (until < now) reject(tooMany())
    waiting = waiting.filter(({ until }) => until >= now)
  }

  /** Those whose turn it is: the first of each subject that is not under way. */
  function take(): Waiting<Asked, Done>[] {
    const taken: Waiting<Asked, Done>[] = []
    const passed = new Set(underWay)
    waiting = waiting.filter((one) => {
      if (taken.length === BATCH_MAX || passed.has(one.subject)) return true
      passed.add(one.subject)
      taken.push(one)
      return false
    })
    for (const { subject } of taken) underWay.add(subject)
    return taken
  }

  function begin(): void {
    giveUp()
    while (lanes < LANES) {
      const batch = take()
      if (batch.length === 0) break
      lanes += 1
      void goTogether(batch).finally(() => {
        lanes -= 1
        begin()
      })
    }
    if (underWay.size === 0 && waiting.length === 0) whenIdle()
  }

  async function goTogether(batch: readonly Waiting<Asked, Done>[]): Promise<void> {
    const [first] = batch as [Waiting<Asked, Done>]
    let again: readonly Waiting<Asked, Done>[] = []
    try {
      const asked = batch.map((one) => one.asked)
      const done = await first.within(() => carryOut(asked, 'short'))
      again = batch.filter((_, index) => done[index] === LATER)
      batch.forEach(({ resolve }, index) => {
        if (done[index] !== LATER) resolve(done[index] as Done)
      })
    } catch (error) {
      if (isForAll(error) || (batch.length === 1 && !metLock(error)))
        for (const { reject } of batch) reject(error)
      else again = batch
    }
    for (const { subject } of batch) underWay.delete(subject)
    for (const one of again) void goAside(one)
  }

  async function goAside({ asked, subject, within, resolve, reject }: Waiting<Asked, Done>) {
    underWay.add(subject)
    try {
      const [done] = await within(() => carryOut([asked], 'full'))
      resolve(done as Done)
    } catch (error) {
      reject(error)
    }
    underWay.delete(subject)
    begin()
  }

  return (asked) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= waitingMax) {
        reject(tooMany())
        return
      }
      const within = AsyncLocalStorage.snapshot() as Waiting<Asked, Done>['within']
      const until = performance.now() + WAITING_MS_MAX
      waiting.push({ asked, subject: subjectOf(asked), until, within, resolve, reject })
      if (isComing) return
      isComing = true
      // What has come in with the same turn of the event loop goes together.
      setImmediate(() => {
        isComing = false
        begin()
      })
    })
}

const tooMany = (): Problem =>
  new Problem('unavailable', { retryAfterSeconds: 1, detail: 'Too many are waiting.' })

/** Whether what was needed was locked for too long. */
const metLock = (error: unknown): boolean => error instanceof Problem && isLockTimeout(error.cause)

/** Whether a failure has nothing to do with what was asked: no connection was lent, or it was lost. */
const isForAll = (error: unknown): boolean =>
  error instanceof Problem &&
  error.code === 'unavailable' &&
  (error.cause instanceof NotLent || isUnreachable(error.cause))
