/**
 * A year of a believable company, played through the public API with the test clock, and a receiver that verifies every
 * webhook. Afterwards the service stays, to be looked at, until Ctrl-C.
 *
 *     npm run demo                         200 customers, 3,000 invoices, twelve months
 *     npm run demo -- --exit               ends after the summary; so it does where CI is set
 *     npm run demo -- --customers=20 --invoices=100 --months=3 --seed=7
 *
 * PORT names the port (8080, or a free one), DATA_DIR the folder (`.receivables-demo`), which is emptied first.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createClient } from '../openapi/client/src/index.ts'
import { freePort, startService } from '../test/support/service.ts'
import { startWebhookReceiver } from '../test/support/webhook-receiver.ts'
import { type CompanySize, makeCompany } from './demo/company.ts'
import { emptyFolder, endServer } from './demo/data-folder.ts'
import { play } from './demo/play.ts'
import { createProgress } from './demo/progress.ts'
import { summarize } from './demo/summary.ts'

const DEFAULT_PORT = 8080
const SECOND_SIGNAL_MS = 2_000

/** What has been started, in order; it is stopped in the other. */
const running: (() => Promise<void>)[] = []
const starting = { teardown: (stop: () => Promise<void>) => void running.push(stop) }

async function demo(): Promise<void> {
  const { stays, size } = readArguments()
  const begun = Date.now()
  const dataDir = resolve(process.env.DATA_DIR || '.receivables-demo')
  const company = makeCompany(size)
  await emptyFolder(dataDir)
  starting.teardown(() => endServer(dataDir))

  say(`Starting PostgreSQL and the service on ${dataDir}`)
  const receiver = await startWebhookReceiver(starting)
  const service = await startService(starting, {
    port: await choosePort(),
    apiKey: `demo_${randomBytes(24).toString('hex')}`,
    env: { ...nothingElse, DATA_DIR: dataDir },
    detached: true,
  })
  const client = createClient({ baseUrl: service.url, token: service.apiKey })

  say(
    `Playing ${company.name}, ${company.from} to ${company.until}: ${size.customers} customers, ${size.invoices} invoices\n`,
  )
  const progress = createProgress(company, figuresOf(receiver.events), process.stdout)
  const story = play(company, client, receiver, progress.day)
  const played = await Promise.race([story, service.ended().then(() => undefined)]).catch(
    (error: unknown) => {
      progress.end(false)
      throw error
    },
  )
  if (played === undefined) throw new Error(`the service ended by itself:\n${service.output()}`)
  progress.end(true)

  const { text, faults } = await summarize(company, played, client, receiver)
  say(`\n${text}\nTime       ${Math.round((Date.now() - begun) / 1000)} s\n`)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  if (!stays) return
  say(`The API is running at ${service.url}, its reference at ${service.url}/docs

  curl -H 'Authorization: Bearer ${service.apiKey}' \\
    '${service.url}/v1/invoices?overdue=true&sort=due_date&limit=3'

Ctrl-C stops everything.`)
  await service.ended()
  if (!stopping) throw new Error(`the service ended by itself:\n${service.output()}`)
}

/** What this environment says about another installation does not concern the demo. */
const nothingElse = {
  DATABASE_URL: '',
  DATABASE_OWNER_URL: '',
  DATABASE_PREPARED: 'on',
  MIGRATE: 'on',
  SCHEDULER: 'on',
  SECRETS_KEYS: '',
}

function readArguments(): { stays: boolean; size: CompanySize } {
  const { values } = parseArgs({
    options: {
      exit: { type: 'boolean', default: false },
      customers: { type: 'string', default: '200' },
      invoices: { type: 'string', default: '3000' },
      months: { type: 'string', default: '12' },
      seed: { type: 'string', default: '2025' },
    },
  })
  const whole = (name: 'customers' | 'invoices' | 'months' | 'seed', most: number): number => {
    const value = Number(values[name])
    if (Number.isInteger(value) && value >= 1 && value <= most) return value
    throw new Error(`--${name} must be a whole number from 1 to ${most}, not ${values[name]}`)
  }
  return {
    stays: !values.exit && !process.env.CI,
    size: {
      customers: whole('customers', 10_000),
      invoices: whole('invoices', 1_000_000),
      months: whole('months', 120),
      seed: whole('seed', 2 ** 31),
    },
  }
}

/** The port that was asked for, else the usual one, else any. */
async function choosePort(): Promise<number> {
  if (process.env.PORT) return Number(process.env.PORT)
  const usual = createServer().listen(DEFAULT_PORT, '127.0.0.1')
  const isFree = await once(usual, 'listening').then(
    () => true,
    () => false,
  )
  await new Promise((closed) => usual.close(closed))
  return isFree ? DEFAULT_PORT : freePort()
}

/** Counts what has arrived, looking at each event once. */
function figuresOf(events: readonly { type: string }[]) {
  let seen = 0
  let notices = 0
  return () => {
    for (; seen < events.length; seen += 1)
      if (events[seen]?.type === 'dunning.notice_issued') notices += 1
    return { notices, webhooks: seen }
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

let stopping: number | undefined

/** Stops everything in order. A second Ctrl-C does not wait for that; the same one, told twice, is not a second. */
async function stop(status: number): Promise<never> {
  if (stopping !== undefined) {
    if (Date.now() - stopping > SECOND_SIGNAL_MS) process.exit(status)
    return new Promise<never>(() => undefined)
  }
  stopping = Date.now()
  for (const end of running.reverse()) await end().catch(() => undefined)
  process.exit(status)
}

for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    if (stopping === undefined) say('\nStopping')
    void stop(status)
  })
}

try {
  await demo()
  if (stopping === undefined) await stop(0)
} catch (error) {
  if (stopping === undefined) {
    console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`)
    await stop(1)
  }
}
