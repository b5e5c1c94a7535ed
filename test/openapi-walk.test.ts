import t from 'tap'
import { undecidedBreaks } from '../scripts/breaking-changes/released.ts'
import { allEventTypes } from '../src/events/catalogue.ts'
import { type Scope, scopes } from '../src/foundation/access/scopes.ts'
import { resolve, walk } from '../src/foundation/http/openapi/references.ts'
import type {
  Json,
  OpenApiDocument,
  Parameter,
  Response,
} from '../src/foundation/http/openapi/types.ts'
import { packageRoot } from '../src/foundation/places.ts'
import { type ProblemCode, problems } from '../src/foundation/problem.ts'
import {
  type Documented,
  describedApi,
  operationsIn,
  parametersOf,
  validatorsOf,
} from './support/document.ts'

/** Every promise here holds for every operation, schema and header there is; a new one that breaks it is named. */

const { document, threeZero } = await describedApi()
const operations = operationsIn(document.paths)
const webhooks = operationsIn(document.webhooks)
const validatorOf = validatorsOf(document)
const found = (value: object): Json => resolve<Json>(document, value as Json)
const nameOf = ({ operation }: Documented): string => operation.operationId

/** The forms of a body, by media type. */
const formsOf = (body: Pick<Response, 'content'> | undefined) =>
  Object.entries(body?.content ?? {}).map(([type, { schema, example, examples = {} }]) => ({
    type,
    schema: schema as Json,
    examples: example === undefined ? Object.values(examples) : [example],
  }))

/** What refers to another resource in a body, and says in the answer itself or as an invalid field that there is none. */
const REFERENCES_JUDGED_ELSEWHERE = ['putCreditPolicy', 'reportOrdersOnHand']

/** What a path names by the caller's own word and is made when it is not there. */
const MADE_WHEN_MISSING = /^upsert/

t.test('every operation is described, in a group that is described', async (t) => {
  const groups = new Map(document.tags?.map(({ name, description }) => [name, description]))
  const ids = [...operations, ...webhooks].map(nameOf)
  t.equal(new Set(ids).size, ids.length, 'each under its own verb and noun')
  t.same(
    ids.filter((id) => !/^[a-z]+([A-Z][a-z0-9]*)+$/.test(id)),
    [],
  )
  for (const documented of [...operations, ...webhooks]) {
    const { summary = '', description = '', tags = [] } = documented.operation
    const name = nameOf(documented)
    t.ok(summary.length > 5 && description.length > summary.length / 2, `${name} is described`)
    t.ok(tags.length === 1 && groups.get(String(tags[0])), `${name} is in a group`)
  }
})

t.test('every operation says who may call it', async (t) => {
  for (const documented of operations) {
    const { security, 'x-required-scopes': needed } = documented.operation
    const [scope] = (needed ?? []) as Scope[]
    t.same(
      security,
      scope === undefined ? [{}] : [{ apiKey: [] }, { accessToken: [scope] }],
      nameOf(documented),
    )
    t.ok(scope === undefined || scope in scopes, `${nameOf(documented)} names a scope that exists`)
  }
  for (const { operation } of webhooks) t.same(operation.security, [])
})

t.test('no operation hides how it can be refused', async (t) => {
  for (const documented of operations) {
    const {
      operationId,
      requestBody,
      responses,
      'x-required-scopes': scoped,
    } = documented.operation
    const expected = ['400', '401', '429', '500', '503']
    if (scoped !== undefined) expected.push('403')
    if (requestBody !== undefined) expected.push('413', '415', '422')
    if (refersToSomething(documented)) expected.push('404')
    const missing = expected.filter((status) => !(status in responses))
    t.same(missing, [], `${operationId} documents ${expected.join(', ')}`)
    t.ok(Object.keys(responses).some((status) => status.startsWith('2')))
    for (const [status, answer] of Object.entries(responses)) {
      const { description, headers = {}, content } = resolve<Response>(document, answer)
      const place = `${operationId} ${status}`
      t.notMatch(description, /^$|Default Response/, `${place} is described`)
      for (const header of ['Request-Id', 'RateLimit', 'RateLimit-Policy'])
        t.ok(headers[header], `${place} has ${header}`)
      if (status < '400') continue
      t.same(Object.keys(content ?? {}), ['application/problem+json'], place)
      for (const code of codesOf(documented, status))
        t.equal(problems[code]?.status, Number(status), `${place} explains ${code}`)
    }
  }
})

function refersToSomething({ path, operation }: Documented): boolean {
  const { operationId, requestBody } = operation
  if (REFERENCES_JUDGED_ELSEWHERE.includes(operationId)) return false
  if (path.includes('{') && !MADE_WHEN_MISSING.test(operationId)) return true
  let refers = false
  const visit = (schema: Json): void =>
    walk(schema, (part) => {
      if (typeof part.$ref === 'string') visit(found(part))
      refers ||= String(part.pattern).includes('_[0-7]')
    })
  for (const { schema } of formsOf(requestBody)) visit(schema)
  return refers
}

function codesOf({ operation }: Documented, status: string): ProblemCode[] {
  const answer = operation.responses[status]
  const { content } = answer === undefined ? {} : resolve<Response>(document, answer)
  return Object.keys(content?.['application/problem+json']?.examples ?? {}) as ProblemCode[]
}

t.test(
  'requests document the headers they take, and one thing is read conditionally',
  async (t) => {
    for (const documented of operations) {
      const { method, path, operation } = documented
      const headers = parametersOf(document, operation).filter(
        (parameter) => parameter.in === 'header',
      )
      const names = headers.map(({ name }) => name)
      const name = nameOf(documented)
      const tags = Object.values(operation.responses).filter(
        (answer) => resolve<Response>(document, answer).headers?.ETag !== undefined,
      )
      t.equal(names.includes('Idempotency-Key'), method === 'POST', name)
      t.equal(names.includes('If-Match'), '412' in operation.responses, name)
      t.equal(names.includes('If-None-Match'), '304' in operation.responses, name)
      t.equal('304' in operation.responses, method === 'GET' && tags.length > 0, name)
      if (method === 'GET' && path.endsWith('}')) t.ok('304' in operation.responses, name)
      t.equal(
        headers.some((header) => header.name === 'Idempotency-Key' && header.required === true),
        codesOf(documented, '400').includes('idempotency_key_required'),
        `${name} requires a key exactly if it refuses to do without`,
      )
    }
  },
)

t.test('every request and every answer has an example', async (t) => {
  for (const documented of operations) {
    const { requestBody, responses } = documented.operation
    const answers = Object.values(responses).map((answer) => resolve<Response>(document, answer))
    for (const { type, schema, examples } of [...answers, requestBody].flatMap(formsOf))
      t.ok(
        examples.length > 0 || (found(schema).examples as unknown[] | undefined)?.length,
        `${nameOf(documented)} ${type}`,
      )
  }
})

t.test('every problem looks as its schema says', async (t) => {
  for (const [code, { value }] of Object.entries(document.components.examples ?? {})) {
    const validate = validatorOf({ $ref: '#/components/schemas/Problem' })
    t.ok(validate(value), `${code}: ${JSON.stringify(validate.errors)}`)
  }
})

t.test('every field, parameter and header says what it is, with an example', async (t) => {
  const missing: string[] = []
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (schema.description === undefined) missing.push(`${name}: description`)
    inspect(schema, name, missing)
  }
  for (const documented of operations) {
    const { requestBody, responses } = documented.operation
    const bodies = Object.values(responses).map((answer) => resolve<Response>(document, answer))
    for (const { type, schema } of [...bodies, requestBody].flatMap(formsOf))
      inspect(schema, `${nameOf(documented)} ${type}`, missing)
    for (const parameter of parametersOf(document, documented.operation))
      inspectValue(parameter, `${nameOf(documented)} ${parameter.name}`, missing)
  }
  for (const [name, header] of Object.entries(document.components.headers ?? {}))
    inspectValue(header as unknown as Parameter, name, missing)
  t.same([...new Set(missing)], [])
})

function inspectValue(
  { description, example, schema }: Parameter,
  place: string,
  missing: string[],
) {
  if (description === undefined) missing.push(`${place}: description`)
  if (example === undefined && schema.default === undefined) missing.push(`${place}: example`)
  else if (example !== undefined && !validatorOf(schema)(example))
    missing.push(`${place}: an example that is valid`)
  inspect(schema, place, missing)
}

/** Notes what a schema and everything in it do not say about themselves. */
function inspect(schema: Json, place: string, missing: string[]): void {
  const { allOf = [], anyOf = [], oneOf = [], properties = {}, additionalProperties } = schema
  for (const part of [allOf, anyOf, oneOf].flat() as Json[]) inspect(part, place, missing)
  for (const [field, value] of Object.entries(properties as Record<string, Json>)) {
    const at = `${place}.${field}`
    if (refersOnly(value)) continue
    if (value.description === undefined) missing.push(`${at}: description`)
    if (!hasExample(value)) missing.push(`${at}: example`)
    inspect(value, at, missing)
  }
  if (typeof additionalProperties === 'object')
    inspect(additionalProperties as Json, `${place}.*`, missing)
  for (const [word, isThere] of Object.entries(endsOf(schema)))
    if (!isThere) missing.push(`${place}: ${word}`)
  if ([schema.type].flat().includes('array')) inspect(schema.items as Json, `${place}[]`, missing)
}

/** What a schema must say so that nothing it describes is without form and end (OWASP API4). */
function endsOf(schema: Json): Record<string, boolean> {
  const types = [schema.type].flat()
  const has = (word: string): boolean => schema[word] !== undefined
  const isWord = has('enum') || has('const')
  return {
    ...(types.includes('string') && {
      maxLength: has('maxLength') || isWord,
      'format or pattern': has('format') || has('pattern') || isWord,
    }),
    ...(types.includes('integer') && {
      format: has('format'),
      'minimum and maximum': has('minimum') && has('maximum'),
    }),
    ...(types.includes('array') && { maxItems: has('maxItems') }),
    ...(has('enum') && { 'words only': types.includes('string') }),
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
    const validate = validatorOf(schema)
    for (const example of schema.examples)
      if (!validate(example)) t.fail(JSON.stringify(example), { errors: validate.errors })
  })
  t.end()
})

t.test('what can be one of several is told apart by a field', async (t) => {
  walk(document.components.schemas, ({ oneOf, anyOf, discriminator }) => {
    if (Array.isArray(anyOf)) {
      const others = (anyOf as Json[]).filter(({ type }) => type !== 'null')
      t.ok(others.length === 1 && anyOf.length === 2, `${JSON.stringify(anyOf)} is or is not there`)
    }
    if (!Array.isArray(oneOf)) return
    const { propertyName, mapping } = discriminator as { propertyName: string; mapping: object }
    const refs = (oneOf as Json[]).map(({ $ref }) => $ref)
    t.same(Object.values(mapping), refs)
    for (const [word, $ref] of Object.entries(mapping))
      t.equal(constantIn($ref, propertyName), word)
  })
  t.end()
})

/** The one word a required field of a schema can be. */
function constantIn($ref: string, field: string): unknown {
  const schema = found({ $ref })
  const parts = [schema, ...((schema.allOf ?? []) as Json[]).map(found)]
  const part = parts.find(({ required }) => (required as string[] | undefined)?.includes(field))
  return (part?.properties as Record<string, Json> | undefined)?.[field]?.const
}

t.test(
  'every type of event is announced with a payload of its own, in both documents',
  async (t) => {
    t.same(Object.keys(document.webhooks ?? {}), [...allEventTypes, '*'])
    for (const { path: type, operation } of webhooks) {
      const { schema } = formsOf(operation.requestBody)[0] as { schema: Json }
      if (type === '*') continue
      t.equal(constantIn(String(schema.$ref), 'type'), type)
      const [, own] = found(schema).allOf as [Json, { properties: { data: Json } }]
      const { object } = found(own.properties.data).properties as { object: Json }
      t.ok(
        object.$ref ?? type === 'webhook_endpoint.test',
        `${type} shows a resource by its schema`,
      )
    }
    for (const { components } of [document, threeZero]) {
      const { discriminator } = components.schemas.WebhookEvent as {
        discriminator: { mapping: object }
      }
      t.same(Object.keys(discriminator.mapping), allEventTypes)
    }
  },
)

t.test(
  'the document for older generators has the same operations, said in their words',
  async (t) => {
    t.equal(threeZero.webhooks, undefined)
    t.same(operationsIn(threeZero.paths).map(nameOf), operations.map(nameOf))
    const strange = new Set<string>()
    const newer = [
      'const',
      'propertyNames',
      'prefixItems',
      'if',
      'then',
      'contains',
      '$defs',
      '$id',
    ]
    for (const part of [schemasOf(threeZero), threeZero.components.responses, threeZero.paths]) {
      walk(part, (object) => {
        if (typeof object.type !== 'string' && !Array.isArray(object.type)) return
        for (const word of newer) if (word in object) strange.add(word)
        if (Array.isArray(object.type)) strange.add(`type: ${object.type.join()}`)
        if (object.type === 'null') strange.add('type: null')
        if (Array.isArray(object.examples)) strange.add('examples')
        if (typeof object.exclusiveMinimum === 'number') strange.add('exclusiveMinimum')
      })
    }
    t.same([...strange], [])
  },
)

t.test('clients of the last release are not broken by it', async (t) => {
  t.same(await undecidedBreaks(packageRoot(), document), [])
})

/** The schemas without their examples, which are anybody's objects. */
const schemasOf = ({ components }: OpenApiDocument): unknown =>
  JSON.parse(
    JSON.stringify(components.schemas, (key, value) => (key === 'example' ? undefined : value)),
  )
