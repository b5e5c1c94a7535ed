/**
 * What webhooks cost: deliveries a second beside a bare loop that signs and posts the same bodies, as many at a time, to
 * the same receivers in a process of their own; and how long receivers that behave wait when eight of twenty fail, hang
 * and are dead, beside how long they wait when those eight behave as well: what counts is what misbehaviour does to
 * others, not what eight more receivers do.
 *
 *     npm run build && node build/scripts/bench/webhook-deliveries.js    20,000 deliveries to 20 endpoints
 *     … --events 500 --per-second 30 --rounds 3                          smaller
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { extname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { Agent } from 'undici'
import { newSigningSecret, signedHeaders } from '../../src/webhooks/signature.ts'
import { standardTiming } from '../../src/webhooks/timing.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import {
  changeCustomers,
  type Manner,
  p95Of,
  startFleet,
} from '../../test/support/delivery-load.ts'
import { until } from '../../test/support/receiver.ts'
import {
  customers,
  endpointFor,
  LOCAL,
  quick,
  webhookWorkers,
} from '../../test/support/webhooks.ts'
import { keepRatio, median, onBenchServer } from './measure.ts'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000' },
    'per-second': { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
  },
})
const events = Number(values.events)
const perSecond = Number(values['per-second'])
const rounds = Number(values.rounds)

const ENDPOINTS = 20
/** How eight of them come to behave. */
const ILL: readonly Manner[] = [
  'failing',
  'failing',
  'failing',
  'flaky',
  'flaky',
  'flaky',
  'hanging',
  'dead',
]
/** Events before anything is measured. */
const WARM_UP = 100
const CUSTOMERS = 100
/** Eight attempts at a time for each endpoint, as the service has it. */
const AT_A_TIME = 8 * ENDPOINTS
const PATIENCE_MS = 300_000

async function bench(t: Teardown): Promise<void> {
  const app = await testApp(t, { ...LOCAL, RATE_LIMIT: 'off' })
  const delivered: number[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const speeds = await throughput(t, app)
    delivered.push(speeds.delivered)
    bare.push(speeds.bare)
  }
  if (rounds > 0)
    keepRatio({
      work: `deliver ${events * ENDPOINTS} webhooks`,
      limit: 'a bare loop that signs and posts',
      unit: 'a second',
      target: 0.5,
      ours: median(delivered),
      limitIs: median(bare),
      rounds,
      residentMiB: process.memoryUsage.rss() / 2 ** 20,
    })
  await isolation(t, app)
}

interface Teardown {
  teardown(handler: () => unknown): void
}

/** Sends what was announced before at full speed, then the same number of bodies bare; how many a second. */
async function throughput(t: Teardown, app: TestApp): Promise<{ delivered: number; bare: number }> {
  const { tenant, ids } = await companyOf(app)
  const receivers = await startReceivers()
  for (let n = 0; n < ENDPOINTS; n += 1)
    await endpointFor(tenant, `${receivers.url}/${n}`, { event_types: ['customer.*'] })
  await changeCustomers(tenant, ids, { changes: events, perSecond: 10_000 })
  const total = events * ENDPOINTS
  const startedAt = performance.now()
  const workers = webhookWorkers(t, app.context, quick())
  await until(async () => (await receivers.count()) >= total, PATIENCE_MS)
  const delivered = perSecondOf(total, startedAt)
  await workers.stop()
  const bare = await postBare(receivers.url, total)
  receivers.stop()
  return { delivered, bare }
}

async function startReceivers() {
  const file = join(import.meta.dirname, `counting-receiver${extname(import.meta.filename)}`)
  const child = fork(file)
  const [port] = await once(child, 'message')
  return {
    url: `http://127.0.0.1:${port}`,
    async count(): Promise<number> {
      child.send('count')
      const [count] = await once(child, 'message')
      return count
    },
    stop: () => child.disconnect(),
  }
}

function perSecondOf(count: number, startedAt: number): number {
  return (count * 1_000) / (performance.now() - startedAt)
}

/** Signs and posts a body as large as an event of a customer, nothing else. */
async function postBare(url: string, total: number): Promise<number> {
  const agent = new Agent({ connections: AT_A_TIME, pipelining: 1 })
  const secret = newSigningSecret()
  const body = JSON.stringify({ data: 'x'.repeat(1_500) })
  let left = total
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      while (left > 0) {
        left -= 1
        const headers = signedHeaders([secret], { id: `evt_${left}`, at: new Date(), body })
        const answer = await agent.request({
          origin: new URL(url).origin,
          path: new URL(url).pathname,
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body,
        })
        answer.body.resume()
        await once(answer.body, 'end')
      }
    }),
  )
  const speed = perSecondOf(total, startedAt)
  await agent.close()
  return speed
}

/** At a steady pace: how late events reach receivers that behave, while all do and while eight of them do not. */
async function isolation(t: Teardown, app: TestApp): Promise<void> {
  const { tenant, ids } = await companyOf(app)
  const fleet = await startFleet(t, tenant)
  const { members } = fleet
  webhookWorkers(t, app.context, { timing: standardTiming })
  await fleet.join('well', ENDPOINTS)
  const well = members.slice(ILL.length)
  const tell = async (changes: number, count: number) => {
    await changeCustomers(tenant, ids, { changes, perSecond })
    await until(() => well.every(({ arrivals }) => arrivals.length >= count), PATIENCE_MS)
  }
  await tell(WARM_UP, WARM_UP)
  await tell(events, WARM_UP + events)
  const alone = p95Of(well, WARM_UP, WARM_UP + events)
  for (const [n, manner] of ILL.entries()) {
    const member = members[n]
    if (member) await fleet.turn(member, manner)
  }
  await tell(events, WARM_UP + 2 * events)
  const beside = p95Of(well, WARM_UP + events)
  keepRatio({
    work: `bring ${perSecond} events a second to ${well.length} receivers that behave, beside eight that do not: 95 % within`,
    limit: 'while those behave too',
    unit: 'ms',
    target: 1.2,
    ours: beside,
    limitIs: alone,
    rounds: 1,
    residentMiB: process.memoryUsage.rss() / 2 ** 20,
  })
}

async function companyOf(app: TestApp) {
  const tenant = await app.tenant()
  const ids = await customers(tenant, CUSTOMERS)
  return { tenant, ids }
}

await onBenchServer(bench)
