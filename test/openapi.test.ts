import diagnostics from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, RouteOptions } from 'fastify'
import t, { type Test } from 'tap'
import { walk } from '../src/foundation/http/openapi/references.ts'
import type { Json, OpenApiDocument } from '../src/foundation/http/openapi/types.ts'
import { exampleId } from '../src/foundation/http/schema.ts'
import { type Kind, newId, prefixes, publicId } from '../src/foundation/id.ts'
import { packageRoot } from '../src/foundation/places.ts'
import { problems } from '../src/foundation/problem.ts'
import { type Reply, testApp } from './support/app.ts'
import {
  asJson,
  type Documented,
  deviationOf,
  operationsIn,
  parametersOf,
  validatorsOf,
} from './support/document.ts'

/** Routes that are not operations: documents, pages and figures. */
const UNDOCUMENTED = /^\/(openapi\.json|openapi-3\.0\.json|docs(\/.*)?|metrics)$/

const routes: RouteOptions[] = []
diagnostics.subscribe('fastify.initialization', (message) => {
  const { fastify } = message as { fastify: FastifyInstance }
  fastify.addHook('onRoute', (route) => void routes.push(route))
})

const app = await testApp(t)
const document = asJson(app.http.swagger())
const threeZero = asJson(app.http.swagger30())

const operations = operationsIn(document.paths)
const schemaValidator = validatorsOf(document)

t.test('the committed documents are what the code says', async (t) => {
  t.same(committed('openapi.json'), document, 'run `npm run openapi`')
  t.same(committed('openapi-3.0.json'), threeZero, 'run `npm run openapi`')
})

t.test('the documents are public, and cached by their content', async (t) => {
  for (const url of ['/openapi.json', '/openapi-3.0.json']) {
    const first = await app.http.inject(url)
    t.equal(first.statusCode, 200)
    t.match(first.headers, {
      'content-type': /^application\/json/,
      'access-control-allow-origin': '*',
    })
    const again = await app.http.inject({
      url,
      headers: { 'if-none-match': String(first.headers.etag) },
    })
    t.equal(again.statusCode, 304)
  }
  t.match((await app.http.inject('/openapi.json')).json(), { openapi: '3.1.0' })
  t.match((await app.http.inject('/openapi-3.0.json')).json(), { openapi: '3.0.3' })
})

t.test('every route is an operation of both documents, under its own verb and noun', async (t) => {
  const known = new Set(operations.map(({ method, path }) => `${method} ${path}`))
  for (const { method, url } of routes) {
    if (UNDOCUMENTED.test(url) || method === 'HEAD') continue
    t.ok(
      known.has(`${String(method)} ${url.replace(/:(\w+)/g, '{$1}')}`),
      `${String(method)} ${url}`,
    )
  }
})

t.test('every pattern is anchored and answers hostile text at once', async (t) => {
  const patterns = new Set<string>()
  walk(document, ({ pattern }) => void (typeof pattern === 'string' && patterns.add(pattern)))
  t.ok(patterns.size > 0)
  for (const pattern of patterns) {
    t.match(pattern, /^\^.*\$$/s, `${pattern} is anchored`)
    t.notMatch(
      pattern,
      /\((?:[^()\\]|\\.)*(?:[*+]|\{\d+,\})(?:[^()\\]|\\.)*\)(?:[*+]|\{\d+,\})/,
      `${pattern} nests no endless repetition`,
    )
    const regex = new RegExp(pattern, 'u')
    const before = performance.now()
    for (const piece of ['a', '0', '-', '.', ',', 'a.', 'a_', 'a.a,', ' ', 'Aa0'])
      regex.test(`${piece.repeat(5_000)}\n!`)
    t.ok(performance.now() - before < 1_000, `${pattern} answers in time`)
  }
})

t.test('no two paths can mean the same request', async (t) => {
  const paths = Object.keys(document.paths)
  for (const [index, one] of paths.entries()) {
    for (const other of paths.slice(index + 1)) t.notOk(overlap(one, other), `${one} and ${other}`)
  }
})

/** True when a request can be read as either path: literal segments agree, and variables accept what faces them. */
function overlap(one: string, other: string): boolean {
  const [left, right] = [one.split('/'), other.split('/')]
  return (
    left.length === right.length &&
    left.every((segment, index) => {
      const facing = String(right[index])
      if (segment.startsWith('{') === facing.startsWith('{'))
        return segment.startsWith('{') || segment === facing
      return segment.startsWith('{')
        ? accepts(one, segment, facing)
        : accepts(other, facing, segment)
    })
  )
}

function accepts(path: string, variable: string, literal: string): boolean {
  const [operation] = Object.values(document.paths[path] ?? {})
  const parameters = operation === undefined ? [] : parametersOf(document, operation)
  const pattern = parameters.find(({ name }) => `{${name}}` === variable)?.schema.pattern
  return pattern === undefined || new RegExp(String(pattern)).test(literal)
}

t.test('every problem is explained where its type points', async (t) => {
  const { statusCode, headers, body } = await app.http.inject('/docs/errors')
  t.equal(statusCode, 200)
  t.match(headers['content-security-policy'], /^default-src 'none'/)
  for (const code of Object.keys(problems)) t.match(body, `<tr id="${code}">`)
  const { data } = (await app.http.inject('/v1/errors')).json()
  t.same(
    data.map(({ code }: { code: string }) => code).sort(),
    Object.keys(problems).sort(),
    'programs read the same at /v1/errors',
  )
})

t.test('the reference page loads nothing from elsewhere', async (t) => {
  const page = await app.http.inject('/docs/reference')
  t.equal(page.statusCode, 200)
  t.match(page.headers['content-security-policy'], /default-src 'none'.*script-src 'self'/)
  const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) =>
    String(source),
  )
  t.ok(sources.length > 3)
  for (const source of sources) {
    t.match(source, /^\/docs\//)
    t.equal((await app.http.inject(source)).statusCode, 200, source)
  }
})

t.test('what is answered is what is documented', async (t) => {
  const tenant = await app.tenant()
  for (const documented of operations) {
    const { method, path, operation } = documented
    const name = `${method} ${path}`
    const url = path.replace(/\{(\w+)\}/g, (_, variable: string) =>
      unknownValue(documented, variable),
    )
    if ('x-required-scopes' in operation)
      conforms(t, documented, await app.call(null, method as 'GET', url), 401)
    if (method === 'GET' && !path.includes('{'))
      conforms(t, documented, await tenant.api('GET', url))
    if (method === 'GET' && path.includes('{'))
      conforms(t, documented, await tenant.api('GET', url), 404)
    if ('x-required-scopes' in operation) {
      conforms(
        t,
        documented,
        await tenant.api(method as 'GET', `${url}?misspelt=1`, method === 'GET' ? undefined : {}),
      )
    }
    if (operation.requestBody !== undefined) {
      const refused = await tenant.api(method as 'GET', url, { misspelt: true })
      conforms(t, documented, refused)
      t.ok(refused.status >= 400, `${name} refuses a misspelt field`)
    }
  }
})

t.test('events show what their webhooks document', async (t) => {
  const { api, events } = await app.tenant()
  const make = async (
    method: 'POST' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
  ): Promise<string> => {
    const reply = await api(method, url, body)
    t.match(String(reply.status), /^2/, `${method} ${url}: ${JSON.stringify(reply.body)}`)
    return reply.body?.id
  }
  const customer = await make('POST', '/v1/customers', {
    external_id: 'C-1',
    name: 'Muster GmbH',
    kind: 'business',
    country: 'DE',
    currency: 'EUR',
  })
  await make('PATCH', `/v1/customers/${customer}`, { name: 'Muster AG' })
  const invoice = {
    customer_id: customer,
    currency: 'EUR',
    issue_date: '2026-03-01',
    due_date: '2026-03-31',
    total_amount: 10_000,
  }
  const draft = await make('POST', '/v1/invoices', {
    ...invoice,
    external_id: 'I-0',
    number: 'R-0',
  })
  await make('DELETE', `/v1/invoices/${draft}`)
  const paid = await make('POST', '/v1/invoices', {
    ...invoice,
    external_id: 'I-1',
    number: 'R-1',
    issue: true,
  })
  const voided = await make('POST', '/v1/invoices', {
    ...invoice,
    external_id: 'I-2',
    number: 'R-2',
    issue: true,
  })
  await make('POST', `/v1/invoices/${voided}/void`, { number: 'S-2', reason: 'Invoiced twice' })
  const money = {
    customer_id: customer,
    currency: 'EUR',
    amount: 10_000,
    received_date: '2026-04-01',
    method: 'bank_transfer',
  }
  const payment = await make('POST', '/v1/payments', {
    ...money,
    external_id: 'P-1',
    allocations: [{ invoice_id: paid, amount: 10_000 }],
  })
  await make('POST', `/v1/payments/${payment}/reversal`, { reason: 'returned' })

  const seen = (await events()) as { type: string; data: { object: unknown } }[]
  for (const type of [
    'customer.updated',
    'invoice.deleted',
    'invoice.paid',
    'invoice.voided',
    'payment.reversed',
    'invoice.reopened',
  ]) {
    t.ok(
      seen.some((event) => event.type === type),
      `${type} happened`,
    )
  }
  for (const event of seen) {
    const valid = schemaValidator(
      document.webhooks?.[event.type]?.post?.requestBody?.content['application/json']
        ?.schema as Json,
    )
    t.ok(valid(event), `${event.type}: ${JSON.stringify(valid.errors)}`)
  }
})

function unknownValue({ operation }: Documented, variable: string): string {
  const parameters = parametersOf(document, operation)
  const example = String(parameters.find(({ name }) => name === variable)?.example ?? 'unknown')
  const kind = (Object.keys(prefixes) as Kind[]).find((each) => exampleId(each) === example)
  if (kind !== undefined) return publicId(kind, newId())
  if (/^\d+$/.test(example)) return String(Number.MAX_SAFE_INTEGER)
  return example.includes('.') ? 'unknown.unknown' : 'unknown'
}

/** Holds an answer against the document: its status, its body's schema, and its code. */
function conforms(
  t: Test,
  { method, path, operation }: Documented,
  reply: Reply,
  expected = reply.status,
): void {
  const name = `${method} ${path} → ${reply.status}`
  t.equal(reply.status, expected, name)
  t.equal(deviationOf(document, schemaValidator, operation, reply), undefined, name, {
    answered: reply.body,
  })
}

function committed(file: string): OpenApiDocument {
  return JSON.parse(readFileSync(join(packageRoot(), 'openapi', file), 'utf8')) as OpenApiDocument
}
