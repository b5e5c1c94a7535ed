import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { Type } from '@sinclair/typebox'
import t from 'tap'
import { documentApi } from '../../src/foundation/http/openapi.ts'
import { type Http, query } from '../../src/foundation/http/operation.ts'
import { createHttp } from '../../src/foundation/http/server.ts'
import { runDueSlots } from '../../src/foundation/jobs/tick.ts'
import { createLog } from '../../src/foundation/log.ts'
import { traceContextOf } from '../../src/foundation/traces/trace-context.ts'
import { jobs } from '../../src/schedule.ts'
import { testApp } from '../support/app.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN = '00f067aa0ba902b7'
const PARENT = `00-${TRACE}-${SPAN}-01`
const customer = { name: 'Geheim GmbH', kind: 'business', country: 'DE', currency: 'EUR' }

t.test('without a collector nothing is measured, and nothing loaded for it', async (t) => {
  const { tenant, context } = await testApp(t)
  const { api } = await tenant()
  t.equal((await api('GET', '/v1/tenant', undefined, { traceparent: PARENT })).status, 200)
  t.equal(context.traces.begin({ name: 'x', kind: 'internal', attributes: {} }), null)
  const loaded = Object.keys(createRequire(import.meta.url).cache)
  t.notOk(loaded.some((path) => /@opentelemetry.(sdk|exporter)/.test(path)))
})

t.test('a trace context is what the standard says, or nothing', (t) => {
  t.same(traceContextOf(PARENT), { traceId: TRACE, spanId: SPAN, sampled: true, state: '' })
  t.equal(traceContextOf(`00-${TRACE}-${SPAN}-00`)?.sampled, false)
  t.equal(traceContextOf(`01-${TRACE}-${SPAN}-03-more`)?.sampled, true, 'a later version may add')
  for (const wrong of [
    undefined,
    '',
    [PARENT],
    PARENT.toUpperCase(),
    ` ${PARENT}`,
    `${PARENT}-more`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.slice(1)}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-1`,
    `00-${TRACE}-${SPAN}-01\n`,
  ])
    t.equal(traceContextOf(wrong), null, JSON.stringify(wrong))
  const stateOf = (state: unknown) => traceContextOf(PARENT, state)?.state
  t.equal(
    stateOf('congo=t61rcWkgMzE, rojo=00f067aa0ba902b7'),
    'congo=t61rcWkgMzE,rojo=00f067aa0ba902b7',
  )
  for (const wrong of ['a=1,a=2', 'A=1', 'a', 'a=1=2', 'a=\u00e4', `a=${'x'.repeat(600)}`, ['a=1']])
    t.equal(stateOf(wrong), '', 'a wrong state is dropped, the parent kept')
  t.end()
})

interface Span {
  name: string
  traceId: string
  spanId: string
  parentSpanId?: string
  kind: number
  status: { code?: number }
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[]
}

t.test('with a collector', async (t) => {
  const bodies: string[] = []
  const collector = createServer((request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString())
      reply.setHeader('content-type', 'application/json').end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(collector, 'listening')
  t.teardown(async () => {
    collector.closeAllConnections()
    collector.close()
  })
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
  const { tenant, call, context } = await testApp(t, { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })
  const own = await tenant()

  const created = await own.api('POST', '/v1/customers', customer, {
    traceparent: PARENT,
    tracestate: 'rojo=1',
  })
  await own.api('GET', `/v1/customers/${created.body.id}`, undefined, { traceparent: 'nonsense' })
  await call('wrong', 'GET', '/v1/tenant')
  await runDueSlots(context, jobs, new AbortController().signal)
  const broken = { ...jobs, announce_overdue: () => Promise.reject(new RangeError('Geheim')) }
  await context.api.pool.query(
    `update schedule set next_at = now() - interval '1 day' where job = 'announce_overdue'`,
  )
  context.log.level = 'silent'
  await runDueSlots(context, broken, new AbortController().signal)
  await context.traces.end()

  const spans: Span[] = bodies.flatMap((body) =>
    JSON.parse(body).resourceSpans.flatMap((one: { scopeSpans: { spans: Span[] }[] }) =>
      one.scopeSpans.flatMap((scope) => scope.spans),
    ),
  )
  const named = (name: string) => spans.filter((span) => span.name === name)
  const attributesOf = ({ attributes }: Span) =>
    Object.fromEntries(
      attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]),
    )

  await t.test('a request is a span of its caller’s trace, its commit a part of it', async (t) => {
    const [post] = named('POST /v1/customers') as [Span]
    t.match(post, { traceId: TRACE, parentSpanId: SPAN, kind: 2 })
    t.match(attributesOf(post), {
      'http.request.method': 'POST',
      'http.route': '/v1/customers',
      'http.response.status_code': 201,
      'receivables.request_id': created.headers['request-id'],
      'receivables.tenant': /^[0-9a-f]{16}$/,
    })
    const within = spans.filter(({ parentSpanId }) => parentSpanId === post.spanId)
    t.ok(
      within.some(({ name }) => name === 'commit'),
      'the write, after the body was read',
    )
    for (const span of within) t.equal(span.traceId, TRACE)
    t.match(attributesOf(within[0] as Span), { 'db.system.name': 'postgresql' })
  })

  await t.test(
    'a request without a context begins a trace; a refused one is measured, too',
    (t) => {
      const [get] = named('GET /v1/customers/:id') as [Span]
      t.notOk(get.parentSpanId)
      t.not(get.traceId, TRACE)
      const [refused] = named('GET /v1/tenant') as [Span]
      t.equal(attributesOf(refused)['http.response.status_code'], 401)
      t.notOk(refused.status.code, 'which is not an error of ours')
      t.end()
    },
  )

  await t.test('a job is a trace, and says how it failed but not of what', (t) => {
    const [job] = named('job announce_overdue') as [Span]
    t.equal(job.status.code, 2)
    t.equal(attributesOf(job)['error.type'], 'RangeError')
    t.notOk(
      named('commit').some(({ parentSpanId }) => !parentSpanId),
      'no transaction is alone',
    )
    t.end()
  })

  await t.test('nothing in it tells whose it is or what it is about', (t) => {
    const text = bodies.join('\n')
    t.match(text, /"service.name".*"receivables"/)
    for (const secret of [
      own.id,
      own.uuid,
      own.secret,
      created.body.id,
      'Geheim',
      'Muster',
      'key_',
      '127.0.0.1',
    ])
      t.notOk(text.includes(secret), secret)
    t.end()
  })
})

t.test('an operation that will end', async (t) => {
  const { tenant, context } = await testApp(t)
  const { secret } = await tenant()
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const http = await createHttp({ ...context, log })
  await documentApi(http, {
    webhooks: () => ({
      webhooks: {},
      callbacks: {},
      components: { schemas: {}, parameters: {}, responses: {} },
    }),
  })
  addOld(http, '2027-01-01')
  await http.ready()
  t.teardown(() => http.close())
  const authorization = `Bearer ${secret}`

  await t.test('tells its callers since when, until when, and what instead', async (t) => {
    const { headers, statusCode } = await http.inject({
      url: '/v1/old',
      headers: { authorization },
    })
    t.equal(statusCode, 200)
    t.match(headers, {
      deprecation: '@1767225600',
      sunset: 'Fri, 01 Jan 2027 00:00:00 GMT',
      link: '</docs#/Service/getOld>; rel="deprecation"; type="text/html", </v1/limits>; rel="successor-version"',
    })
    const refused = await http.inject({ url: '/v1/old' })
    t.equal(refused.statusCode, 401)
    t.notOk(refused.headers.deprecation, 'but nobody else')
  })

  await t.test('is marked in the document, counted, and names its users in the log', async (t) => {
    const { paths } = http.swagger() as unknown as {
      paths: Record<
        string,
        { get: { deprecated?: boolean; responses: Record<string, { headers: object }> } }
      >
    }
    const { deprecated, responses } = paths['/v1/old']?.get ?? {}
    t.equal(deprecated, true)
    t.match(Object.keys(responses?.['200']?.headers ?? {}), [
      'Request-Id',
      /./,
      /./,
      'Deprecation',
      'Sunset',
      'Link',
    ])
    const { values } = await context.metrics.deprecatedRequests.get()
    t.match(values, [{ value: 1, labels: { operation: 'getOld', client: 'api_key' } }])
    const line = lines
      .map((text) => JSON.parse(text))
      .find(({ operation }) => operation === 'getOld')
    t.match(line, { principal: /^key_/, sunset: '2027-01-01', request_id: /^req_/ })
  })

  await t.test('does not end within a year', async (t) => {
    const hasty = await createHttp(context)
    t.throws(() => addOld(hasty, '2026-12-31'), /getOld: nothing ends within a year/)
    await hasty.close()
  })

  function addOld(to: Http, sunset: string): void {
    query(to, context, {
      method: 'GET',
      url: '/v1/old',
      operationId: 'getOld',
      tag: 'Service',
      summary: 'Read what is old',
      description: 'For a test.',
      scope: 'tenants:read',
      deprecated: { since: '2026-01-01', sunset, successor: '/v1/limits' },
      answers: { 200: Type.Object({ object: Type.String() }) },
      work: async () => ({ object: 'old' }),
    })
  }
})

t.test('figures count by operation and kind of credential, and name nobody', async (t) => {
  const { tenant, http, context } = await testApp(t)
  const { api, id, secret } = await tenant()
  const headers = { 'idempotency-key': 'once' }
  for (let n = 0; n < 3; n += 1) await api('POST', '/v1/customers', customer, headers)
  await http.inject('/v1/limits')
  const countOf = async (metric: 'httpRequests' | 'idempotentReplays', labels: object) =>
    (await context.metrics[metric].get()).values.find(
      (one) => JSON.stringify(one.labels) === JSON.stringify(labels),
    )?.value
  t.equal(await countOf('httpRequests', { operation: 'createCustomer', client: 'api_key' }), 3)
  t.equal(await countOf('httpRequests', { operation: 'getLimits', client: 'none' }), 1)
  t.equal(await countOf('idempotentReplays', { operation: 'createCustomer' }), 2)
  for (let n = 0; n < 20; n += 1) await http.inject(`/nowhere/${n}?x=${n}`)
  const { body } = await http.inject('/metrics')
  t.notMatch(body, /nowhere/)
  for (const word of [id, secret, 'key_', 'ten_', 'Geheim']) t.notOk(body.includes(word), word)
})
