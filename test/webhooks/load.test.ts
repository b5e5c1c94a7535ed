import t from 'tap'
import { testApp } from '../support/app.ts'
import { report, rung, sizeOf } from '../support/certify.ts'
import {
  changeCustomers,
  deliveriesOf,
  disorderOf,
  type Manner,
  misbehaviours,
  p95Of,
  startFleet,
} from '../support/delivery-load.ts'
import { until } from '../support/receiver.ts'
import { allTold, customers, LOCAL, quick, webhookWorkers } from '../support/webhooks.ts'

/** A tenant has no more than fifty endpoints. */
const size = sizeOf({
  slice: { endpoints: 20, alone: 20, events: 50, burst: 10, perSecond: 15 },
  certify: { endpoints: 50, alone: 150, events: 350, burst: 50, perSecond: 6 },
  certification: { endpoints: 50, alone: 300, events: 1_900, burst: 100, perSecond: 6 },
})
const CUSTOMERS = 100
const PATIENCE_MS = 600_000

/** 30 % of the endpoints misbehave: one hangs, and the others do so in the seven other ways. */
const ILL = Math.round(size.endpoints * 0.3)
const ways = misbehaviours.filter((manner) => manner !== 'hanging')
const illness = (n: number): Manner =>
  n === 0 ? 'hanging' : (ways[n % ways.length] as (typeof ways)[number])
const getsAll: readonly Manner[] = ['well', 'flaky', 'busy']

const TOTAL = size.endpoints * (size.events + size.burst)
const PER_SECOND_MIN = 500
const SLOWER_MAX = 1.2

t.test(`${TOTAL} deliveries while three of ten endpoints misbehave in eight ways`, async (t) => {
  const app = await testApp(t, { ...LOCAL, WEBHOOK_TIMEOUT_MS: '3000', RATE_LIMIT: 'off' })
  const tenant = await app.tenant()
  const ids = await customers(tenant, CUSTOMERS)
  const fleet = await startFleet(t, tenant)
  const { members } = fleet
  await fleet.join('well', size.endpoints)
  const well = members.slice(ILL)
  const timing = { retries: [0.05, 0.5, 2, 5], giveUp: 10, outageSpan: 1, outageWindow: 60 }
  webhookWorkers(t, app.context, quick(timing))
  const { perSecond } = size
  const reached = (count: number, some = well) =>
    until(() => some.every(({ arrivals }) => arrivals.length >= count), PATIENCE_MS)

  // Alone is: the same endpoints, as many events a second, all well. The first third warms up.
  await changeCustomers(tenant, ids, { changes: size.alone, perSecond })
  await reached(size.alone, members)
  const alone = p95Of(well, Math.floor(size.alone / 3), size.alone)

  for (const [n, member] of members.slice(0, ILL).entries()) await fleet.turn(member, illness(n))
  await changeCustomers(tenant, ids, { changes: size.events, perSecond })
  const told = size.alone + size.events
  await reached(told)
  const beside = p95Of(well, size.alone, told)

  const startedAt = performance.now()
  await changeCustomers(tenant, ids, { changes: size.burst, perSecond: 10_000 })
  await reached(told + size.burst)
  const speed = (well.length * size.burst * 1_000) / (performance.now() - startedAt)

  await allTold(app.context, PATIENCE_MS)
  const counts = () =>
    Promise.all(members.map(({ endpointId }) => deliveriesOf(tenant, endpointId)))
  await until(
    async () => (await counts()).every(({ pending = 0 }) => pending === 0),
    PATIENCE_MS,
    () => 'deliveries are still pending',
  )
  const ended = await counts()
  const disorder = members.flatMap(disorderOf)
  const missing = well.filter(
    ({ arrivals }) => new Set(arrivals.map(({ eventId }) => eventId)).size !== told + size.burst,
  )

  await t.test('every one is delivered, or it can be seen that it was not', async (t) => {
    for (const [n, { manner }] of members.entries()) {
      const { delivered = 0, failed = 0, skipped = 0 } = ended[n] ?? {}
      const total = told + size.burst
      t.equal(delivered + failed + skipped, total, `${manner}: ${JSON.stringify(ended[n])}`)
      if (getsAll.includes(manner)) t.equal(delivered, total, manner)
      else t.equal(delivered, size.alone, `${manner}: only while it was well`)
    }
    t.same(fleet.refusals, [], 'the verifier of the standard accepts all of them')
  })

  await t.test('each entity was told in order, also while others were retried', async (t) => {
    t.same(disorder, [])
    t.same(missing, [], 'who is well hears of each, repeats under the same id')
  })

  await t.test('what never answers, or wants no more, is given up and says so', async (t) => {
    const reasons: Partial<Record<Manner, string>> = { gone: 'gone', dead: 'failing' }
    for (const { manner, endpointId } of members) {
      const reason = reasons[manner]
      if (reason === undefined) continue
      const { body } = await tenant.api('GET', `/v1/webhook-endpoints/${endpointId}`)
      t.match(body, { status: 'disabled', disabled_reason: reason })
    }
  })

  const isFast = speed >= PER_SECOND_MIN
  const isUnaffected = beside <= alone * SLOWER_MAX
  // How long they wait depends on the machine, so a slice, which runs beside others, does not judge it.
  if (rung === 'slice') t.comment(`p95 alone ${alone} ms, beside ${beside} ms; ${speed | 0}/s`)
  else {
    t.ok(isFast, `${speed.toFixed(0)} deliveries a second`)
    t.ok(isUnaffected, `p95 alone ${alone} ms, beside ${beside} ms`)
  }
  await report({
    suite: 'T-hook',
    goal: `${TOTAL} deliveries to ${size.endpoints} endpoints, ${ILL} of them ill in 8 ways: each delivered or seen not to be, in order; ≥ ${PER_SECOND_MIN}/s; p95 of the well ≤ ${SLOWER_MAX} × alone`,
    seen: `${disorder.length} out of order; ${speed.toFixed(0)}/s; p95 ${alone} ms alone, ${beside} ms beside`,
    met: t.passing() && (rung === 'slice' || (isFast && isUnaffected)),
  })
})
