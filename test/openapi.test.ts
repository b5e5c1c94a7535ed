import diagnostics from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import type { FastifyInstance, RouteOptions } from 'fastify'
import t, { type Test } from 'tap'
import { allEventTypes } from '../src/events/catalogue.ts'
import { type Scope, scopes } from '../src/foundation/access/scopes.ts'
import { packageRoot } from '../src/foundation/database/migrate.ts'
import { resolve, walk } from '../src/foundation/http/openapi/references.ts'
import type {
  DocumentedOperation,
  Json,
  OpenApiDocument,
  Parameter,
  Response,
} from '../src/foundation/http/openapi/types.ts'
import { exampleId } from '../src/foundation/http/schema.ts'
import { type Kind, newId, prefixes, publicId } from '../src/foundation/id.ts'
import { type ProblemCode, problems } from '../src/foundation/problem.ts'
import { type Reply, testApp } from './support/app.ts'

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

interface Documented {
  method: string
  path: string
  operation: DocumentedOperation
}

const operationsOf = ({ paths }: OpenApiDocument): Documented[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  )
const operations = operationsOf(document)

const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true })
addFormatsModule.default(ajv)
ajv.addSchema(document, 'api')

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
  t.same(
    operationsOf(threeZero).map(({ operation }) => operation.operationId),
    operations.map(({ operation }) => operation.operationId),
  )
  const ids = [...operations, ...webhookOperations()].map(({ operation }) => operation.operationId)
  t.equal(new Set(ids).size, ids.length)
  t.same(
    ids.filter((id) => !/^[a-z]+([A-Z][a-z0-9]*)+$/.test(id)),
    [],
  )
})

t.test(
  'every operation says what it is for, who may call it, and what it can answer',
  async (t) => {
    for (const { method, path, operation } of operations) {
      const name = `${method} ${path}`
      const statuses = Object.keys(operation.responses)
      t.ok(
        operation.summary && operation.description && operation.tags?.length === 1,
        `${name} is described`,
      )
      t.ok(
        statuses.some((status) => status.startsWith('2')),
        `${name} has a success`,
      )
      t.ok(
        statuses.some((status) => status.startsWith('4')),
        `${name} has a refusal`,
      )
      for (const status of ['500', '503']) t.ok(statuses.includes(status), `${name} has ${status}`)
      const [scope] = (operation['x-required-scopes'] ?? []) as Scope[]
      const isOpen = operation.security?.length === 0
      t.equal(isOpen, scope === undefined, `${name} is open or names its scope`)
      if (scope !== undefined) {
        t.ok(scope in scopes, `${name} names a scope that exists`)
        for (const status of ['401', '403', '429'])
          t.ok(statuses.includes(status), `${name} has ${status}`)
      }
      for (const [status, answer] of Object.entries(operation.responses)) {
        const response = resolve(document, answer) as Response
        t.notMatch(response.description, /^$|Default Response/, `${name} ${status} is described`)
        t.ok(response.headers?.['Request-Id'], `${name} ${status} has a Request-Id`)
      }
    }
  },
)

t.test('requests document the headers they take', async (t) => {
  const headersOf = (operation: DocumentedOperation) =>
    (operation.parameters ?? [])
      .map((parameter) => resolve(document, parameter) as Parameter)
      .filter((p) => p.in === 'header')
  for (const { method, path, operation } of operations) {
    const names = headersOf(operation).map(({ name }) => name)
    t.equal(names.includes('Idempotency-Key'), method === 'POST', `${method} ${path}`)
    t.equal(
      names.includes('If-Match'),
      operation.responses['412'] !== undefined,
      `${method} ${path}`,
    )
    t.equal(
      names.includes('If-None-Match'),
      operation.responses['304'] !== undefined,
      `${method} ${path}`,
    )
    const required =
      headersOf(operation).find(({ name }) => name === 'Idempotency-Key')?.required === true
    const refused = codesOf(operation, '400').includes('idempotency_key_required')
    t.equal(
      required,
      refused,
      `${method} ${path} requires a key exactly if it refuses to do without`,
    )
  }
})

t.test('every field has a description and an example, every text and list an end', async (t) => {
  const missing: string[] = []
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (schema.description === undefined) missing.push(`${name}: description`)
    inspect(schema, name, missing)
  }
  for (const { method, path, operation } of operations) {
    for (const each of operation.parameters ?? []) {
      const { name, description, example, schema } = resolve(document, each) as Parameter
      const place = `${method} ${path} ${name}`
      if (description === undefined) missing.push(`${place}: description`)
      if (example === undefined && schema.default === undefined) missing.push(`${place}: example`)
    }
  }
  t.same(missing, [])
})

/** Notes what a schema and everything in it do not say about themselves. */
function inspect(schema: Json, place: string, missing: string[]): void {
  for (const part of [schema.allOf, schema.anyOf, schema.oneOf].flat() as (Json | undefined)[]) {
    if (part !== undefined) inspect(part, place, missing)
  }
  for (const [field, value] of Object.entries((schema.properties ?? {}) as Record<string, Json>)) {
    const at = `${place}.${field}`
    if (refersOnly(value)) continue
    if (value.description === undefined) missing.push(`${at}: description`)
    if (!hasExample(value)) missing.push(`${at}: example`)
    inspect(value, at, missing)
  }
  const types = [schema.type].flat()
  const isBoundText =
    schema.maxLength !== undefined || schema.enum !== undefined || schema.const !== undefined
  if (types.includes('string') && !isBoundText && schema.format !== 'uri')
    missing.push(`${place}: maxLength`)
  if (types.includes('array')) {
    if (schema.maxItems === undefined) missing.push(`${place}: maxItems`)
    inspect(schema.items as Json, `${place}[]`, missing)
  }
}

const refersOnly = (schema: Json): boolean =>
  schema.$ref !== undefined ||
  ((schema.anyOf ?? schema.allOf ?? []) as Json[]).some((part) => part.$ref !== undefined)

const hasExample = (schema: Json): boolean =>
  refersOnly(schema) ||
  schema.examples !== undefined ||
  schema.const !== undefined ||
  schema.properties !== undefined ||
  ([schema.type].flat().includes('array') && hasExample(schema.items as Json))

t.test('every example is valid where it stands', async (t) => {
  walk(document.components.schemas, (schema) => {
    if (!Array.isArray(schema.examples) || schema.$ref !== undefined) return
    const valid = ajv.compile(rooted(schema))
    for (const example of schema.examples)
      t.ok(valid(example), `${JSON.stringify(example)}: ${ajv.errorsText(valid.errors)}`)
  })
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
  const parameters = (operation?.parameters ?? []).map(
    (each) => resolve(document, each) as Parameter,
  )
  const pattern = parameters.find(({ name }) => `{${name}}` === variable)?.schema.pattern
  return pattern === undefined || new RegExp(String(pattern)).test(literal)
}

t.test('every type of event is announced with a payload of its own', async (t) => {
  t.same(Object.keys(document.webhooks ?? {}), allEventTypes)
  t.equal(threeZero.webhooks, undefined)
  for (const { operation } of webhookOperations()) t.same(operation.security, [])
})

t.test('every problem is explained where its type points', async (t) => {
  const { statusCode, headers, body } = await app.http.inject('/docs/errors')
  t.equal(statusCode, 200)
  t.match(headers['content-security-policy'], /^default-src 'none'/)
  for (const code of Object.keys(problems)) t.match(body, `<tr id="${code}">`)
})

t.test('the reference page loads nothing from elsewhere', async (t) => {
  const page = await app.http.inject('/docs')
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
    if (operation.security?.length !== 0)
      conforms(t, documented, await app.call(null, method as 'GET', url), 401)
    if (method === 'GET' && !path.includes('{'))
      conforms(t, documented, await tenant.api('GET', url))
    if (method === 'GET' && path.includes('{'))
      conforms(t, documented, await tenant.api('GET', url), 404)
    if (operation.security?.length !== 0) {
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
  const parameters = (operation.parameters ?? []).map(
    (each) => resolve(document, each) as Parameter,
  )
  const example = String(parameters.find(({ name }) => name === variable)?.example ?? 'unknown')
  const kind = (Object.keys(prefixes) as Kind[]).find((each) => exampleId(each) === example)
  return kind === undefined ? 'unknown' : publicId(kind, newId())
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
  const documented = operation.responses[String(reply.status)]
  if (!t.ok(documented, `${name} is documented: ${JSON.stringify(reply.body)}`)) return
  const { content } = resolve(document, documented as Response)
  if (content === undefined) return
  const [type = '', media] = Object.entries(content)[0] ?? []
  t.match(reply.headers['content-type'], type, `${name} is ${type}`)
  const valid = schemaValidator(media?.schema as Json)
  t.ok(valid(reply.body), `${name}: ${JSON.stringify(valid.errors)} ${JSON.stringify(reply.body)}`)
  if (reply.status >= 400) {
    const codes = codesOf(operation, String(reply.status))
    t.ok(
      codes.includes(reply.body.code),
      `${name}: ${reply.body.code} is one of ${codes.join(', ')}`,
    )
  }
}

function codesOf(operation: DocumentedOperation, status: string): ProblemCode[] {
  const documented = operation.responses[status]
  if (documented === undefined) return []
  const { content } = resolve(document, documented) as Response
  return Object.keys(content?.['application/problem+json']?.examples ?? {}) as ProblemCode[]
}

function webhookOperations(): Documented[] {
  return operationsOf({ ...document, paths: document.webhooks ?? {} })
}

const validators = new Map<string, ValidateFunction>()

function schemaValidator(schema: Json): ValidateFunction {
  const key = JSON.stringify(schema)
  const known = validators.get(key) ?? ajv.compile(rooted(schema))
  validators.set(key, known)
  return known
}

/** A schema whose references into the document are absolute. */
const rooted = (schema: Json): Json =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/')) as Json

function committed(file: string): OpenApiDocument {
  return JSON.parse(readFileSync(join(packageRoot(), 'openapi', file), 'utf8')) as OpenApiDocument
}

function asJson(value: object): OpenApiDocument {
  return JSON.parse(JSON.stringify(value)) as OpenApiDocument
}
