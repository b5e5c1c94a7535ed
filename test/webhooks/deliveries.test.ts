import { createPublicKey, verify as verifyBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import { queue } from '../../src/foundation/database/commit.ts'
import { testApp } from '../support/app.ts'
import { type Received, receiver, until, verify } from '../support/receiver.ts'
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

t.test('what happens is told', async (t) => {
  const app = await testApp(t, LOCAL)
  let workers = webhookWorkers(t, app.context)
  const tenant = await app.tenant()

  await t.test('signed, in the words of the feed, soon, and only to those who asked', async (t) => {
    const all = await receiver(t)
    const some = await receiver(t)
    const none = await receiver(t)
    const [endpoint, picky] = [
      await endpointFor(tenant, all.url),
      await endpointFor(tenant, some.url, { event_types: ['customer.updated', 'invoice.*'] }),
    ]
    await endpointFor(tenant, none.url, { event_types: ['payment.*'] })
    await all.until(2)
    all.received.length = 0
    const [id] = await customers(tenant, 1)
    const committed = Date.now()
    await tenant.api('PATCH', `/v1/customers/${id}`, { name: 'New name' })
    await all.until(2)
    t.ok((all.received[0]?.at ?? 0) - committed < 1_000, 'soon')
    await allTold(app.context)

    const feed = (await tenant.api('GET', `/v1/events?entity_id=${id}`)).body.data
    t.same(
      all.received.map(({ text }) => text),
      feed.map((event: unknown) => JSON.stringify(event)),
    )
    t.match(all.received[0], {
      path: '/hooks',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'receivables-webhooks/1',
        'webhook-id': feed[0].id,
      },
      event: {
        type: 'customer.created',
        tenant_id: tenant.id,
        entity_sequence: 1,
        livemode: false,
        api_version: 'v1',
        cause: { origin: 'api', actor: /^key_/, request_id: /^req_/ },
      },
    })
    t.same(Object.keys(all.received[0]?.event), [
      'id',
      'type',
      'timestamp',
      'api_version',
      'tenant_id',
      'sequence',
      'entity_sequence',
      'livemode',
      'cause',
      'data',
    ])
    for (const one of all.received) t.same(verify(endpoint.secret, one), one.event)
    t.throws(() => verify(picky.secret, all.received[0] as Received))

    t.same(
      some.received.map(({ event }) => event.type),
      ['customer.updated'],
    )
    t.same(none.received, [])
    const [delivery] = await deliveriesOf(tenant, picky.id)
    t.match(delivery, {
      id: /^whd_/,
      object: 'webhook_delivery',
      webhook_endpoint_id: picky.id,
      event_id: feed[1].id,
      event_type: 'customer.updated',
      event_sequence: feed[1].sequence,
      status: 'delivered',
      attempt_count: 1,
      last_status_code: 204,
      last_error: null,
      next_attempt_at: null,
      livemode: false,
      attempts: [{ attempt: 1, status_code: 204, error: null, response: null }],
    })
    t.same(
      (await tenant.api('GET', `${path}/${picky.id}/deliveries/${delivery.id}`)).body,
      delivery,
    )
  })

  await t.test(
    'an endpoint gets what happens after it was made, and nothing of before',
    async (t) => {
      const fresh = await app.tenant()
      await customers(fresh, 3)
      const { url, received, until: come } = await receiver(t)
      await endpointFor(fresh, url)
      await customers(fresh, 2)
      await come(2)
      await allTold(app.context)
      t.same(
        received.map(({ event }) => event.type),
        ['customer.created', 'customer.created'],
      )
      t.same(received.map(({ event }) => event.data.object.name).sort(), [
        'Customer 0',
        'Customer 1',
      ])
    },
  )

  await t.test('a test event goes to one endpoint alone, whatever it asked for', async (t) => {
    const fresh = await app.tenant()
    const [one, other] = [await receiver(t), await receiver(t)]
    const endpoint = await endpointFor(fresh, one.url, { event_types: ['payment.received'] })
    await endpointFor(fresh, other.url, { event_types: ['*'] })
    const { status, headers, body } = await fresh.api('POST', `${path}/${endpoint.id}/test`)
    t.equal(status, 202)
    await one.until(1)
    await allTold(app.context)
    t.match(one.received, [
      {
        event: {
          id: body.event_id,
          type: 'webhook_endpoint.test',
          entity_sequence: 1,
          data: { object: { id: endpoint.id } },
        },
      },
    ])
    t.same(other.received, [])
    t.match((await fresh.api('GET', String(headers.location))).body.data, [
      { event_id: body.event_id, status: 'delivered' },
    ])
    t.match((await fresh.api('GET', `${path}/${endpoint.id}`)).body, { version: 1 })
  })

  await t.test('during a rotation both secrets verify, afterwards only the new one', async (t) => {
    const fresh = await app.tenant()
    const { url, received, until: come } = await receiver(t)
    const { id, secret: former } = await endpointFor(fresh, url)
    const rotated = await rotate(fresh, { id, url }, 2)
    t.type(rotated.previous_secret_valid_until, 'string')
    await come(1)
    const during = received[0] as Received
    t.same(String(during.headers['webhook-signature']).split(' ').length, 2)
    t.ok(verify(former, during))
    t.ok(verify(rotated.secret, during))

    const at_once = await rotate(fresh, { id, url }, 0)
    t.equal(at_once.previous_secret_valid_until, null)
    await sleep(2_000)
    const [customer] = await customers(fresh, 1)
    await until(() => received.some(({ event }) => event.data.object.id === customer))
    const after = received.at(-1) as Received
    t.ok(verify(at_once.secret, after))
    t.throws(() => verify(former, after))
    t.throws(() => verify(rotated.secret, after))
    for (let turn = 0; turn < 7; turn += 1) await rotate(fresh, { id, url }, 86_400)
    await allTold(app.context)
    const [last] = await customers(fresh, 1)
    await until(() => received.some(({ event }) => event.data.object.id === last))
    t.equal(
      String(received.at(-1)?.headers['webhook-signature']).split(' ').length,
      5,
      'the oldest end early',
    )
  })

  await t.test('headers of its own and both kinds of signatures go with it', async (t) => {
    const fresh = await app.tenant()
    const { url, received, until: come } = await receiver(t)
    const { id, secret } = await endpointFor(fresh, url, {
      event_types: ['customer.*'],
      signature_versions: ['v1', 'v1a'],
      custom_headers: { Authorization: 'Bearer 3f1c9a77e2d04b58', 'X-Team': 'ar' },
    })
    await rotate(fresh, { id, url }, 60)
    await customers(fresh, 1)
    await come(1)
    const [one] = received as [Received]
    t.match(one.headers, { authorization: 'Bearer 3f1c9a77e2d04b58', 'x-team': 'ar' })
    t.match(one.headers['webhook-signature'], /^v1,\S+ v1,\S+ v1a,\S+ v1a,\S+$/)
    t.ok(verify(secret, one), 'the package of the standard accepts it, by the former secret too')
    const { keys } = (await fresh.api('GET', `${path}/${id}/public-keys`)).body
    const signatures = String(one.headers['webhook-signature']).split(' ').slice(2)
    const content = `${one.headers['webhook-id']}.${one.headers['webhook-timestamp']}.${one.text}`
    t.same(
      signatures.map((signature, index) => {
        const x = Buffer.from(keys[index].key.slice(5), 'base64').toString('base64url')
        const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
        return verifyBytes(
          null,
          Buffer.from(content),
          key,
          Buffer.from(signature.slice(4), 'base64'),
        )
      }),
      [true, true],
    )
  })

  await t.test('deliveries are searched over all endpoints', async (t) => {
    const fresh = await app.tenant()
    const [well, ill] = [
      await receiver(t),
      await receiver(t, (_, response) => response.writeHead(503).end()),
    ]
    const a = await endpointFor(fresh, well.url, { event_types: ['customer.*', 'task.*'] })
    const b = await endpointFor(fresh, ill.url, { event_types: ['customer.*'] })
    const [first = '', second] = await customers(fresh, 2)
    await ill.until(8)
    await allTold(app.context)
    const between = new Date().toISOString()
    await fresh.api('POST', '/v1/tasks', {
      customer_id: first,
      kind: 'call',
      title: 'Call',
      due_date: '2099-01-01',
    })
    await well.until(3)
    await allTold(app.context)
    const search = async (filters: string) =>
      (await fresh.api('GET', `/v1/webhook-deliveries?${filters}`)).body.data
    const found = async (filters: string) => (await search(filters)).length
    t.equal(await found(''), 5)
    t.equal(await found('status=failed'), 2)
    t.equal(await found('status=delivered,failed&event_type=customer.*'), 4)
    t.equal(await found('event_type=task.opened,customer.updated'), 1)
    t.equal(await found('event_type=*'), 5)
    t.equal(await found(`webhook_endpoint_id=${a.id}`), 3)
    t.equal(await found(`webhook_endpoint_id=${b.id}&entity_id=${second}`), 1)
    t.equal(await found(`entity_id=${first}`), 2)
    t.equal(await found('last_status_code=503'), 2)
    t.equal(await found(`created_at_gte=${between}`), 1)
    t.equal(await found(`created_at_lt=${between}`), 4)
    t.equal(await found('last_attempt_at_gte=2000-01-01T00:00:00Z'), 5)
    t.equal(await found('last_attempt_at_lt=2000-01-01T00:00:00Z'), 0)
    const [{ event_id }] = await search(`entity_id=${first}`)
    t.equal(await found(`event_id=${event_id}`), 2)
    t.equal(
      (await deliveriesOf(fresh, b.id, `&entity_id=${first}&last_status_code=503&status=failed`))
        .length,
      1,
    )
    const pages: string[] = []
    let cursor = ''
    do {
      const { body } = await fresh.api('GET', `/v1/webhook-deliveries?limit=2${cursor}`)
      pages.push(...body.data.map(({ id }: { id: string }) => id))
      cursor = body.has_more ? `&cursor=${body.next_cursor}` : ''
    } while (cursor !== '')
    t.equal(new Set(pages).size, 5)
    for (const wrong of [
      'status=lost',
      'event_type=invoices.*',
      'created_at_gte=today',
      'entity_id=x',
      'x=1',
    ])
      t.equal((await fresh.api('GET', `/v1/webhook-deliveries?${wrong}`)).status, 400, wrong)
  })

  await t.test('what waits for an endpoint that is disabled is skipped', async (t) => {
    await workers.stop()
    workers = webhookWorkers(t, app.context, quick({ retries: [60] }))
    const tenant = await app.tenant()
    const {
      url,
      received,
      until: come,
    } = await receiver(t, (_, response) => response.writeHead(500).end())
    const { id } = await endpointFor(tenant, url, { event_types: ['customer.*'] })
    const [customer] = await customers(tenant, 1)
    await come(1)
    await tenant.api('PATCH', `/v1/customers/${customer}`, { name: 'Waits behind' })
    await allTold(app.context)
    t.same(
      (await deliveriesOf(tenant, id)).map(({ status }: { status: string }) => status),
      ['pending', 'pending'],
    )
    await tenant.api('POST', `${path}/${id}/disable`)
    t.same(
      (await deliveriesOf(tenant, id)).map(({ status }: { status: string }) => status),
      ['skipped', 'skipped'],
    )
    await tenant.api('POST', `${path}/${id}/enable`)
    await customers(tenant, 1)
    await come(2)
    await tenant.api('DELETE', `${path}/${id}`)
    t.equal(received.length, 2)
    const { rows } = await queue(app.context.workers, (db) =>
      sql`select from webhook_queue`.execute(db),
    )
    t.same(rows, [])
  })
})
