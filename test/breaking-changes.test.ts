import t from 'tap'
import { breakingChanges } from '../scripts/breaking-changes/breaking-changes.ts'
import { lineOf } from '../scripts/breaking-changes/finding.ts'
import { undecided } from '../scripts/breaking-changes/released.ts'

// biome-ignore lint/suspicious/noExplicitAny: seeded changes reach into whatever they like
type Loose = Record<string, any>

/** A document with one of everything the check looks at. */
const made = () => ({
  openapi: '3.1.0',
  info: {},
  paths: {
    '/v1/things': {
      get: {
        operationId: 'listThings',
        'x-required-scopes': ['things:read'],
        parameters: [
          { $ref: '#/components/parameters/LimitInQuery' },
          {
            name: 'status',
            in: 'query',
            style: 'form',
            explode: false,
            schema: words('open', 'done'),
          },
          {
            name: 'since',
            in: 'query',
            required: true,
            schema: { type: 'string', format: 'date' },
          },
        ],
        responses: {
          '200': {
            description: 'Things.',
            headers: { ETag: { $ref: '#/components/headers/ETag' } },
            content: json({ type: 'array', items: ref('Thing') }),
          },
          '404': { description: 'None.' },
        },
      },
      post: {
        operationId: 'createThing',
        'x-required-scopes': [] as string[],
        requestBody: {
          required: false,
          content: { ...json(ref('CreateThing')), 'text/csv': csv() },
        },
        responses: { '201': { description: 'A thing.', content: json(ref('Thing')) } },
      },
    },
  } as Loose,
  webhooks: {
    'thing.made': {
      post: { requestBody: { content: json(ref('ThingMadeEvent')) }, responses: {} },
    },
    'thing.gone': {
      post: { requestBody: { content: json(ref('ThingMadeEvent')) }, responses: {} },
    },
  } as Loose,
  components: {
    parameters: {
      LimitInQuery: {
        name: 'limit',
        in: 'query',
        schema: { type: 'integer', maximum: 200, default: 50 },
      },
    } as Loose,
    headers: {},
    schemas: {
      CreateThing: {
        type: 'object',
        additionalProperties: true,
        required: ['name'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 200 },
          size: { type: ['number', 'null'], minimum: 0 },
          kind: words('round', 'square'),
          note: { type: 'string' },
          tags: { type: 'array', items: { type: 'string', maxLength: 20 } },
          metadata: { type: 'object', additionalProperties: { type: 'string', maxLength: 500 } },
          part: { anyOf: [ref('Part'), { type: 'null' }] },
          shape: { oneOf: [ref('Part'), ref('Whole')], discriminator: { propertyName: 'object' } },
        },
      },
      Part: object('part'),
      Whole: object('whole'),
      Thing: {
        type: 'object',
        required: ['id', 'status', 'size'],
        properties: {
          id: { type: 'string', pattern: '^thg_' },
          status: { ...words('open', 'done'), 'x-extensible-enum': true },
          colour: words('red'),
          size: { type: 'integer', format: 'int32' },
          made_at: { type: 'string', format: 'date-time' },
          code: { type: 'string', 'x-extensible-enum': ['one', 'other'] },
          parts: { type: 'array', items: ref('Part') },
        },
      },
      ThingMadeEvent: {
        allOf: [
          { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
          { type: 'object', required: ['data'], properties: { data: ref('Thing') } },
        ],
      },
    } as Loose,
  },
})

type Made = ReturnType<typeof made>

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` }
}
function json(schema: object) {
  return { 'application/json': { schema } }
}
function csv() {
  return { schema: { type: 'string' } }
}
function words(...all: string[]) {
  return { type: 'string', enum: all }
}
function object(name: string) {
  const properties = { object: { type: 'string', const: name }, length: { type: 'integer' } }
  return { type: 'object', required: ['object'], properties }
}

const sent = ({ components }: Made) => components.schemas.CreateThing
const shown = ({ components }: Made) => components.schemas.Thing
const listing = ({ paths }: Made) => paths['/v1/things'].get
const making = ({ paths }: Made) => paths['/v1/things'].post

/** A change, and what it has to be found as; a harmless one is found as nothing. */
type Change = [what: string, change: (document: Made) => void, expected?: string]

const breaks: Change[] = [
  ['an operation removed', (d) => delete d.paths['/v1/things'].post, 'POST /v1/things: is gone'],
  [
    'a path renamed',
    (d) => {
      d.paths['/v1/items'] = d.paths['/v1/things']
      delete d.paths['/v1/things']
    },
    'GET /v1/things: is gone',
  ],
  [
    'an operation renamed',
    (d) => {
      making(d).operationId = 'makeThing'
    },
    'POST /v1/things: is called makeThing instead of createThing',
  ],
  [
    'a scope added',
    (d) => {
      making(d)['x-required-scopes'] = ['things:write']
    },
    'POST /v1/things: needs the scope things:write now',
  ],
  [
    'a scope exchanged',
    (d) => {
      listing(d)['x-required-scopes'] = ['all:read']
    },
    'GET /v1/things: needs the scope all:read now',
  ],
  [
    'a parameter removed',
    (d) => listing(d).parameters.splice(1, 1),
    'GET /v1/things query status: is gone',
  ],
  [
    'a parameter renamed',
    (d) => {
      listing(d).parameters[1].name = 'state'
    },
    'GET /v1/things query status: is gone',
  ],
  [
    'a parameter required',
    (d) => {
      listing(d).parameters[1].required = true
    },
    'GET /v1/things query status: is required now',
  ],
  [
    'a required parameter added',
    (d) => listing(d).parameters.push({ name: 'x', in: 'header', required: true, schema: {} }),
    'GET /v1/things header x: is new and required',
  ],
  [
    'a list written otherwise',
    (d) => {
      listing(d).parameters[1].explode = true
    },
    'GET /v1/things query status: is written in another way',
  ],
  [
    'a parameter’s words narrowed',
    (d) => listing(d).parameters[1].schema.enum.pop(),
    'GET /v1/things query status: no longer takes `done`',
  ],
  [
    'a shared parameter’s limit lowered',
    (d) => {
      d.components.parameters.LimitInQuery.schema.maximum = 100
    },
    'parameter LimitInQuery: has the maximum 100 instead of 200',
  ],
  [
    'a default changed',
    (d) => {
      d.components.parameters.LimitInQuery.schema.default = 10
    },
    'parameter LimitInQuery: is 10 by default instead of 50',
  ],
  [
    'a body required',
    (d) => {
      making(d).requestBody.required = true
    },
    'POST /v1/things body: is required now',
  ],
  ['a body removed', (d) => delete making(d).requestBody, 'POST /v1/things body: is gone'],
  [
    'a form of the body removed',
    (d) => delete making(d).requestBody.content['text/csv'],
    'POST /v1/things body: is no longer text/csv',
  ],
  [
    'a field required',
    (d) => sent(d).required.push('note'),
    'CreateThing (request): needs `note` now',
  ],
  [
    'a new field required',
    (d) => {
      sent(d).properties.extra = { type: 'string' }
      sent(d).required.push('extra')
    },
    'CreateThing (request): needs `extra` now',
  ],
  [
    'a field of a request removed',
    (d) => delete sent(d).properties.note,
    'CreateThing (request).note: is gone',
  ],
  [
    'a request closed',
    (d) => {
      sent(d).additionalProperties = false
    },
    'CreateThing (request): no longer takes fields it does not know',
  ],
  [
    'a type narrowed',
    (d) => {
      sent(d).properties.size.type = ['integer', 'null']
    },
    'CreateThing (request).size: takes integer instead of number',
  ],
  [
    'null refused',
    (d) => {
      sent(d).properties.size.type = ['number']
    },
    'CreateThing (request).size: no longer takes null',
  ],
  [
    'null refused of a resource',
    (d) => sent(d).properties.part.anyOf.pop(),
    'CreateThing (request).part: no longer takes null',
  ],
  [
    'words imposed',
    (d) => {
      sent(d).properties.note.enum = ['a', 'b']
    },
    'CreateThing (request).note: only takes `a`, `b` now',
  ],
  [
    'a pattern imposed',
    (d) => {
      sent(d).properties.note.pattern = '^a$'
    },
    'CreateThing (request).note: has the pattern ^a$, where it had none',
  ],
  [
    'a format imposed',
    (d) => {
      sent(d).properties.note.format = 'uuid'
    },
    'CreateThing (request).note: has the format uuid, where it had none',
  ],
  [
    'a text shortened',
    (d) => {
      sent(d).properties.name.maxLength = 100
    },
    'CreateThing (request).name: has the maxLength 100 instead of 200',
  ],
  [
    'a text lengthened from below',
    (d) => {
      sent(d).properties.note.minLength = 1
    },
    'CreateThing (request).note: has the minLength 1, where it had none',
  ],
  [
    'a minimum raised',
    (d) => {
      sent(d).properties.size.minimum = 1
    },
    'CreateThing (request).size: has the minimum 1 instead of 0',
  ],
  [
    'a list shortened',
    (d) => {
      sent(d).properties.tags.maxItems = 3
    },
    'CreateThing (request).tags: has the maxItems 3, where it had none',
  ],
  [
    'the rows of a list narrowed',
    (d) => {
      sent(d).properties.tags.items.maxLength = 10
    },
    'CreateThing (request).tags[]: has the maxLength 10 instead of 20',
  ],
  [
    'the values of a map narrowed',
    (d) => {
      sent(d).properties.metadata.additionalProperties.maxLength = 5
    },
    'CreateThing (request).metadata.*: has the maxLength 5 instead of 500',
  ],
  [
    'the keys of a map narrowed',
    (d) => {
      sent(d).properties.metadata.propertyNames = { pattern: '^a$' }
    },
    'CreateThing (request).metadata: has keys like ^a$ only',
  ],
  [
    'an alternative refused',
    (d) => sent(d).properties.shape.oneOf.pop(),
    'CreateThing (request).shape: can no longer be Whole',
  ],
  ['a success removed', (d) => delete making(d).responses['201'], 'POST /v1/things 201: is gone'],
  ['a refusal removed', (d) => delete listing(d).responses['404'], 'GET /v1/things 404: is gone'],
  [
    'a header of an answer removed',
    (d) => delete listing(d).responses['200'].headers.ETag,
    'GET /v1/things 200: comes without ETag',
  ],
  [
    'a form of an answer removed',
    (d) => delete making(d).responses['201'].content['application/json'],
    'POST /v1/things 201: is no longer application/json',
  ],
  [
    'a field of an answer removed',
    (d) => delete shown(d).properties.size,
    'Thing (answer).size: is gone',
  ],
  [
    'a field of an answer optional',
    (d) => shown(d).required.pop(),
    'Thing (answer): may come without `size`',
  ],
  [
    'a type changed',
    (d) => {
      shown(d).properties.size.type = 'string'
    },
    'Thing (answer).size: is string instead of integer',
  ],
  [
    'a type widened',
    (d) => {
      shown(d).properties.size.type = 'number'
    },
    'Thing (answer).size: is number instead of integer',
  ],
  [
    'newly null',
    (d) => {
      shown(d).properties.made_at.type = ['string', 'null']
    },
    'Thing (answer).made_at: may be null now',
  ],
  [
    'a form changed',
    (d) => {
      shown(d).properties.made_at.format = 'date'
    },
    'Thing (answer).made_at: has the format date instead of date-time',
  ],
  [
    'a wider whole number',
    (d) => {
      shown(d).properties.size.format = 'int64'
    },
    'Thing (answer).size: has the format int64 instead of int32',
  ],
  [
    'a word added to a list that was closed',
    (d) => shown(d).properties.colour.enum.push('blue'),
    'Thing (answer).colour: may be `blue` now, which it does not say it could become',
  ],
  [
    'a list of words opened',
    (d) => delete shown(d).properties.colour.enum,
    'Thing (answer).colour: may be any word now',
  ],
  [
    'a code never used again',
    (d) => shown(d).properties.code['x-extensible-enum'].pop(),
    'Thing (answer).code: never says `other` any more',
  ],
  [
    'a part of a part removed',
    (d) => delete d.components.schemas.Part.properties.length,
    'Part (answer).length: is gone',
  ],
  ['a webhook removed', (d) => delete d.webhooks['thing.gone'], 'webhook thing.gone: is gone'],
  [
    'a field of a webhook removed',
    (d) => delete d.components.schemas.ThingMadeEvent.allOf[0].properties.id,
    'ThingMadeEvent (answer).id: is gone',
  ],
]

const harmless: Change[] = [
  ['nothing', () => {}],
  [
    'an operation added',
    (d) => {
      d.paths['/v1/others'] = d.paths['/v1/things']
    },
  ],
  [
    'a webhook added',
    (d) => {
      d.webhooks['thing.sold'] = d.webhooks['thing.made']
    },
  ],
  ['a parameter added', (d) => listing(d).parameters.push({ name: 'q', in: 'query', schema: {} })],
  [
    'a parameter optional',
    (d) => {
      listing(d).parameters[2].required = false
    },
  ],
  [
    'a parameter shared',
    (d) => {
      d.components.parameters.Since = listing(d).parameters[2]
      listing(d).parameters[2] = { $ref: '#/components/parameters/Since' }
    },
  ],
  [
    'an optional field of a request',
    (d) => {
      sent(d).properties.extra = { type: 'string' }
    },
  ],
  ['a field no longer required', (d) => sent(d).required.pop()],
  ['more words taken', (d) => sent(d).properties.kind.enum.push('flat')],
  ['any word taken', (d) => delete sent(d).properties.kind.enum],
  [
    'looser limits',
    (d) => {
      sent(d).properties.name.maxLength = 300
      sent(d).properties.name.minLength = 0
      delete sent(d).properties.size.minimum
    },
  ],
  [
    'null taken',
    (d) => {
      sent(d).properties.note.type = ['string', 'null']
    },
  ],
  [
    'another alternative',
    (d) => sent(d).properties.shape.oneOf.push({ $ref: '#/components/schemas/Thing' }),
  ],
  [
    'a scope no longer needed',
    (d) => {
      listing(d)['x-required-scopes'] = []
    },
  ],
  [
    'a field of an answer added',
    (d) => {
      shown(d).properties.extra = { type: 'string' }
    },
  ],
  ['a field of an answer always there', (d) => shown(d).required.push('colour')],
  ['a word added where words may be added', (d) => shown(d).properties.status.enum.push('late')],
  ['a code added', (d) => shown(d).properties.code['x-extensible-enum'].push('third')],
  [
    'fewer words in an answer',
    (d) => {
      shown(d).properties.status.enum = ['open']
    },
  ],
  [
    'tighter limits of an answer',
    (d) => {
      shown(d).properties.id.maxLength = 30
    },
  ],
  [
    'a refusal, a header and a form of an answer added',
    (d) => {
      making(d).responses['409'] = { description: 'Twice.' }
      listing(d).responses['200'].headers.Age = {}
      making(d).responses['201'].content['text/csv'] = csv()
    },
  ],
  [
    'other words about it',
    (d) => {
      listing(d).summary = 'Others'
      shown(d).properties.id.description = 'Its id.'
      sent(d).properties.note.format = 'opaque'
    },
  ],
]

const findings = (change: (document: Made) => void): string[] => {
  const after = made()
  change(after)
  return breakingChanges(made() as never, after as never).map(lineOf)
}

t.test('what breaks a client is found', async (t) => {
  for (const [what, change, expected] of breaks) {
    const found = findings(change)
    t.ok(found.includes(String(expected)), `${what}: ${found.join('; ')}`)
    t.equal(new Set(found).size, found.length, `${what} is told once`)
  }
})

t.test('what breaks nobody is not mentioned', async (t) => {
  for (const [what, change] of harmless) t.same(findings(change), [], what)
})

t.test('what is used in many places is told once, and by the way it goes', async (t) => {
  const found = findings((d) => {
    delete shown(d).properties.size
    delete d.components.schemas.Part.properties.length
  })
  t.same(found.sort(), [
    'Part (answer).length: is gone',
    'Part (request).length: is gone',
    'Thing (answer).size: is gone',
  ])
})

t.test('a break can be decided on, with a reason and only as long as it is one', async (t) => {
  const accepted = [{ change: 'a: is gone', reason: 'Nobody has used it.' }]
  t.same(undecided(['a: is gone', 'b: is gone'], accepted), ['b: is gone'])
  t.match(undecided([], accepted), [/without need or reason: a: is gone/])
  t.match(undecided(['a: is gone'], [{ change: 'a: is gone', reason: ' ' }]), [/without need/])
})
