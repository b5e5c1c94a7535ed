import { setTimeout as sleep } from 'node:timers/promises'
import { createApp } from './app.ts'
import { createContext } from './context.ts'
import { ConfigError, readConfig } from './foundation/config.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './foundation/database/embedded.ts'
import { DataFolderInUse } from './foundation/database/embedded-session.ts'
import { migrate } from './foundation/database/migrate.ts'
import { findRisks, requireIsolation } from './foundation/database/ready.ts'
import { startDraining } from './foundation/http/health.ts'
import { createLog } from './foundation/log.ts'
import { bootstrap } from './parties/tenants/bootstrap.ts'
import { runWorkers } from './workers.ts'

/** Kubernetes gives 30 s; whatever has not ended by then ends here. */
const DRAIN_MS_MAX = 25_000

/** Starts the service; resolves when it listens. Stops in order on SIGTERM or SIGINT: a second signal stops at once. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog(config.LOG_LEVEL)
  const embedded =
    config.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({ dataDir: config.DATA_DIR, log })
      : null
  const url = config.DATABASE_URL ?? (embedded as EmbeddedPostgres).url
  if (config.MIGRATE === 'on')
    await migrate({ ownerUrl: config.DATABASE_OWNER_URL ?? url, appUrl: url, log })

  const context = createContext(config, url, log)
  await requireIsolation(context.workers)
  // The embedded server is ours alone, and its one login is its owner.
  if (embedded === null)
    for (const risk of await findRisks(context.workers))
      log.error({ risk }, 'the database is not safe')
  await bootstrap(context)
  const http = await createApp(context)
  await http.listen({ port: config.PORT, host: config.HOST })
  const stop = new AbortController()
  const workers = config.SCHEDULER === 'on' ? runWorkers(context, stop.signal) : Promise.resolve()
  workers.catch((error) => fail(error))

  let draining = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void drain(signal))
  process.on('uncaughtException', (error) => fail(error))
  process.on('unhandledRejection', (error) => fail(error))

  function fail(error: unknown): void {
    log.fatal({ err: error }, 'an unforeseen error: stopping')
    process.exitCode = 1
    void drain('failure')
  }

  async function drain(reason: string): Promise<void> {
    if (draining) process.exit(process.exitCode ?? 1)
    draining = true
    log.info({ reason }, 'stopping')
    setTimeout(() => process.exit(1), DRAIN_MS_MAX).unref()
    startDraining(http)
    if (config.DRAIN_DELAY_MS > 0) await sleep(config.DRAIN_DELAY_MS)
    stop.abort()
    await Promise.allSettled([workers, http.close()])
    await context.traces.end().catch(() => undefined)
    await Promise.allSettled(
      [context.api, context.workers, context.exports, context.access].map(({ pool }) => pool.end()),
    )
    await embedded?.stop()
    log.info('stopped')
    process.exit(process.exitCode ?? 0)
  }
}

main().catch((error) => {
  const known = error instanceof ConfigError || error instanceof DataFolderInUse
  console.error(known ? error.message : error)
  process.exit(1)
})
