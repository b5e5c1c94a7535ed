import t from 'tap'
import { testApp } from '../support/app.ts'
import {
  changeCustomers,
  deliveriesOf,
  disorderOf,
  type Manner,
  p95Of,
  startFleet,
} from '../support/delivery-load.ts'
import { until } from '../support/receiver.ts'
import { allTold, customers, LOCAL, quick, webhookWorkers } from '../support/webhooks.ts'

/** 20 endpoints, of which six (30 %) refuse, one hangs and one is dead; 1,000 events are 20,000 deliveries. */
const EVENTS = 1_000
const CUSTOMERS = 100
const EVENTS_ALONE = 300
const PER_SECOND = 40

t.test('20,000 deliveries to receivers that fail, hang and are dead', async (t) => {
  const app = await testApp(t, { ...LOCAL, WEBHOOK_TIMEOUT_MS: '10000', RATE_LIMIT: 'off' })
  const tenant = await app.tenant()
  const ids = await customers(tenant, CUSTOMERS)
  const fleet = await startFleet(t, tenant)
  const { members } = fleet
  const of = (manner: Manner) => members.filter((member) => member.manner === manner)
  webhookWorkers(
    t,
    app.context,
    quick({ retries: [0.05, 0.5, 2, 5], giveUp: 25, outageSpan: 1, outageWindow: 60 }),
  )

  await fleet.join('well', 12)
  await changeCustomers(tenant, ids, { changes: EVENTS_ALONE, perSecond: PER_SECOND })
  await until(() => of('well').every(({ arrivals }) => arrivals.length >= EVENTS_ALONE), 60_000)
  const alone = p95Of(of('well'))

  await fleet.join('failing', 3)
  await fleet.join('flaky', 3)
  await fleet.join('hanging', 1)
  await fleet.join('dead', 1)
  await changeCustomers(tenant, ids, { changes: EVENTS, perSecond: PER_SECOND })
  await allTold(app.context, 120_000)
  await until(
    async () => {
      const all = await Promise.all(
        members.map((member) => deliveriesOf(tenant, member.endpointId)),
      )
      return all.every(({ pending = 0 }) => pending === 0)
    },
    60_000,
    () => 'deliveries are still pending',
  )

  await t.test('every one is delivered, or it can be seen that it was not', async (t) => {
    let total = 0
    for (const member of members) {
      const counts = await deliveriesOf(tenant, member.endpointId)
      const events = member.manner === 'well' ? EVENTS_ALONE + EVENTS : EVENTS
      const { delivered = 0, failed = 0, skipped = 0 } = counts
      total += member.manner === 'well' ? EVENTS : delivered + failed + skipped
      t.equal(delivered + failed + skipped, events, `${member.manner}: ${JSON.stringify(counts)}`)
      if (member.manner === 'well' || member.manner === 'flaky') t.equal(delivered, events)
      else t.equal(delivered, 0)
    }
    t.equal(total, 20_000)
    t.same(fleet.refusals, [], 'the verifier of the standard accepts all of them')
  })

  await t.test('each entity was told in order, also while others were retried', async (t) => {
    for (const member of members) t.same(disorderOf(member), [], member.manner)
    for (const { arrivals } of of('well'))
      t.equal(new Set(arrivals.map(({ eventId }) => eventId)).size, EVENTS_ALONE + EVENTS)
  })

  // How long they wait depends on the machine; scripts/bench/webhook-deliveries.ts measures it.
  t.comment(`p95 alone ${alone} ms, beside the others ${p95Of(of('well'), EVENTS_ALONE)} ms`)

  await t.test('what never answers is given up and says so', async (t) => {
    for (const { endpointId } of [...of('hanging'), ...of('dead')]) {
      const { body } = await tenant.api('GET', `/v1/webhook-endpoints/${endpointId}`)
      t.match(body, { status: 'disabled', disabled_reason: 'failing' })
    }
  })
})
