import { setTimeout as sleep } from 'node:timers/promises'
import { byTheService, commit } from '../foundation/database/commit.ts'
import { unlessResetting } from '../foundation/database/unless-resetting.ts'
import { groupBy } from '../foundation/group.ts'
import type { Context } from '../foundation/http/context.ts'
import { publicId } from '../foundation/id.ts'
import type { Attempted } from './attempt-outcome.ts'
import { type Recorded, recordAttempts } from './record-attempts.ts'
import type { Timing } from './timing.ts'

const TRIES_MAX = 5
const PAUSE_AFTER_ERROR_MS = 1_000

/** Takes down what came of attempts. */
export interface Recorder {
  record(attempted: Attempted): void
  /** Waits until everything is recorded, or given up on. */
  flushed(): Promise<void>
}

/**
 * Records attempts in batches that make themselves: while one is being written, the next gathers. When the database is
 * away a batch is tried a few times; after that the leases end and the deliveries are made again.
 */
export function createRecorder(context: Context, timing: Timing): Recorder {
  const { workers, log, metrics } = context
  let gathered: Attempted[] = []
  let flushing: Promise<void> | null = null

  async function flush(): Promise<void> {
    while (gathered.length > 0) {
      const batch = gathered
      gathered = []
      const tenants = groupBy(batch, ({ claim }) => claim.tenant_id)
      await Promise.all([...tenants].map(([tenantId, some]) => recordSome(tenantId, some)))
    }
  }

  async function recordSome(tenantId: string, attempts: Attempted[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const recording = commit(workers, { tenantId, cause: byTheService }, (tx) =>
          recordAttempts(tx, attempts, timing),
        )
        const recorded = await unlessResetting(recording, undefined)
        if (recorded !== undefined) report(recorded)
        return
      } catch (error) {
        log.error({ err: error, tries }, 'recording webhook attempts failed')
        if (tries === TRIES_MAX) return
        await sleep(PAUSE_AFTER_ERROR_MS)
      }
    }
  }

  function report({ warned, disabled, ...counts }: Recorded): void {
    for (const [outcome, count] of Object.entries(counts)) {
      if (count > 0) metrics.webhookAttempts.inc({ outcome }, count)
    }
    for (const id of warned) {
      log.warn(
        { webhook_endpoint_id: publicId('webhook_endpoint', id) },
        'a webhook endpoint has been failing for days',
      )
    }
    for (const id of disabled) {
      log.warn(
        { webhook_endpoint_id: publicId('webhook_endpoint', id) },
        'a webhook endpoint was disabled',
      )
    }
  }

  return {
    record(attempted) {
      gathered.push(attempted)
      flushing ??= flush().finally(() => {
        flushing = null
      })
    },
    async flushed() {
      while (flushing !== null) await flushing
    },
  }
}
