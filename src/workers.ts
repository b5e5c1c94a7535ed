import { createTask, setLogger } from 'node-cron'
import { sealEvents } from './audit/seal-events.ts'
import { runMatching } from './cash/matching/run-matching.ts'
import { followFeed } from './credit/monitoring/follow-feed.ts'
import { runExpiry } from './credit/reservations/expire-reservations.ts'
import { cancelSettledNotices } from './dunning/notices/cancel-settled-notices.ts'
import { performRun } from './dunning/runs/start-run.ts'
import { runSimulation } from './dunning/simulation/run-simulation.ts'
import { sequenceEvents } from './events/sequence-events.ts'
import type { Context } from './foundation/http/context.ts'
import { forgetOldKeys } from './foundation/http/forget-old-keys.ts'
import { runTasks, type TaskKind, type TaskRunner } from './foundation/jobs/tasks.ts'
import { runDueSlots } from './foundation/jobs/tick.ts'
import { forgetOldResults } from './imports/forget-old-results.ts'
import { runImport } from './imports/run-import.ts'
import { runAdvance } from './sandbox/advance-clock.ts'
import { runReset } from './sandbox/reset/run-reset.ts'
import { playDueRuns } from './sandbox/simulators/play-runs.ts'
import { jobs } from './schedule.ts'
import type { DeliverOptions } from './webhooks/deliver.ts'
import { forgetOldDeliveries } from './webhooks/forget-old-deliveries.ts'
import { runRecovery } from './webhooks/run-recovery.ts'
import { startWebhookWorkers } from './webhooks/workers.ts'

const SEQUENCER_POLL_MS = 500
const FOLLOWER_POLL_MS = 1_000

/**
 * Everything that works without being asked, until the signal says stop: the minute tick that looks for due slots, the
 * sequencer, credit's follower of the feed, tasks, and webhook deliveries. Any number of replicas may run all of it.
 * Resolves when all have stopped.
 */
export async function runWorkers(
  context: Context,
  signal: AbortSignal,
  deliver?: DeliverOptions,
): Promise<void> {
  await Promise.all([
    keepTime(context, signal),
    keepSequencing(context, signal),
    keepFollowing(context, signal),
    runTasks(context, taskRunners, signal),
    startWebhookWorkers(context, signal, deliver),
  ])
}

/** Which command does the work of each kind of task. */
export const taskRunners: Record<TaskKind, TaskRunner> = {
  bank_matching: runMatching,
  clock_advance: (context, tenantId, _subject, signal) =>
    runAdvance(context, jobs, tenantId, signal),
  dunning_run: performRun,
  dunning_simulation: runSimulation,
  import: runImport,
  reservation_expiry: runExpiry,
  webhook_recovery: runRecovery,
  simulator_runs: playDueRuns,
  tenant_reset: runReset,
}

/**
 * Looks once a minute, and once at the start, to catch up, at the timetable and at what need not be sent any more;
 * seals the feeds every ten seconds; clears away once an hour.
 */
async function keepTime(context: Context, signal: AbortSignal): Promise<void> {
  setLogger(cronLogger(context))
  await Promise.all([
    keepDoing(context, '* * * * *', signal, () => runDueSlots(context, jobs, signal)),
    keepDoing(context, '* * * * *', signal, () => cancelSettledNotices(context, signal)),
    keepDoing(context, '*/10 * * * * *', signal, () => sealEvents(context, signal)),
    keepDoing(context, '17 * * * *', signal, () => forgetOldKeys(context, signal)),
    keepDoing(context, '37 * * * *', signal, () => forgetOldDeliveries(context, signal)),
    keepDoing(context, '57 * * * *', signal, () => forgetOldResults(context, signal)),
  ])
}

/** Does something now and whenever the pattern (UTC) says, never twice at once, until the signal says stop. */
async function keepDoing(
  { log }: Context,
  pattern: string,
  signal: AbortSignal,
  work: () => Promise<unknown>,
): Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const look = () => {
    running = work().catch((error) => {
      if (!signal.aborted) log.error({ err: error, pattern }, 'work by the clock failed')
    })
    return running
  }
  const tick = createTask(pattern, look, { timezone: 'UTC', noOverlap: true })
  void look()
  await tick.start()
  await stopped(signal)
  await tick.destroy()
  await running
}

async function keepSequencing(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sequenceEvents(context).catch((error) =>
      context.log.error({ err: error }, 'sequencing failed'),
    )
    await context.wake.wait('sequencer', SEQUENCER_POLL_MS, signal)
  }
}

async function keepFollowing(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const count = await followFeed(context, signal).catch((error) => {
      context.log.error({ err: error }, 'following the feeds failed')
      return 0
    })
    if (count === 0) await context.wake.wait('credit', FOLLOWER_POLL_MS, signal)
  }
}

const stopped = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

/** node-cron prints to the console by itself otherwise. */
const cronLogger = ({ log }: Context) => ({
  info: (message: string) => log.debug(message),
  warn: (message: string) => log.warn(message),
  error: (message: string | Error) => log.error(message),
  debug: (message: string | Error) => log.debug(message),
})
