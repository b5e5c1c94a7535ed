import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { receiver, until, verify } from '../support/receiver.ts'
import {
  allTold,
  customers,
  deliveriesOf,
  endpointFor,
  LOCAL,
  quick,
  webhookWorkers,
} from '../support/webhooks.ts'

const path = '/v1/webhook-endpoints'

t.test('what fails is tried again', async (t) => {
  const suite = t
  const app = await testApp(t, LOCAL)
  let workers = webhookWorkers(t, app.context)

  await t.test('with the same bytes and id, until it succeeds', async (t) => {
    const tenant = await app.tenant()
    const statuses = [500, 302, 429]
    const {
      url,
      received,
      until: come,
    } = await receiver(t, (_, response) => {
      response
        .writeHead(statuses.shift() ?? 200, { location: 'http://127.0.0.1:1/' })
        .end('key whsec_abc and \u0000')
    })
    const { id, secret } = await endpointFor(tenant, url, { event_types: ['customer.*'] })
    await customers(tenant, 1)
    await come(4)
    await allTold(app.context)
    t.equal(received.length, 4)
    t.equal(new Set(received.map(({ text }) => text)).size, 1)
    t.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 1)
    for (const one of received) t.ok(verify(secret, one))
    const [delivery] = await deliveriesOf(tenant, id)
    t.match(delivery, { status: 'delivered', attempt_count: 4, last_status_code: 200 })
    t.same(
      delivery.attempts.map((attempt: { status_code: number }) => attempt.status_code),
      [500, 302, 429, 200],
    )
    t.same(
      delivery.attempts.map((attempt: { attempt: number }) => attempt.attempt),
      [1, 2, 3, 4],
    )
    t.equal(delivery.attempts[0].response, null, 'answers of private targets are not kept')
  })

  await t.test('until the last attempt, and then on request', async (t) => {
    const tenant = await app.tenant()
    let isUp = false
    const {
      url,
      received,
      until: come,
    } = await receiver(t, (_, response) => response.writeHead(isUp ? 200 : 503).end())
    const { id } = await endpointFor(tenant, url, { event_types: ['customer.*'] })
    await customers(tenant, 1)
    await come(4)
    await allTold(app.context)
    const [delivery] = await deliveriesOf(tenant, id, '&status=failed')
    t.match(delivery, {
      status: 'failed',
      attempt_count: 4,
      last_status_code: 503,
      last_error: 'answered 503',
      next_attempt_at: null,
    })
    isUp = true
    const resent = await tenant.api('POST', `${path}/${id}/deliveries/${delivery.id}/resend`)
    t.match(resent, {
      status: 202,
      headers: { location: `${path}/${id}/deliveries/${delivery.id}` },
      body: { status: 'pending' },
    })
    await come(5)
    await allTold(app.context)
    t.equal(received[4]?.text, received[0]?.text)
    t.equal(received[4]?.headers['webhook-id'], received[0]?.headers['webhook-id'])
    t.match((await deliveriesOf(tenant, id))[0], { status: 'delivered', attempt_count: 5 })
    t.equal(
      (await tenant.api('POST', `${path}/${id}/deliveries/${delivery.id}/resend`)).status,
      202,
      'and once more, if asked',
    )
    await come(6)
    const other = await endpointFor(tenant, url)
    t.match(await tenant.api('GET', `${path}/${other.id}/deliveries/${delivery.id}`), {
      status: 404,
      body: { code: 'webhook_delivery_not_found' },
    })
    t.match(await tenant.api('POST', `${path}/${other.id}/deliveries/${delivery.id}/resend`), {
      status: 404,
      body: { code: 'webhook_delivery_not_found' },
    })
  })

  await t.test(
    'whatever went wrong: a refused connection, a reset, a drip, silence, too much',
    async (t) => {
      const tenant = await app.tenant()
      const dead = await receiver(t)
      await dead.close()
      const endings = {
        reset: await receiver(t, (_, response) => response.destroy()),
        silence: await receiver(t, () => undefined),
        flood: await receiver(t, (_, response) => {
          response.writeHead(500)
          const pour = () =>
            response.destroyed || !response.write(Buffer.alloc(65_536)) || setImmediate(pour)
          response.on('drain', pour)
          pour()
        }),
        drip: await receiver(t, (_, response) => {
          response.writeHead(200)
          const drip = setInterval(() => response.write('.'), 50)
          response.on('close', () => clearInterval(drip))
        }),
      }
      const ids: Record<string, string> = {
        dead: (await endpointFor(tenant, dead.url, { event_types: ['customer.*'] })).id,
      }
      for (const [name, { url }] of Object.entries(endings))
        ids[name] = (await endpointFor(tenant, url, { event_types: ['customer.*'] })).id
      await customers(tenant, 1)
      await sleep(200)
      await allTold(app.context, 20_000)
      await until(
        async () =>
          (await deliveriesOf(tenant, ids.silence as string, '&status=failed')).length === 1,
        20_000,
      )
      const last = async (name: string) => (await deliveriesOf(tenant, ids[name] as string))[0]
      t.match(await last('dead'), {
        status: 'failed',
        last_error: 'the connection was refused',
        last_status_code: null,
      })
      t.match(await last('reset'), { status: 'failed', last_error: /reset|broke off/ })
      t.match(await last('silence'), { status: 'failed', last_error: 'timeout' })
      t.ok((await last('silence')).last_latency_ms < 2_000)
      t.match(await last('flood'), { status: 'failed', last_status_code: 500 })
      t.match(
        await last('drip'),
        { status: 'delivered', last_status_code: 200 },
        'its status said it has it',
      )
    },
  )

  await t.test(
    'not before the Retry-After of the receiver, nor later than twice the step',
    async (t) => {
      await workers.stop()
      workers = webhookWorkers(suite, app.context, quick({ retries: [1, 1] }))
      const tenant = await app.tenant()
      const headers = [{ 'retry-after': '2' }, { 'retry-after': '3600' }]
      const {
        url,
        received,
        until: come,
      } = await receiver(t, (_, response) => {
        const header = headers.shift()
        response.writeHead(header ? 503 : 200, header).end()
      })
      await endpointFor(tenant, url, { event_types: ['customer.*'] })
      await customers(tenant, 1)
      await come(3)
      const [first, second, third] = received.map(({ at }) => at) as [number, number, number]
      for (const wait of [second - first, third - second])
        t.ok(wait > 1_900 && wait < 3_500, `${wait} ms`)
    },
  )

  await t.test('but not once the endpoint is gone: 410 disables it', async (t) => {
    const tenant = await app.tenant()
    const [going, staying] = [
      await receiver(t, (_, response) => response.writeHead(410).end()),
      await receiver(t),
    ]
    const { id } = await endpointFor(tenant, going.url, { event_types: ['customer.*'] })
    await endpointFor(tenant, staying.url, { event_types: ['webhook_endpoint.disabled'] })
    await customers(tenant, 1)
    await staying.until(1)
    t.match((await tenant.api('GET', `${path}/${id}`)).body, {
      status: 'disabled',
      disabled_reason: 'gone',
      version: 2,
    })
    t.match(staying.received[0]?.event, {
      data: { object: { id, disabled_reason: 'gone' } },
      cause: { origin: 'schedule', actor: null },
    })
    await customers(tenant, 1)
    await allTold(app.context)
    t.equal(going.received.length, 1)
    const [skipped, failed] = await deliveriesOf(tenant, id)
    t.match(failed, { status: 'failed', last_status_code: 410, attempt_count: 1 })
    t.match(skipped, { status: 'skipped', attempt_count: 0 })
    t.match(await tenant.api('POST', `${path}/${id}/deliveries/${skipped.id}/resend`), {
      status: 409,
      body: { code: 'invalid_state' },
    })
    await tenant.api('POST', `${path}/${id}/enable`)
    t.equal((await tenant.api('POST', `${path}/${id}/deliveries/${skipped.id}/resend`)).status, 202)
    await going.until(2)
  })

  await t.test('and the receiver has a say in it, by the header webhook-delivery', async (t) => {
    const tenant = await app.tenant()
    const asking = (status: number, asks: string) =>
      receiver(t, (_, response) => response.writeHead(status, { 'webhook-delivery': asks }).end())
    const receivers = {
      abort: await asking(500, 'abort-message'),
      taken: await asking(200, 'abort-message'),
      stop: await asking(500, 'disable'),
      last: await asking(204, ' Disable '),
      unknown: await asking(404, 'please'),
    }
    const ids: Record<string, string> = {}
    for (const [name, { url }] of Object.entries(receivers))
      ids[name] = (await endpointFor(tenant, url, { event_types: ['customer.*'] })).id
    await customers(tenant, 1)
    await receivers.unknown.until(2)
    await allTold(app.context)
    const ended = async (name: string) => {
      const [{ status, attempt_count }] = await deliveriesOf(tenant, ids[name] as string)
      const endpoint = (await tenant.api('GET', `${path}/${ids[name]}`)).body
      return [status, attempt_count, endpoint.status, endpoint.disabled_reason]
    }
    t.same(await ended('abort'), ['failed', 1, 'enabled', null])
    t.same(await ended('taken'), ['delivered', 1, 'enabled', null])
    t.same(await ended('stop'), ['failed', 1, 'disabled', 'gone'])
    t.same(await ended('last'), ['delivered', 1, 'disabled', 'gone'])
    t.same((await tenant.events('webhook_delivery.exhausted')).length, 0, 'it was their wish')
  })

  await t.test('what is exhausted is told to others, and that is the end of it', async (t) => {
    await workers.stop()
    workers = webhookWorkers(suite, app.context)
    const tenant = await app.tenant()
    const dead = await receiver(t, (_, response) => response.writeHead(500).end('no'))
    const deaf = await receiver(t, (_, response) => response.writeHead(500).end())
    const well = await receiver(t)
    const failing = await endpointFor(tenant, dead.url)
    await endpointFor(tenant, deaf.url, { event_types: ['webhook_delivery.*'] })
    await endpointFor(tenant, well.url, { event_types: ['webhook_delivery.exhausted'] })
    await allTold(app.context)
    const [customer] = await customers(tenant, 1)
    const about = (type: string) =>
      well.received.filter(({ event }) => event.data.object.event_type === type)
    await until(() => about('customer.created').length === 1)
    t.match(about('customer.created')[0]?.event, {
      type: 'webhook_delivery.exhausted',
      entity_sequence: 1,
      data: {
        object: {
          object: 'webhook_delivery',
          webhook_endpoint_id: failing.id,
          event_type: 'customer.created',
          status: 'failed',
          attempt_count: 4,
          last_status_code: 500,
          last_error: 'answered 500',
          attempts: [{ attempt: 4, status_code: 500 }],
        },
      },
    })
    t.match((await tenant.api('GET', `/v1/webhook-deliveries?entity_id=${customer}`)).body.data, [
      { webhook_endpoint_id: failing.id, status: 'failed' },
    ])
    const delivery = about('customer.created')[0]?.event.data.object
    await tenant.api('POST', `${path}/${failing.id}/deliveries/${delivery.id}/resend`)
    await until(() => about('customer.created').length === 2)
    t.equal(about('customer.created')[1]?.event.entity_sequence, 2, 'each time it is')
    await until(async () => {
      const all = (await tenant.api('GET', '/v1/webhook-deliveries?status=pending')).body.data
      return all.length === 0
    })
    await allTold(app.context)
    t.same(
      new Set(well.received.map(({ event }) => event.data.object.event_type)),
      new Set(['customer.created']),
    )
    t.notOk(
      dead.received.some(({ event }) => event.type === 'webhook_delivery.exhausted'),
      'it is not told of its own',
    )
    t.equal((await tenant.events('webhook_delivery.exhausted')).length, 2)
  })

  await t.test('days of failures are warned of, and so is their end', async (t) => {
    await workers.stop()
    const retries = Array.from({ length: 200 }, () => 0.1)
    workers = webhookWorkers(
      suite,
      app.context,
      quick({ retries, giveUp: 4, outageSpan: 0.2, outageWindow: 30 }),
    )
    const tenant = await app.tenant()
    let isUp = false
    const limping = await receiver(t, (_, response) => response.writeHead(isUp ? 200 : 503).end())
    const well = await receiver(t)
    const { id } = await endpointFor(tenant, limping.url, { event_types: ['customer.*'] })
    await endpointFor(tenant, well.url, {
      event_types: ['webhook_endpoint.failing', 'webhook_endpoint.recovered'],
    })
    await customers(tenant, 1)
    await well.until(1)
    const warned = (await tenant.api('GET', `${path}/${id}`)).body
    const healthOf = async () => (await tenant.api('GET', `${path}/${id}/health`)).body
    t.match(await healthOf(), {
      webhook_endpoint_id: id,
      health: 'failing',
      failing_since: String,
      disables_at: String,
      waiting_count: 1,
    })
    t.match(warned, { status: 'enabled', version: 2 })
    t.type(warned.failing_since, 'string')
    isUp = true
    await well.until(2)
    t.match(
      well.received.map(({ event: { type, entity_sequence, data } }) => [
        type,
        entity_sequence,
        data.object.failing_since,
      ]),
      [
        ['webhook_endpoint.failing', 2, warned.failing_since],
        ['webhook_endpoint.recovered', 3, null],
      ],
    )
    t.match((await tenant.api('GET', `${path}/${id}`)).body, { failing_since: null, version: 3 })
    await allTold(app.context)
    t.match(await healthOf(), { health: 'healthy', failing_since: null, waiting_count: 0 })
    await tenant.api('POST', `${path}/${id}/disable`)
    t.match(await healthOf(), { health: 'disabled', disables_at: null })
  })

  await t.test(
    'and an endpoint that fails and fails is disabled, one that recovers is not',
    async (t) => {
      await workers.stop()
      workers = webhookWorkers(
        suite,
        app.context,
        quick({
          retries: Array.from({ length: 40 }, () => 0.1),
          giveUp: 1.5,
          outageSpan: 0.3,
          outageWindow: 30,
        }),
      )
      const tenant = await app.tenant()
      let count = 0
      const [failing, limping] = [
        await receiver(t, (_, response) => response.writeHead(500).end()),
        await receiver(t, (_, response) => response.writeHead(++count % 4 === 0 ? 200 : 500).end()),
      ]
      const { id } = await endpointFor(tenant, failing.url, { event_types: ['customer.*'] })
      const { id: other } = await endpointFor(tenant, limping.url, { event_types: ['customer.*'] })
      await customers(tenant, 3)
      const feeding = setInterval(() => void customers(tenant, 1), 200)
      t.teardown(() => clearInterval(feeding))
      await until(
        async () => (await tenant.api('GET', `${path}/${id}`)).body.status === 'disabled',
        20_000,
      )
      clearInterval(feeding)
      t.match((await tenant.api('GET', `${path}/${id}`)).body, { disabled_reason: 'failing' })
      t.match((await tenant.api('GET', `${path}/${other}`)).body, { status: 'enabled' })
      await allTold(app.context)
      t.same(await deliveriesOf(tenant, id, '&status=pending'), [])
      t.ok((await deliveriesOf(tenant, id, '&status=skipped')).length > 0)
    },
  )
})
