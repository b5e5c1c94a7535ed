import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { queue } from '../foundation/database/commit.ts'
import type { Context } from '../foundation/http/context.ts'
import { limits } from '../foundation/http/limits.ts'
import { Problem } from '../foundation/problem.ts'

/** Another replica may have sequenced what is waited for; that is seen this soon. */
const POLL_MS = 250
/** However fast events come in, the heads are not looked at more often. */
const BREATH_MS = 20

/** Who waits for what comes after a position of a tenant's feed. */
export interface FeedWait {
  tenantId: string
  /** The credential, in whose name no more than a few requests may wait. */
  principal: string
  position: number
  ms: number
}

/** Waits for feeds to grow. */
export interface FeedWatch {
  /** Answers true once the feed has passed the position, false when time is up or the signal of the caller says stop. */
  wait(wanted: FeedWait, signal: AbortSignal): Promise<boolean>
}

/**
 * One per process. Whoever waits holds neither a transaction nor a connection: a single loop looks at the heads of the
 * feeds that are waited for, in one statement for all of them, when this process has sequenced something and four times
 * a second besides. Everybody is sent away when the process is about to stop.
 */
export function createFeedWatch(context: Context, ending: AbortSignal): FeedWatch {
  const waiting = new Map<FeedWait, (arrived: boolean) => void>()
  let isLooking = false

  ending.addEventListener('abort', () => {
    for (const end of waiting.values()) end(false)
  })

  const wait: FeedWatch['wait'] = (wanted, signal) => {
    if (wanted.ms <= 0 || signal.aborted || ending.aborted) return Promise.resolve(false)
    requirePlace([...waiting.keys()], wanted)
    return new Promise((resolve) => {
      const end = (arrived: boolean): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', leave)
        waiting.delete(wanted)
        resolve(arrived)
      }
      const leave = () => end(false)
      const timer = setTimeout(leave, wanted.ms)
      signal.addEventListener('abort', leave)
      waiting.set(wanted, end)
      if (!isLooking) void keepLooking()
    })
  }

  async function keepLooking(): Promise<void> {
    isLooking = true
    while (waiting.size > 0) {
      await context.wake.wait('feed', POLL_MS, ending)
      await look().catch((error) =>
        context.log.warn({ err: error }, 'the heads of feeds could not be read'),
      )
      await sleep(BREATH_MS)
    }
    isLooking = false
  }

  async function look(): Promise<void> {
    const tenantIds = [...new Set([...waiting.keys()].map(({ tenantId }) => tenantId))]
    const { rows } = await queue(context.api, (db) =>
      sql<{ tenant_id: string; last_position: number }>`
        select tenant_id, last_position from feed_head where tenant_id = any(${tenantIds}::uuid[])
      `.execute(db),
    )
    const heads = new Map(rows.map(({ tenant_id, last_position }) => [tenant_id, last_position]))
    for (const [{ tenantId, position }, end] of waiting)
      if ((heads.get(tenantId) ?? 0) > position) end(true)
  }

  return { wait }
}

function requirePlace(waiting: readonly FeedWait[], { tenantId, principal }: FeedWait): void {
  const own = waiting.filter((one) => one.tenantId === tenantId && one.principal === principal)
  if (own.length >= limits.waitingPerCredentialMax) {
    throw new Problem('rate_limited', {
      retryAfterSeconds: 1,
      detail: `${limits.waitingPerCredentialMax} requests of this credential wait for events already.`,
      'violated-policies': ['waiting'],
    })
  }
  if (waiting.length >= limits.waitingMax) {
    throw new Problem('unavailable', {
      retryAfterSeconds: 5,
      detail: 'Too many requests wait for events.',
    })
  }
}
