import { sql } from 'kysely'
import t from 'tap'
import { createContext } from '../../src/context.ts'
import { sequenceEvents } from '../../src/events/sequence-events.ts'
import type { Config } from '../../src/foundation/config.ts'
import { queue } from '../../src/foundation/database/commit.ts'
import type { Context } from '../../src/foundation/http/context.ts'
import { createLog } from '../../src/foundation/log.ts'
import { claimDeliveries } from '../../src/webhooks/claim-deliveries.ts'
import { fanOut } from '../../src/webhooks/fan-out.ts'
import { appOn } from '../support/app.ts'
import { testDatabase } from '../support/database.ts'
import { receiver, until } from '../support/receiver.ts'
import { allTold, customers, endpointFor, LOCAL, webhookWorkers } from '../support/webhooks.ts'

t.test('replicas and restarts', async (t) => {
  const { url: databaseUrl } = await testDatabase(t)
  const app = await appOn(t, databaseUrl, LOCAL)
  const replicaOf = (config: Config): Context => {
    const context = createContext(config, databaseUrl, createLog('error'))
    t.teardown(() => Promise.all([context.api.pool.end(), context.workers.pool.end()]))
    return context
  }
  const replica = { context: replicaOf(app.context.config) }

  await t.test('two workers deliver each once', async (t) => {
    // Whoever gives up on an answer sends again: here nobody does, however busy the machine is.
    const patient = { ...app.context.config, WEBHOOK_TIMEOUT_MS: 15_000 }
    const workers = [1, 2].map(() => webhookWorkers(t, replicaOf(patient)))
    const tenant = await app.tenant()
    const {
      url,
      received,
      until: come,
    } = await receiver(t, (_, response) => setTimeout(() => response.writeHead(200).end(), 5))
    await endpointFor(tenant, url, { event_types: ['customer.*'] })
    await Promise.all(Array.from({ length: 10 }, () => customers(tenant, 20)))
    await come(200)
    await allTold(app.context)
    t.equal(received.length, 200)
    t.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 200)
    await Promise.all(workers.map(({ stop }) => stop()))
  })

  await t.test(
    'what was waiting is delivered after a restart, and what was on its way is not lost',
    async (t) => {
      const tenant = await app.tenant()
      let isSlow = true
      const {
        url,
        received,
        until: come,
      } = await receiver(t, (_, response) => {
        if (!isSlow) response.writeHead(200).end()
      })
      await endpointFor(tenant, url, { event_types: ['customer.*'] })
      const first = webhookWorkers(t, app.context)
      await customers(tenant, 30)
      await come(8)
      await first.stop()
      isSlow = false
      const second = webhookWorkers(t, replica.context)
      const ids = () => new Set(received.map(({ headers }) => headers['webhook-id'])).size
      await until(
        () => ids() === 30,
        20_000,
        () => `${ids()} of 30 came`,
      )
      await second.stop()
    },
  )

  await t.test(
    'a worker that died after sending is followed by one that sends again, under the same id',
    async (t) => {
      const tenant = await app.tenant()
      const { url, received, until: come } = await receiver(t)
      await endpointFor(tenant, url, { event_types: ['customer.*'] })
      await customers(tenant, 1)
      await sequenceEvents(app.context)
      await fanOut(app.context)
      // It claims, and is never heard of again.
      const claim = async (leaseSeconds: number) => {
        const options = { limit: 10, room: 10, rooms: new Map(), leaseSeconds }
        const claims = await claimDeliveries(app.context.workers, options)
        return claims.filter(({ tenant_id }) => tenant_id === tenant.uuid)
      }
      t.equal((await claim(0.5)).length, 1)
      t.same(await claim(60), [])
      webhookWorkers(t, app.context)
      await come(1)
      t.match(received, [{ event: { type: 'customer.created' } }])
    },
  )

  await t.test('a worker whose lease was taken over records nothing', async (t) => {
    const { rows } = await queue(app.context.workers, (db) =>
      sql`select from webhook_queue where lease_token is not null`.execute(db),
    )
    t.same(rows, [])
  })
})
