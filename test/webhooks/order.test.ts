import type { ServerResponse } from 'node:http'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { type Received, receiver, until } from '../support/receiver.ts'
import { customers, endpointFor, LOCAL, quick, webhookWorkers } from '../support/webhooks.ts'

/** How an entity's events came in. */
const sequencesOf = (received: readonly Received[], id: string): number[] =>
  received
    .filter(({ event }) => event.data.object.id === id)
    .map(({ event }) => event.entity_sequence)

t.test('order', async (t) => {
  const app = await testApp(t, LOCAL)
  webhookWorkers(t, app.context, quick({ retries: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1] }))

  await t.test(
    'an event waits for the one before it of the same entity, and other entities do not',
    async (t) => {
      const tenant = await app.tenant()
      const accepted: Received[] = []
      let stuck = ''
      const { url } = await receiver(t, (one, response) => {
        const { id, name } = one.event.data.object
        if (name === 'Customer 0') stuck = id
        const isDown = id === stuck || Math.random() < 0.3
        if (!isDown) accepted.push(one)
        response.writeHead(isDown ? 500 : 200).end()
      })
      await endpointFor(tenant, url, { event_types: ['customer.*'] })
      const ids = await customers(tenant, 6)
      const [, ...others] = ids
      for (let turn = 0; turn < 6; turn += 1) {
        await Promise.all(
          ids.map((id) => tenant.api('PATCH', `/v1/customers/${id}`, { name: `Name ${turn}` })),
        )
      }
      await until(
        () => others.every((id) => sequencesOf(accepted, id).length === 7),
        20_000,
        () => `${accepted.length} came`,
      )
      for (const id of others) t.same(sequencesOf(accepted, id), [1, 2, 3, 4, 5, 6, 7])
      t.same(sequencesOf(accepted, stuck), [])
    },
  )

  await t.test('what is exhausted lets the next go, and the gap shows', async (t) => {
    const tenant = await app.tenant()
    const { url, received } = await receiver(t, ({ event }, response) =>
      response.writeHead(event.entity_sequence === 1 ? 500 : 200).end(),
    )
    await endpointFor(tenant, url, { event_types: ['customer.*'] })
    const [id = ''] = await customers(tenant, 1)
    await tenant.api('PATCH', `/v1/customers/${id}`, { name: 'Second' })
    await until(() => sequencesOf(received, id).includes(2))
    t.same(sequencesOf(received, id), [1, 1, 1, 1, 1, 1, 1, 1, 1, 2])
  })

  await t.test('one endpoint that hangs slows nobody', async (t) => {
    const [tenant, other] = [await app.tenant(), await app.tenant()]
    const hanging = await receiver(t, () => undefined)
    const well = await receiver(t)
    const elsewhere = await receiver(t)
    await endpointFor(tenant, hanging.url, { event_types: ['customer.*'] })
    await endpointFor(tenant, well.url, { event_types: ['customer.*'] })
    await endpointFor(other, elsewhere.url, { event_types: ['customer.*'] })
    const started = Date.now()
    await Promise.all([customers(tenant, 60), customers(other, 20)])
    const made = Date.now()
    await Promise.all([well.until(60), elsewhere.until(20)])
    t.ok(
      Date.now() - made < 900,
      `${Date.now() - made} ms after the last was made, ${made - started} ms to make them`,
    )
    t.ok(hanging.concurrency() <= 8, `${hanging.concurrency()} at once`)
  })

  await t.test('an endpoint sets its own pace', async (t) => {
    const tenant = await app.tenant()
    const slowly = (_: Received, response: ServerResponse) =>
      setTimeout(() => response.writeHead(200).end(), 50)
    const [narrow, wide] = [await receiver(t, slowly), await receiver(t, slowly)]
    const throttled = await receiver(t)
    const event_types = ['customer.*']
    await endpointFor(tenant, narrow.url, { event_types, max_concurrency: 2 })
    await endpointFor(tenant, wide.url, { event_types, max_concurrency: 20 })
    await endpointFor(tenant, throttled.url, { event_types, throttle_rate: 20 })
    await Promise.all([customers(tenant, 10), customers(tenant, 10), customers(tenant, 10)])
    await Promise.all([narrow, wide, throttled].map(({ until }) => until(30)))
    t.equal(narrow.concurrency(), 2)
    t.ok(wide.concurrency() > 2 && wide.concurrency() <= 20, `${wide.concurrency()} at once`)
    const times = throttled.received.map(({ at }) => at)
    const seconds = ((times.at(-1) as number) - (times[0] as number)) / 1_000
    t.ok(seconds > 1.35, `30 in ${seconds} s`)
  })
})
