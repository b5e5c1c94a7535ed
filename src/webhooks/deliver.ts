import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { byTheService, commit } from '../foundation/database/commit.ts'
import { unlessResetting } from '../foundation/database/unless-resetting.ts'
import { groupBy } from '../foundation/group.ts'
import type { Context } from '../foundation/http/context.ts'
import { secretsOf } from '../foundation/secrets.ts'
import { claimDeliveries, releaseClaims } from './claim-deliveries.ts'
import { Lanes } from './lanes.ts'
import { loadMessages, type Message } from './load-messages.ts'
import { createRecorder } from './recorder.ts'
import { type Answered, openAgent, send, unanswered } from './send.ts'
import { settleQueue } from './settle-queue.ts'
import { type Lookup, targetsOf } from './target.ts'
import { standardTiming, type Timing } from './timing.ts'

/** What tests replace; nothing of it is a setting. */
export interface DeliverOptions {
  timing?: Timing
  lookup?: Lookup
}

const POLL_MS = 250
const PAUSE_AFTER_ERROR_MS = 1_000
const CLAIM_MAX = 1_024
const DRAIN_MS = 5_000

/**
 * Sends what is due until the signal comes: claims with leases, signs, posts, records in batches. Any number of these
 * run side by side, in one process or many. On the signal it starts nothing more, gives back what it has not
 * started, and waits a few seconds for what is on its way; what is cut off is sent again under the same `webhook-id`.
 */
export async function deliverWebhooks(
  context: Context,
  signal: AbortSignal,
  { timing = standardTiming, lookup }: DeliverOptions = {},
): Promise<void> {
  const { workers, log, metrics, config, wake } = context
  const timeoutMs = config.WEBHOOK_TIMEOUT_MS
  const targets = targetsOf(config, lookup)
  const agent = openAgent(targets)
  const lanes = new Lanes()
  const recorder = createRecorder(context, timing)
  const cutOff = new AbortController()
  // Every attempt listens.
  setMaxListeners(0, cutOff.signal)
  const attempts = new Set<Promise<void>>()
  /** Starts what a throttled endpoint had to leave for later. */
  let paced: NodeJS.Timeout | undefined
  /** Looks for the next probe of endpoints that are ill. */
  let probing: NodeJS.Timeout | undefined

  while (!signal.aborted) {
    try {
      const limit = Math.min(CLAIM_MAX, lanes.room)
      const claimed = limit === 0 ? 0 : await claimSome(limit)
      if (limit === 0 || claimed < limit) await wake.wait('deliveries', POLL_MS, signal)
    } catch (error) {
      log.error({ err: error }, 'claiming webhook deliveries failed')
      await sleep(PAUSE_AFTER_ERROR_MS, undefined, { signal }).catch(() => undefined)
    }
  }
  await stop()

  async function claimSome(limit: number): Promise<number> {
    const leased = performance.now()
    const secrets = await secretsOf(context)
    const options = {
      limit,
      room: lanes.firstRoom,
      rooms: lanes.rooms(),
      leaseSeconds: timing.lease,
    }
    const claims = await claimDeliveries(workers, options)
    // A tenth of the lease is kept for recording.
    const startBy = leased + timing.lease * 900 - timeoutMs
    await Promise.all(
      [...groupBy(claims, ({ tenant_id }) => tenant_id)].map(async ([tenantId, some]) => {
        const loaded = loadMessages(workers, secrets, tenantId, some)
        const messages = await unlessResetting(loaded, [])
        lanes.add(await withoutSilenced(tenantId, messages), startBy)
      }),
    )
    startSome()
    return claims.length
  }

  /** Messages to endpoints that are disabled or deleted are not sent; what waits for those ends here. */
  async function withoutSilenced(tenantId: string, messages: Message[]): Promise<Message[]> {
    const silenced = new Map(
      messages.flatMap(({ endpoint: { id, status } }) =>
        status === 'enabled' ? [] : [[id, status] as const],
      ),
    )
    if (silenced.size === 0) return messages
    await commit(workers, { tenantId, cause: byTheService }, async (tx) => {
      for (const [id, status] of silenced)
        await settleQueue(tx, id, status === 'deleted' ? 'cancelled' : 'skipped')
    })
    return messages.filter(({ endpoint }) => !silenced.has(endpoint.id))
  }

  function startSome(): void {
    clearTimeout(paced)
    if (signal.aborted) return
    const { start, late, againInMs } = lanes.next()
    giveBack(late)
    if (againInMs !== null) paced = setTimeout(startSome, againInMs)
    for (const message of start) {
      const attempt = attemptOne(message).finally(() => attempts.delete(attempt))
      attempts.add(attempt)
    }
  }

  async function attemptOne(message: Message): Promise<void> {
    const { claim, endpoint } = message
    const answered =
      endpoint.secrets.length === 0 || endpoint.headers === null
        ? unreadable()
        : await send(agent, targets, message, { timeoutMs, signal: cutOff.signal })
    if (cutOff.signal.aborted && answered.statusCode === null) giveBack([message])
    else {
      metrics.webhookSeconds.observe(answered.latencyMs / 1000)
      recorder.record({ claim, answered, wasFailing: endpoint.isFailing })
    }
    const { back, lookInMs } = lanes.finish(message, answered)
    giveBack(back)
    startSome()
    if (lookInMs === 0) wake('deliveries')
    else if (lookInMs !== null) probing ??= setTimeout(probe, lookInMs)
  }

  function probe(): void {
    probing = undefined
    wake('deliveries')
  }

  function unreadable(): Answered {
    log.error('a webhook has a secret or header that no key in SECRETS_KEYS opens')
    return unanswered(new Date(), 'the secret or a custom header cannot be read; set it anew', 0)
  }

  function giveBack(messages: readonly Message[]): void {
    if (messages.length === 0) return
    const claims = messages.map(({ claim }) => claim)
    const released = releaseClaims(workers, claims).catch((error: Error) => {
      log.warn(
        { error: error.message },
        'webhook deliveries could not be given back; their lease will end',
      )
    })
    const done = released.finally(() => attempts.delete(done))
    attempts.add(done)
  }

  async function stop(): Promise<void> {
    clearTimeout(paced)
    clearTimeout(probing)
    giveBack(lanes.empty())
    const drained = new AbortController()
    const patience = sleep(DRAIN_MS, undefined, { signal: drained.signal }).catch(() => undefined)
    await Promise.race([patience, settled()])
    drained.abort()
    cutOff.abort()
    await settled()
    await recorder.flushed()
    await agent.destroy()
  }

  async function settled(): Promise<void> {
    while (attempts.size > 0) await Promise.all(attempts)
  }
}
