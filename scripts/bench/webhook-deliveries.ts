/**
 * What webhooks cost: deliveries a second beside a bare loop that signs and posts the same bodies, as many at a time;
 * and how long receivers that behave wait when others beside them fail, hang and are dead, beside how long they wait
 * alone. Everything shares one process and one machine, the receivers too.
 *
 *     npm run build && node build/scripts/bench/webhook-deliveries.js    20,000 deliveries to 20 endpoints
 *     … --events 500 --per-second 30 --rounds 3                          smaller
 */
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { Agent } from 'undici'
import { newSigningSecret, signedHeaders } from '../../src/webhooks/signature.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { changeCustomers, type Fleet, p95Of, startFleet } from '../../test/support/delivery-load.ts'
import { until } from '../../test/support/receiver.ts'
import { customers, LOCAL, quick, webhookWorkers } from '../../test/support/webhooks.ts'
import { startTestServer } from '../test-server.ts'

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

const WELL = 12
const ENDPOINTS = 20
const CUSTOMERS = 100
/** Eight attempts at a time for each endpoint, as the service has it. */
const AT_A_TIME = 8 * ENDPOINTS
const PATIENCE_MS = 300_000

const server = await startTestServer()
process.env.TEST_DATABASE_URL = server.url
const teardowns: (() => unknown)[] = [server.stop]
const t = { teardown: (handler: () => unknown) => teardowns.unshift(handler) }
try {
  const app = await testApp(t as never, { ...LOCAL, RATE_LIMIT: 'off' })
  const ratios: number[] = []
  for (let round = 0; round < rounds; round += 1) ratios.push(await throughput(app))
  console.log(`median ratio of ${rounds} rounds: ${median(ratios).toFixed(2)}\n`)
  await isolation(app)
} finally {
  for (const teardown of teardowns) await teardown()
}

/** Sends what was announced before at full speed, then the same number of bodies bare; answers the ratio. */
async function throughput(app: TestApp): Promise<number> {
  const { tenant, fleet, ids } = await companyOf(app)
  await fleet.join('well', ENDPOINTS)
  await changeCustomers(tenant, ids, { changes: events, perSecond: 10_000 })
  const total = events * ENDPOINTS
  const startedAt = performance.now()
  const workers = webhookWorkers(t, app.context, quick())
  await until(() => arrivedOf(fleet) >= total, PATIENCE_MS)
  const delivered = perSecondOf(total, startedAt)
  await workers.stop()
  const bare = await postBare(fleet.url, total)
  console.log(
    `${total} deliveries: ${delivered.toFixed(0)} a second; bare loop ${bare.toFixed(0)} a second; ratio ${(delivered / bare).toFixed(2)}`,
  )
  return delivered / bare
}

function arrivedOf({ members }: Fleet): number {
  return members.reduce((sum, { arrivals }) => sum + arrivals.length, 0)
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

/** At a steady pace: how late events reach receivers that behave, alone and beside others that do not. */
async function isolation(app: TestApp): Promise<void> {
  const { tenant, fleet, ids } = await companyOf(app)
  webhookWorkers(t, app.context, quick({ retries: [0.05, 0.5, 2, 5] }))
  await fleet.join('well', WELL)
  const pace = { changes: events, perSecond }
  await changeCustomers(tenant, ids, { ...pace, changes: 100 })
  await until(() => fleet.members.every(({ arrivals }) => arrivals.length >= 100), PATIENCE_MS)
  await changeCustomers(tenant, ids, pace)
  await until(
    () => fleet.members.every(({ arrivals }) => arrivals.length >= 100 + events),
    PATIENCE_MS,
  )
  const alone = p95Of(fleet.members, 100)
  await fleet.join('failing', 3)
  await fleet.join('flaky', 3)
  await fleet.join('hanging', 1)
  await fleet.join('dead', 1)
  await changeCustomers(tenant, ids, pace)
  const well = fleet.members.slice(0, WELL)
  await until(() => well.every(({ arrivals }) => arrivals.length >= 100 + 2 * events), PATIENCE_MS)
  const beside = p95Of(well, 100 + events)
  console.log(
    `${WELL} receivers that behave, ${perSecond} events a second: 95 % had an event within ${alone} ms alone, within ${beside} ms beside ${ENDPOINTS - WELL} others of which six refuse, one hangs and one is dead; ratio ${(beside / alone).toFixed(2)}`,
  )
}

async function companyOf(app: TestApp) {
  const tenant = await app.tenant()
  const ids = await customers(tenant, CUSTOMERS)
  return { tenant, ids, fleet: await startFleet(t, tenant) }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] as number
}
