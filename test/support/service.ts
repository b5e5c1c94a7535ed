import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { programAt } from '../../src/foundation/places.ts'
import { keepLog } from './suite-log.ts'

/** What is told to a service that is started; the rest of its configuration has its defaults. */
export interface ServiceOptions {
  /**
   * The database, such as `(await testDatabase(t)).url`. Two services with the same one are two replicas. Without it
   * name a `DATA_DIR` in `env`, and the service starts an embedded PostgreSQL there: its owner must then see to it
   * that the server a kill leaves behind is stopped, which a restart and a `stop()` do.
   */
  databaseUrl?: string
  /** The API key of tenant `default`, made when the database has no tenant yet. Replicas share it. */
  apiKey?: string
  /** Further configuration, as environment variables. */
  env?: Record<string, string>
  /** The port to listen on, by default one that is free. */
  port?: number
  /** The folder of other code to run, from source; by default ours. */
  codeFolder?: string
  /**
   * True to run it in a process group of its own, so that a Ctrl-C in the terminal reaches it only through `stop()`.
   * By default it is part of ours, and ends when the group is killed.
   */
  detached?: boolean
  /** How long a start may take until it is ready, milliseconds; by default a minute. */
  readyMs?: number
}

/** The real service in a process of its own. */
export interface Service {
  /** `http://127.0.0.1:<port>`, the same after a restart. */
  url: string
  /** A key with every scope for tenant `default`, a test tenant. */
  apiKey: string
  /** The number of the process; undefined while it is not running. */
  pid(): number | undefined
  /** What the service wrote so far, from all its starts: its log (level `warn`) and whatever went wrong. */
  output(): string
  /** Ends it as `kill -9` does, without a chance to finish anything, and waits until it is gone. */
  kill(): Promise<void>
  /** Asks it to end (SIGTERM), waits for that and answers its exit code. Kills it after 30 s. */
  stop(): Promise<number | null>
  /** Starts it again, with the same configuration and port, and waits until it is ready. */
  start(): Promise<void>
  /** Settles when the process that is running now has ended, whatever ended it. */
  ended(): Promise<void>
}

/** One key for all services of a test file, so that replicas can open each other's webhook secrets. */
const SECRETS_KEYS = `test:${randomBytes(32).toString('base64')}`
const READY_MS = 60_000
const STOP_MS = 30_000

/**
 * Starts the service as operators do, as a child process that runs `src/main`, waits for `/readyz`, and ends it with
 * the test. Webhooks may reach 127.0.0.1; there is no rate limit.
 */
export async function startService(
  t: { teardown(handler: () => Promise<void>): void },
  options: ServiceOptions = {},
): Promise<Service> {
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const apiKey = options.apiKey ?? `test_${randomBytes(24).toString('hex')}`
  const output: string[] = []
  let child: ChildProcess | undefined
  let exited: Promise<void> = Promise.resolve()

  const start = async () => {
    if (child !== undefined) throw new Error('the service is running already')
    const started = spawn(process.execPath, command(options.codeFolder), {
      cwd: options.codeFolder,
      env: {
        ...process.env,
        PORT: String(port),
        HOST: '127.0.0.1',
        BOOTSTRAP_API_KEY: apiKey,
        SECRETS_KEYS,
        LOG_LEVEL: 'warn',
        RATE_LIMIT: 'off',
        WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8',
        ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: options.detached ?? false,
    })
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (chunk) => {
        output.push(String(chunk))
        keepLog(String(chunk))
      })
    child = started
    exited = once(started, 'exit').then(() => {
      child = undefined
    })
    await untilReady(url, () => child === started, options.readyMs ?? READY_MS).catch((error) => {
      started.kill('SIGKILL')
      throw new Error(`${error.message}; it wrote:\n${output.join('')}`)
    })
  }

  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child
    ending?.kill(signal)
    const last = setTimeout(() => ending?.kill('SIGKILL'), STOP_MS)
    await exited
    clearTimeout(last)
    return ending?.exitCode ?? null
  }

  // However this process ends, the service does not outlive it.
  process.once('exit', () => child?.kill('SIGKILL'))
  t.teardown(async () => void (await end('SIGTERM')))
  await start()
  return {
    url,
    apiKey,
    pid: () => child?.pid,
    output: () => output.join(''),
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    start,
    ended: () => exited,
  }
}

/** The built service when the test was built, the source otherwise. */
function command(codeFolder: string | undefined): string[] {
  const main = codeFolder === undefined ? programAt('src/main') : join(codeFolder, 'src/main.ts')
  return main.endsWith('.ts') ? ['--import', 'tsx', main] : ['--enable-source-maps', main]
}

async function untilReady(url: string, isRunning: () => boolean, ms: number): Promise<void> {
  const end = Date.now() + ms
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.status === 200) return
    if (!isRunning()) throw new Error('the service ended before it was ready')
    if (Date.now() > end) throw new Error(`the service was not ready after ${ms} ms`)
    await sleep(50)
  }
}

/** A port of 127.0.0.1 nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
