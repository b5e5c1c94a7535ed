import { setTimeout as sleep } from 'node:timers/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { allEventTypes } from '../../src/events/catalogue.ts'
import { sequenceTenant } from '../../src/events/sequence-events.ts'
import { startDraining } from '../../src/foundation/http/health.ts'
import { limits } from '../../src/foundation/http/limits.ts'
import { newId, publicId } from '../../src/foundation/id.ts'
import { appOn, type TestApp, type TestTenant } from '../support/app.ts'
import { testDatabase } from '../support/database.ts'
import { until } from '../support/receiver.ts'
import { recordsOf } from '../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: events carry objects of every shape
type Json = any

const { url: databaseUrl } = await testDatabase(t)
const app = await appOn(t, databaseUrl)

const read = async ({ api }: TestTenant, url: string): Promise<Json> => {
  const { status, body } = await api('GET', url)
  if (status !== 200) throw new Error(`${url}: ${status} ${JSON.stringify(body)}`)
  return body
}
const sequence = ({ context }: TestApp, { uuid }: TestTenant) => sequenceTenant(context, uuid)
const seconds = (since: number) => (Date.now() - since) / 1000

/** Everything a list says, page by page. */
async function all(tenant: TestTenant, url: string): Promise<Json[]> {
  const rows: Json[] = []
  let cursor = ''
  for (;;) {
    const page = await read(tenant, `${url}${url.includes('?') ? '&' : '?'}limit=7${cursor}`)
    rows.push(...page.data)
    if (!page.has_more) return rows
    cursor = `&cursor=${page.next_cursor}`
  }
}

t.test(
  'each filter finds its events in commit order, and the page says how far it looked',
  async (t) => {
    const tenant = await app.tenant()
    const records = recordsOf(tenant)
    const customer = await records.customer()
    const other = await records.customer()
    const invoice = await records.invoice(customer)
    await records.invoice(other)
    await records.payment(customer)
    await sequence(app, tenant)
    const whole = await all(tenant, '/v1/events')
    t.same(
      whole.map((event) => event.sequence),
      whole.map((_, index) => index + 1),
    )

    const filters: [string, (event: Json) => boolean][] = [
      ['type=invoice.*', ({ type }) => type.startsWith('invoice.')],
      [
        'type=payment.received,customer.created',
        ({ type }) => /^(payment.received|customer.created)$/.test(type),
      ],
      ['object=payment,tenant', ({ related }) => ['payment', 'tenant'].includes(related.type)],
      [
        `customer_id=${customer.id}`,
        ({ data, related }) =>
          related.id === customer.id || data.object.customer_id === customer.id,
      ],
      [`entity_id=${invoice.id}`, ({ related }) => related.id === invoice.id],
      [
        `customer_id=${customer.id}&type=invoice.*&object=invoice`,
        ({ type, data }) => type.startsWith('invoice.') && data.object.customer_id === customer.id,
      ],
      ['type=nothing.*', () => false],
      [`entity_id=${publicId('invoice', newId())}`, () => false],
      [`entity_id=${invoice.id.replace('inv_', 'pay_')}`, () => false],
      [`entity_id=${invoice.id.replace('inv_', 'zzz_')}`, () => false],
    ]
    for (const [filter, isMeant] of filters) {
      t.same(await all(tenant, `/v1/events?${filter}`), whole.filter(isMeant), filter)
      const page = await read(tenant, `/v1/events?${filter}&limit=200`)
      t.equal(page.last_sequence, whole.length, 'up to the end of the feed')
    }
    const first = await read(tenant, '/v1/events?limit=2')
    t.equal(first.last_sequence, 2, 'no further than the page while more follows')
    t.match(await read(tenant, `/v1/events?sequence_gt=${whole.length}`), {
      data: [],
      next_cursor: null,
      last_sequence: whole.length,
    })
    const fresh = await app.tenant()
    t.match(await read(fresh, '/v1/events'), { data: [], last_sequence: 0 })
  },
)

t.test('an event says where its resource is to be read, in the version it shows', async (t) => {
  const tenant = await app.tenant()
  const records = recordsOf(tenant)
  await records.invoice(await records.customer())
  await sequence(app, tenant)
  for (const { related, data } of await all(tenant, '/v1/snapshot')) {
    t.equal(related.type, data.object.object)
    t.equal(related.id, data.object.id)
    const { body } = await tenant.api('GET', related.url)
    t.equal(body.version, related.version)
    t.equal(body.id, related.id)
  }
})

t.test(
  'an empty answer waits for the first event that matches, whichever replica brings it',
  async (t) => {
    const tenant = await app.tenant()
    const records = recordsOf(tenant)
    const customer = await records.customer()
    await sequence(app, tenant)
    const replica = await appOn(t, databaseUrl)
    const { last_sequence } = await read(tenant, '/v1/events?limit=200')
    for (const sequencer of [app, replica]) {
      const started = Date.now()
      const waiting = read(tenant, `/v1/events?sequence_gt=${last_sequence}&type=payment.*&wait=30`)
      await sleep(50)
      await records.invoice(customer)
      await sequence(sequencer, tenant)
      await sleep(400)
      await records.payment(customer)
      await sequence(sequencer, tenant)
      const { data } = await waiting
      t.match(data[0]?.type, /^payment\./)
      t.ok(seconds(started) < 15, 'long before its time was up')
    }
    const started = Date.now()
    t.ok((await read(tenant, '/v1/events?wait=30')).data.length > 0)
    const { data, last_sequence: end } = await read(tenant, '/v1/events?wait=1&type=refund.*')
    t.same(data, [])
    t.ok(end > last_sequence, 'nothing of it came, yet the follower moves on')
    t.ok(seconds(started) >= 1)
    for (const wait of [-1, 31, 'x'])
      t.equal((await tenant.api('GET', `/v1/events?wait=${wait}`)).status, 400)
  },
)

t.test(
  'who waits holds no connection, takes one of a few places, and leaves it by going away',
  async (t) => {
    const tenant = await app.tenant()
    await sequence(app, tenant)
    const url = await app.http.listen({ port: 0, host: '127.0.0.1' })
    const gone = new AbortController()
    const end = (await read(tenant, '/v1/events')).last_sequence
    const headersOf = { authorization: `Bearer ${tenant.secret}` }
    /** Asks until it gets a place: the question whether one is left takes one for a while. */
    const ask = async (): Promise<Response> => {
      const answer = await fetch(`${url}/v1/events?sequence_gt=${end}&wait=30`, {
        headers: headersOf,
        signal: gone.signal,
      })
      return answer.status === 429 ? ask() : answer
    }
    const waiting = Array.from({ length: limits.waitingPerCredentialMax }, () =>
      ask().catch(({ name }) => name),
    )
    const refusedOnce = async () =>
      (await tenant.api('GET', `/v1/events?sequence_gt=${end}&wait=1`)).status === 429
    await until(refusedOnce, 20_000, () => 'there is always another place')
    const { status, body, headers } = await tenant.api(
      'GET',
      `/v1/events?sequence_gt=${end}&wait=30`,
    )
    t.match(
      { status, body },
      { status: 429, body: { code: 'rate_limited', 'violated-policies': ['waiting'] } },
    )
    t.equal(headers['retry-after'], '1')
    t.equal(
      (await tenant.api('GET', `/v1/events?sequence_gt=${end}`)).status,
      200,
      'without waiting it is answered',
    )
    const { pool } = app.context.api
    await until(
      () => pool.totalCount === pool.idleCount,
      5_000,
      () => 'connections are held',
    )
    gone.abort()
    t.same(new Set(await Promise.all(waiting)), new Set(['AbortError']))
    await until(
      async () => !(await refusedOnce()),
      10_000,
      () => 'their places are not free',
    )
  },
)

t.test('everybody is answered when the service is about to stop', async (t) => {
  const replica = await appOn(t, databaseUrl)
  const tenant = await replica.tenant()
  await sequence(replica, tenant)
  const end = (await read(tenant, '/v1/events')).last_sequence
  const started = Date.now()
  const waiting = read(tenant, `/v1/events?sequence_gt=${end}&wait=30`)
  await sleep(100)
  startDraining(replica.http)
  t.same((await waiting).data, [])
  t.same(
    (await read(tenant, `/v1/events?sequence_gt=${end}&wait=30`)).data,
    [],
    'nobody begins to wait',
  )
  t.ok(seconds(started) < 20)
})

t.test(
  'a snapshot is the newest event of each resource at its position, whatever happens meanwhile',
  async (t) => {
    const tenant = await app.tenant()
    const records = recordsOf(tenant)
    const customers = [await records.customer(), await records.customer(), await records.customer()]
    const draft = await records.invoice(customers[0], { issue: false, number: undefined })
    for (const customer of customers) await records.invoice(customer)
    for (const customer of customers) await records.payment(customer)
    await records.patch(`/v1/customers/${customers[1].id}`, { name: 'Another GmbH' })
    await tenant.api('DELETE', `/v1/invoices/${draft.id}`)
    await sequence(app, tenant)
    const feed = await all(tenant, '/v1/events')

    /** What a follower of the feed would have at a position. */
    const followed = (at: number): Json[] => {
      const known = new Map<string, Json>()
      for (const event of feed.slice(0, at)) known.set(event.related.id, event)
      const there = [...known.values()].filter(({ type }) => !type.endsWith('.deleted'))
      return there.sort((a, b) =>
        `${a.related.type} ${a.related.id}` < `${b.related.type} ${b.related.id}` ? -1 : 1,
      )
    }
    for (let at = 0; at <= feed.length; at += 1)
      t.same(await all(tenant, `/v1/snapshot?at_sequence=${at}`), followed(at), `at ${at}`)
    t.same(
      await all(tenant, '/v1/snapshot?object=payment,customer'),
      followed(feed.length).filter(({ related }) => /^(payment|customer)$/.test(related.type)),
    )

    const first = await read(tenant, '/v1/snapshot?limit=2')
    t.equal(first.at_sequence, feed.length)
    for (const customer of customers)
      await records.patch(`/v1/customers/${customer.id}`, { name: 'Later' })
    await sequence(app, tenant)
    const rest: Json[] = []
    for (let page = first; page.has_more; ) {
      page = await read(tenant, `/v1/snapshot?limit=2&cursor=${page.next_cursor}`)
      t.equal(page.at_sequence, feed.length, 'the cursor keeps the position')
      rest.push(...page.data)
    }
    t.same([...first.data, ...rest], followed(feed.length))

    const refusals: [string, string][] = [
      ['at_sequence=999999', 'invalid_parameter'],
      [`cursor=${first.next_cursor}&object=customer`, 'invalid_cursor'],
      [`cursor=${first.next_cursor}&at_sequence=1`, 'invalid_cursor'],
      ['cursor=bm90aGluZw', 'invalid_cursor'],
      ['object=nothing', 'invalid_parameter'],
    ]
    for (const [query, code] of refusals)
      t.match((await tenant.api('GET', `/v1/snapshot?${query}`)).body, { code }, query)
  },
)

t.test('every type of event is explained, with an example that its schema allows', async (t) => {
  const tenant = await app.tenant()
  const listed = await all(tenant, '/v1/event-types')
  t.same(
    listed.map(({ type }) => type),
    allEventTypes,
  )
  const { components } = await read(tenant, '/openapi.json')
  for (const { type, ...about } of listed) {
    const { data_schema, ...same } = await read(tenant, `/v1/event-types/${type}`)
    t.same(same, { type, ...about })
    const { example_event: example, schema_url } = about
    t.ok(schema_url.split('/').at(-1) in components.schemas, schema_url)
    t.match(example, {
      type,
      related: { type: about.resource },
      data: { object: { object: about.resource } },
    })
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    t.ok(ajv.validate(data_schema, example.data.object), `${type}: ${ajv.errorsText()}`)
  }
  t.equal((await tenant.api('GET', '/v1/event-types/never.heard_of')).status, 404)
  t.equal((await tenant.api('GET', '/v1/event-types?cursor=x')).body.code, 'invalid_cursor')
})
