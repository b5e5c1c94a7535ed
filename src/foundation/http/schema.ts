import { type Static, type TObject, type TProperties, type TSchema, Type } from '@sinclair/typebox'
import { EARLIEST_DATE, LATEST_DATE } from '../calendar.ts'
import { ANY_ID_PATTERN, idPattern, type Kind } from '../id.ts'
import { MAX_AMOUNT } from '../money.ts'

/**
 * The vocabulary every wire schema is made of. Each helper carries what a generated client needs: a description, an
 * example, and limits on everything (OWASP API4).
 */

/** Schemas that appear under `components` by name; filled as the wings' schema files are loaded. */
export const namedSchemas = new Map<string, TSchema>()

/** Gives a schema its name in the OpenAPI document. */
export function named<T extends TSchema>(name: string, schema: T): T {
  const withId = { ...schema, $id: name } as T
  namedSchemas.set(name, withId)
  return withId
}

/** A reference to a named schema, typed as what it refers to. */
export const ref = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Static<T>>(Type.Ref(schema.$id as string))

/** What a field may say about itself besides its type. */
interface About {
  description: string
  // biome-ignore lint/suspicious/noExplicitAny: an example has the type of its field
  examples?: any[]
}

/** A request body: closed, so that a misspelt field is refused instead of ignored. */
export const Body = <P extends TProperties>(properties: P, about: { description?: string } = {}) =>
  Type.Object(properties, { additionalProperties: false, ...about })

/** One of a few words. On answers, clients must expect words they do not know yet. */
export const OneOf = <const T extends readonly string[]>(
  words: T,
  about: About & { default?: T[number] },
) =>
  Type.Unsafe<T[number]>(
    Type.String({ enum: words, ...about, examples: about.examples ?? [words[0]] }),
  )

/** A value or null; null stands for "none". */
export const Nullable = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>(
    schema.$ref === undefined
      ? {
          ...schema,
          type: [schema.type, 'null'],
          ...(schema.enum ? { enum: [...schema.enum, null] } : {}),
        }
      : { anyOf: [schema, { type: 'null' }] },
  )

const exampleIds: Partial<Record<Kind, string>> = {}

/** A well-formed example of an id of this kind. */
export function exampleId(kind: Kind): string {
  exampleIds[kind] ??= idPattern(kind)
    .slice(1)
    .replace('[0-7][0-9a-hjkmnp-tv-z]{25}$', '01kjm7f7shez7837xta3mfn3a4')
  return exampleIds[kind]
}

/** The id of another resource or of the resource itself. */
export const Id = (kind: Kind, description: string) =>
  Type.String({
    description,
    pattern: idPattern(kind),
    minLength: 30,
    maxLength: 30,
    examples: [exampleId(kind)],
  })

/** The id of something that may be of several kinds. */
export const AnyId = (description: string, example: Kind) =>
  Type.String({
    description,
    pattern: ANY_ID_PATTERN,
    minLength: 30,
    maxLength: 30,
    examples: [exampleId(example)],
  })

/** `/…/{id}`: the path parameter that names one resource. */
export const IdParams = (kind: Kind, what: string) =>
  Type.Object({ id: Id(kind, `The ${what}.`) }, { additionalProperties: false })

/** A calendar day in the tenant's time zone. */
export const Day = (description: string, example = '2026-03-31') =>
  Type.String({
    description,
    format: 'date',
    minLength: 10,
    maxLength: 10,
    examples: [example],
    'x-minimum': EARLIEST_DATE,
    'x-maximum': LATEST_DATE,
  })

/** An instant, RFC 3339 in UTC. */
export const At = (description: string, example = '2026-03-31T04:00:04.201Z') =>
  Type.String({ description, format: 'date-time', maxLength: 40, examples: [example] })

/** Whole minor units of the currency beside it. */
export const Amount = (
  description: string,
  { minimum = 0, maximum = MAX_AMOUNT, example = 148810 } = {},
) =>
  Type.Integer({
    description: `${description} Minor units.`,
    format: 'int64',
    minimum,
    maximum,
    examples: [example],
  })

/** A whole number that is not money. */
export const Count = (
  description: string,
  { minimum = 0, maximum = 2_147_483_647, example = 1 } = {},
) => Type.Integer({ description, format: 'int32', minimum, maximum, examples: [example] })

/** ISO 4217, upper case. */
export const Currency = (description = 'The currency, ISO 4217.') =>
  Type.String({
    description,
    format: 'currency',
    pattern: '^[A-Z]{3}$',
    minLength: 3,
    maxLength: 3,
    examples: ['EUR'],
  })

/** ISO 3166-1 alpha-2, upper case. */
export const Country = (description = 'The country, ISO 3166-1 alpha-2.') =>
  Type.String({ description, pattern: '^[A-Z]{2}$', minLength: 2, maxLength: 2, examples: ['DE'] })

/** A line of text a person wrote. PostgreSQL stores no null character and JSON allows lone surrogates; both are refused. */
export const Text = (
  description: string,
  { minLength = 1, maxLength = 200, example = 'Muster GmbH' } = {},
) => Type.String({ description, minLength, maxLength, format: 'text', examples: [example] })

/** Why somebody has done something, in their own words. */
export const Reason = (description: string, example: string) =>
  Text(description, { maxLength: 500, example })

/** The caller's own id for a resource, unique per tenant and type. */
export const ExternalId = (
  description = "The caller's own id; unique per tenant and type.",
  example = 'SAP-0090004711',
) => Type.String({ description, minLength: 1, maxLength: 200, format: 'text', examples: [example] })

/** A decimal number kept as given: quantities, unit prices, rates. */
export const Decimal = (description: string, example: string) =>
  Type.String({
    description,
    pattern: '^-?\\d{1,12}(\\.\\d{1,9})?$',
    maxLength: 23,
    examples: [example],
  })

export const YesNo = (
  description: string,
  options: { default?: boolean; example?: boolean } = {},
) =>
  Type.Boolean({
    description,
    examples: [options.example ?? true],
    ...(options.default === undefined ? {} : { default: options.default }),
  })

/** The values a rule looked at, by name: what they are is the rule's business, so that new rules need no new fields. */
export const Figures = <T extends string | number | null = string | number | null>(
  description: string,
  {
    types = ['string', 'integer', 'null'],
    maxProperties = 50,
    example,
  }: { types?: string[]; maxProperties?: number; example: Record<string, NoInfer<T>> },
) =>
  Type.Unsafe<Record<string, T>>({
    type: 'object',
    description,
    maxProperties,
    additionalProperties: {
      type: types,
      description: 'A word or a figure.',
      format: types.includes('integer') ? 'int64' : 'text',
      minimum: -MAX_AMOUNT,
      maximum: MAX_AMOUNT,
      maxLength: 1000,
    },
    examples: [example],
  })

/** The keys of metadata. */
const MetadataKey = { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,40}$', maxLength: 40 }

/** Up to 50 words of the caller's own, by key. */
export const Metadata = Type.Unsafe<Record<string, string>>({
  type: 'object',
  description:
    "The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.",
  maxProperties: 50,
  propertyNames: MetadataKey,
  additionalProperties: { type: 'string', maxLength: 500, format: 'text' },
  examples: [{ cost_center: 'C-100' }],
})

/** Metadata in a merge patch: null removes a key. */
export const MetadataPatch = Type.Unsafe<Record<string, string | null>>({
  type: 'object',
  description: 'Keys to set, or to remove with null; other keys stay.',
  maxProperties: 50,
  propertyNames: MetadataKey,
  additionalProperties: { type: ['string', 'null'], maxLength: 500, format: 'text' },
  examples: [{ cost_center: 'C-200', obsolete: null }],
})

/** A list of schemas with a bound. */
export const List = <T extends TSchema>(
  item: T,
  {
    description,
    maxItems,
    minItems = 0,
    examples,
  }: {
    description: string
    maxItems: number
    minItems?: number
    examples?: unknown[]
  },
) => Type.Array(item, { description, maxItems, minItems, ...(examples ? { examples } : {}) })

/** The fields every resource has. */
export const resourceFields = <K extends Kind>(kind: K) => ({
  id: Id(kind, 'The id.'),
  object: Type.Unsafe<K>(
    Type.String({ description: 'What this is.', const: kind, examples: [kind] }),
  ),
  version: Count('Grows by one with every change; the ETag.', { minimum: 1 }),
  livemode: YesNo('False in a test tenant.'),
  created_at: At('When it was created, by the tenant’s clock.'),
  updated_at: At('When it last changed, by the tenant’s clock.'),
})

/** The schemas of lists, each with the schema of its rows: what can be exported. */
export const rowsOfLists = new Map<TSchema, TSchema>()

/** The envelope of a list of named resources, and what a list of its own kind tells besides its rows. */
export const ListOf = <T extends TSchema, More extends TProperties = Record<never, never>>(
  row: T,
  { name = `${row.$id}List`, more = {} as More }: { name?: string; more?: More } = {},
) => {
  const list = named(
    name,
    Type.Object(
      {
        data: List(ref(row), { description: 'The rows of this page.', maxItems: 200 }),
        has_more: YesNo('Whether another page follows.', { example: false }),
        next_cursor: Nullable(
          Type.String({
            description: 'Send it as `cursor` for the next page; null on the last.',
            maxLength: 1000,
            format: 'opaque',
            examples: ['eyJrIjpbXX0'],
          }),
        ),
        ...more,
      },
      { description: `One page of ${row.$id} resources.` },
    ),
  )
  rowsOfLists.set(list, row)
  return list
}

/** The query parameters every list takes. */
export const paging = {
  limit: Type.Optional(
    Type.Integer({
      description: 'Rows per page.',
      format: 'int32',
      minimum: 1,
      maximum: 200,
      default: 50,
      examples: [50],
    }),
  ),
  cursor: Type.Optional(
    Type.String({
      description: '`next_cursor` of the page before. It belongs to the same filters.',
      maxLength: 1000,
      format: 'opaque',
      examples: ['eyJrIjpbXX0'],
    }),
  ),
}

/** A filter of several words, comma separated. */
export const Several = <const T extends readonly string[]>(words: T, description: string) =>
  Type.Optional(
    Type.Unsafe<T[number][]>({
      type: 'array',
      description,
      maxItems: words.length,
      items: { type: 'string', enum: words },
      examples: [[words[0]]],
      style: 'form',
      explode: false,
    }),
  )

/** Query parameters: closed, so that a misspelt filter is refused instead of ignored. */
export const Query = <P extends TProperties>(properties: P): TObject<P> =>
  Type.Object(properties, { additionalProperties: false })

/** `dry_run` on an operation that can be rehearsed. */
export const dryRun = {
  dry_run: Type.Optional(
    YesNo('True to validate and compute everything, and keep nothing.', {
      default: false,
      example: false,
    }),
  ),
}

/** The answer of a deletion: nothing. */
export const NoContent = Type.Null({ description: 'Done; there is nothing to say.' })
