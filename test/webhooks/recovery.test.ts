import { sql } from 'kysely'
import t from 'tap'
import { sequenceEvents } from '../../src/events/sequence-events.ts'
import { commit, queue } from '../../src/foundation/database/commit.ts'
import { newId, uuidOf } from '../../src/foundation/id.ts'
import { fanOut } from '../../src/webhooks/fan-out.ts'
import { forgetOldDeliveries } from '../../src/webhooks/forget-old-deliveries.ts'
import { runRecovery } from '../../src/webhooks/run-recovery.ts'
import { type TestTenant, testApp } from '../support/app.ts'
import { type Received, receiver, until } from '../support/receiver.ts'
import {
  allTold,
  customers,
  deliveriesOf,
  endpointFor,
  LOCAL,
  quick,
  rotate,
  webhookWorkers,
} from '../support/webhooks.ts'

const path = '/v1/webhook-endpoints'
const never = new AbortController().signal
const byTest = { origin: 'api', actor: null, requestId: null } as const
const minuteAgo = () => new Date(Date.now() - 60_000).toISOString()

const told = (received: readonly Received[], id: string): number[] =>
  received
    .filter(({ event }) => event.data.object.id === id)
    .map(({ event }) => event.entity_sequence)

t.test('catching up', async (t) => {
  const suite = t
  const app = await testApp(t, LOCAL)
  const { context } = app
  let workers = webhookWorkers(t, context)

  /** Asks for a recovery and does it, as a worker would. */
  const recover = async (
    tenant: TestTenant,
    id: string,
    verb = 'recover',
    body: object = { since: minuteAgo() },
  ) => {
    const asked = await tenant.api('POST', `${path}/${id}/${verb}`, body)
    t.equal(asked.status, 202, JSON.stringify(asked.body))
    t.equal(asked.headers.location, `/v1/webhook-recoveries/${asked.body.id}`)
    await runRecovery(context, tenant.uuid, uuidOf(asked.body.id), never)
    return (await tenant.api('GET', `/v1/webhook-recoveries/${asked.body.id}`)).body
  }
  const count = async (tenant: TestTenant, id: string, verb: string) => {
    const body = { since: minuteAgo() }
    const reply = await tenant.api('POST', `${path}/${id}/${verb}?dry_run=true`, body)
    t.match(reply, {
      status: 200,
      body: { object: 'webhook_recovery_preview', webhook_endpoint_id: id },
    })
    return reply.body.matched_count
  }

  await t.test(
    'what failed or was skipped comes again, in order, with the same bytes',
    async (t) => {
      const tenant = await app.tenant()
      let isUp = false
      const hooks = await receiver(t, (_, response) => response.writeHead(isUp ? 200 : 500).end())
      const endpoint = await endpointFor(tenant, hooks.url, { event_types: ['customer.*'] })
      const { id } = endpoint
      const [first = '', second = ''] = await customers(tenant, 2)
      await until(async () => (await deliveriesOf(tenant, id, '&status=failed')).length === 2)
      const before = new Map(hooks.received.map((one) => [one.headers['webhook-id'], one.text]))
      await tenant.api('POST', `${path}/${id}/disable`)
      for (const name of ['Second', 'Third', 'Fourth'])
        for (const customer of [first, second])
          await tenant.api('PATCH', `/v1/customers/${customer}`, { name })
      await allTold(context)
      t.match(await tenant.api('POST', `${path}/${id}/recover`, { since: minuteAgo() }), {
        status: 409,
        body: { code: 'invalid_state', allowed_actions: ['enable'] },
      })
      isUp = true
      hooks.received.length = 0
      await tenant.api('POST', `${path}/${id}/enable`)
      await tenant.api('PATCH', '/v1/tenant', { name: 'Renamed meanwhile' })
      await rotate(tenant, { id, url: hooks.url }, 0)
      t.equal(await count(tenant, id, 'recover'), 8)
      t.same(hooks.received, [], 'counting sends nothing')

      const done = await recover(tenant, id)
      t.match(done, {
        object: 'webhook_recovery',
        scope: 'undelivered',
        status: 'succeeded',
        resent_count: 8,
        version: 2,
        webhook_endpoint_id: id,
      })
      await hooks.until(8)
      await allTold(context)
      for (const customer of [first, second]) t.same(told(hooks.received, customer), [1, 2, 3, 4])
      for (const { headers, text } of hooks.received) {
        const former = before.get(headers['webhook-id'])
        if (former !== undefined) t.equal(text, former, 'the same bytes under the same id')
      }
      t.equal(before.size, 2)
      t.equal(await count(tenant, id, 'recover'), 0)
      t.match(
        (await tenant.events('webhook_recovery.completed')).map(({ data }) => data.object),
        [{ id: done.id, resent_count: 8 }],
      )
      t.match(
        (await tenant.api('GET', `/v1/webhook-recoveries?webhook_endpoint_id=${id}`)).body.data,
        [{ id: done.id }],
      )
    },
  )

  await t.test('what came later waits for what is recovered', async (t) => {
    await workers.stop()
    const tenant = await app.tenant()
    const hooks = await receiver(t)
    const { id } = await endpointFor(tenant, hooks.url, { event_types: ['customer.*'] })
    const tell = async () => {
      await sequenceEvents(context)
      await fanOut(context)
    }
    await tell()
    await tenant.api('POST', `${path}/${id}/disable`)
    const [customer = ''] = await customers(tenant, 1)
    await tenant.api('PATCH', `/v1/customers/${customer}`, { name: 'Second' })
    await tell()
    await tenant.api('POST', `${path}/${id}/enable`)
    await tenant.api('PATCH', `/v1/customers/${customer}`, { name: 'Third, after the outage' })
    await tell()
    const { since, until: end } = await recover(tenant, id)
    t.ok(Date.parse(since) < Date.parse(end))
    await tenant.api('PATCH', `/v1/customers/${customer}`, { name: 'Fourth' })
    workers = webhookWorkers(suite, context)
    await hooks.until(4)
    t.same(told(hooks.received, customer), [1, 2, 3, 4])
  })

  await t.test('what an endpoint never got is sent, once, if it wants it', async (t) => {
    const tenant = await app.tenant()
    const early = await receiver(t)
    const { id: other } = await endpointFor(tenant, early.url, { event_types: ['*'] })
    const ids = await customers(tenant, 3)
    await tenant.api('POST', `${path}/${other}/test`)
    await allTold(context)
    const late = await receiver(t)
    const { id } = await endpointFor(tenant, late.url, { event_types: ['customer.created'] })
    await customers(tenant, 1)
    await late.until(1)
    await tenant.api('PATCH', `/v1/customers/${ids[0]}`, { name: 'Not asked for' })
    await allTold(context)
    t.equal(await count(tenant, id, 'recover'), 0, 'nothing failed')
    t.equal(await count(tenant, id, 'replay-missing'), 3)
    t.match(await recover(tenant, id, 'replay-missing'), { scope: 'missing', resent_count: 3 })
    await late.until(4)
    await allTold(context)
    t.equal(new Set(late.received.map(({ event }) => event.id)).size, 4)
    t.same(new Set(late.received.map(({ event }) => event.type)), new Set(['customer.created']))
    t.equal(await count(tenant, id, 'replay-missing'), 0)
    await tenant.api('PATCH', `${path}/${id}`, {
      event_types: ['customer.*', 'webhook_endpoint.*'],
    })
    await allTold(context)
    const missing = await recover(tenant, id, 'replay-missing')
    t.equal(missing.resent_count, 3, 'a change of a customer, and two endpoints that were created')
    await late.until(8)
    t.notOk(late.received.some(({ event }) => event.type === 'webhook_endpoint.test'))
    await recover(tenant, other, 'replay-missing')
    await allTold(context)
    const types = early.received.map(({ event }) => event.type)
    t.ok(types.includes('tenant.created'), 'also what happened before it was there')
    t.equal(new Set(early.received.map(({ event }) => event.id)).size, types.length, 'each once')
  })

  await t.test('a range must make sense, and one recovery at a time is enough', async (t) => {
    const tenant = await app.tenant()
    const { id } = await endpointFor(tenant, 'http://127.0.0.1:9/')
    const ask = (body: object, verb = 'recover') =>
      tenant.api('POST', `${path}/${id}/${verb}`, body)
    const day = 86_400_000
    for (const body of [
      { since: new Date(Date.now() - 31 * day).toISOString() },
      { since: new Date(Date.now() + day).toISOString() },
      { since: minuteAgo(), until: minuteAgo().replace(/^\d{4}/, '2020') },
    ]) {
      t.match(await ask(body), {
        status: 422,
        body: { code: 'validation_failed', errors: [{ pointer: '#/since' }] },
      })
    }
    const replies = await Promise.all([1, 2, 3].map(() => ask({ since: minuteAgo() })))
    t.same(replies.map(({ status }) => status).sort(), [202, 409, 409])
    t.match(await ask({ since: minuteAgo() }, 'replay-missing'), {
      body: { code: 'webhook_recovery_in_progress' },
    })
    const going = replies.find(({ status }) => status === 202)?.body
    await tenant.api('POST', `${path}/${id}/disable`)
    await runRecovery(context, tenant.uuid, uuidOf(going.id), never)
    t.match((await tenant.api('GET', `/v1/webhook-recoveries/${going.id}`)).body, {
      status: 'cancelled',
      resent_count: 0,
    })
  })

  /**
   * Things that happened, more than one would make through the API. Their ids run against their order, as they may when
   * replicas whose clocks differ make them.
   */
  const manyEvents = (tenant: TestTenant, entities: number, events: number) =>
    commit(context.workers, { tenantId: tenant.uuid, cause: byTest }, async (tx) => {
      const ids = Array.from({ length: entities }, newId)
      const eventIds = Array.from({ length: events }, newId).sort().reverse()
      const rows = eventIds.map((id, index) => ({
        id,
        entity_id: ids[index % entities],
        entity_sequence: Math.floor(index / entities) + 1,
      }))
      await sql`
        with fact as (
          select * from json_to_recordset(${JSON.stringify(rows)}) as fact(id uuid, entity_id uuid, entity_sequence int)
        ), told as (
          insert into event (tenant_id, id, type, entity_kind, entity_id, entity_sequence, occurred_at, origin, data)
          select ${tenant.uuid}, id, 'task.updated', 'task', entity_id, entity_sequence, now(), 'schedule', '{"object":{}}'
          from fact
        )
        insert into event_outbox (tenant_id, event_id) select ${tenant.uuid}, id from fact order by entity_sequence
      `.execute(tx.db)
    })

  /** How many deliveries of a tenant wait, how many of them are due, and of those how many are the first of an entity. */
  const queued = async (tenant: TestTenant) => {
    const { rows } = await queue(context.workers, (db) =>
      sql<{ waiting: number; due: number; first: number }>`
        select count(*)::int as waiting, count(*) filter (where due_at <= now())::int as due,
          count(*) filter (where due_at <= now() and not exists (
            select from webhook_queue as former
            where former.entity_id = webhook_queue.entity_id and former.position < webhook_queue.position))::int as first
        from webhook_queue where tenant_id = ${tenant.uuid}
      `.execute(db),
    )
    return rows[0]
  }

  await t.test(
    'a long one goes in batches, survives its workers, and does nothing twice',
    async (t) => {
      await workers.stop()
      const tenant = await app.tenant()
      const { id } = await endpointFor(tenant, 'http://127.0.0.1:9/', { event_types: ['task.*'] })
      await sequenceEvents(context)
      await fanOut(context)
      await tenant.api('POST', `${path}/${id}/disable`)
      await manyEvents(tenant, 700, 3_500)
      await sequenceEvents(context)
      while ((await fanOut(context)) > 0);
      await tenant.api('POST', `${path}/${id}/enable`)
      t.equal(await count(tenant, id, 'recover'), 3_500)
      const { body } = await tenant.api('POST', `${path}/${id}/recover`, { since: minuteAgo() })
      let looks = 0
      const dying = {
        throwIfAborted() {
          looks += 1
          if (looks > 1) throw new Error('the worker died')
        },
      } as AbortSignal
      const recovery = uuidOf(body.id)
      await t.rejects(runRecovery(context, tenant.uuid, recovery, dying), {
        message: 'the worker died',
      })
      const halfway = await tenant.api('GET', `/v1/webhook-recoveries/${body.id}`)
      t.match(halfway.body, { status: 'running', resent_count: 1_000 })
      t.match(await queued(tenant), { waiting: 1_000, due: 0 }, 'earlier ones may still be found')
      await Promise.all([1, 2].map(() => runRecovery(context, tenant.uuid, recovery, never)))
      const done = await tenant.api('GET', `/v1/webhook-recoveries/${body.id}`)
      t.match(done.body, { status: 'succeeded', resent_count: 3_500 })
      t.not(done.headers.etag, halfway.headers.etag)

      t.same(
        await queued(tenant),
        { waiting: 3_500, due: 700, first: 700 },
        'one of each entity goes, its first',
      )
      await tenant.api('DELETE', `${path}/${id}`)
      workers = webhookWorkers(suite, context)
    },
  )

  await t.test('deliveries are forgotten thirty days after they ended', async (t) => {
    await workers.stop()
    workers = webhookWorkers(suite, context, quick({ retries: [60] }))
    const tenant = await app.tenant()
    let isUp = true
    const hooks = await receiver(t, (_, response) => response.writeHead(isUp ? 200 : 500).end())
    const { id } = await endpointFor(tenant, hooks.url, { event_types: ['customer.*'] })
    await customers(tenant, 3)
    await hooks.until(3)
    isUp = false
    await customers(tenant, 1)
    await until(async () => {
      const [pending] = await deliveriesOf(tenant, id, '&status=pending')
      return pending?.attempt_count === 1 && (await deliveriesOf(tenant, id)).length === 4
    }, 60_000)
    await until(
      async () => (await deliveriesOf(tenant, id, '&status=delivered')).length === 3,
      60_000,
    )
    const age = (days: number, ended: number, which: string) =>
      commit(context.workers, { tenantId: tenant.uuid, cause: byTest }, (tx) =>
        sql`
          update webhook_delivery
          set created_at = now() - make_interval(days => ${days}), updated_at = now() - make_interval(days => ${ended})
          where tenant_id = ${tenant.uuid} and id = ${uuidOf(which)}
        `.execute(tx.db),
      )
    const [pending, young, resent, old] = await deliveriesOf(tenant, id)
    t.same([pending.status, old.status], ['pending', 'delivered'])
    await age(40, 40, pending.id)
    await age(40, 29, resent.id)
    await age(40, 31, old.id)
    await forgetOldDeliveries(context, never)
    const left = await deliveriesOf(tenant, id)
    t.same(left.map((delivery) => delivery.id).sort(), [pending.id, young.id, resent.id].sort())
  })
})
