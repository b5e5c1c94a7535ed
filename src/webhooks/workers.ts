import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { queue } from '../foundation/database/commit.ts'
import type { Context } from '../foundation/http/context.ts'
import { type DeliverOptions, deliverWebhooks } from './deliver.ts'
import { fanOut } from './fan-out.ts'

const POLL_MS = 250
const PAUSE_AFTER_ERROR_MS = 1_000

/**
 * Fans out and delivers until the signal comes; the promise settles when everything has stopped. Any number of
 * replicas may run this on one database. With DELIVERY_PAUSED what is fanned out waits.
 */
export async function startWebhookWorkers(
  context: Context,
  signal: AbortSignal,
  options?: DeliverOptions,
): Promise<void> {
  const isPaused = context.config.DELIVERY_PAUSED === 'on'
  if (isPaused) context.log.warn('DELIVERY_PAUSED is on: webhooks wait')
  await Promise.all([
    runFanOut(context, signal),
    isPaused ? undefined : deliverWebhooks(context, signal, options),
  ])
}

async function runFanOut(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      if ((await fanOut(context)) === 0) await context.wake.wait('fan_out', POLL_MS, signal)
    } catch (error) {
      context.log.error({ err: error }, 'fanning out events failed')
      await sleep(PAUSE_AFTER_ERROR_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}

/**
 * True while something is on its way that will be attempted without waiting for a retry: events without a place in
 * the feed or not fanned out yet, and deliveries that are due or being made. For demos and tests that want to look
 * when all is told.
 */
export function hasWebhookWork(context: Context): Promise<boolean> {
  return queue(context.workers, async (db) => {
    const { rows } = await sql<{ busy: boolean }>`
      select exists (select from event_outbox)
        or exists (
          select from feed_head
          left join webhook_cursor on webhook_cursor.tenant_id = feed_head.tenant_id
          where feed_head.last_position > coalesce(webhook_cursor.position, 0)
        )
        or exists (select from webhook_queue where due_at <= now() or lease_token is not null) as busy
    `.execute(db)
    return rows[0]?.busy ?? false
  })
}
