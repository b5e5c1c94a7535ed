import { resolve } from '../../src/foundation/http/openapi/references.ts'
import type { OpenApiDocument, Reference, Schema } from '../../src/foundation/http/openapi/types.ts'

/** A schema with references followed, its parts put together and its null set apart, so that two can be compared. */
export interface View {
  types: string[]
  nullable: boolean
  /** The component it is when it is not null. */
  component?: Reference
  properties: Record<string, Schema | Reference>
  required: string[]
  /** The words it can be; undefined when anything goes. */
  words: unknown[] | undefined
  /** True when words may be added any time; the words themselves where they are only told. */
  extensible: boolean | string[]
  /** What it can be one of, each by a name that stays when others come and go. */
  variants: Record<string, Schema | Reference>
  /** Everything else, by keyword: limits, forms, items. */
  rest: Schema
}

const named = ({ $ref }: { $ref?: unknown }): string => String($ref).split('/').at(-1) as string

export function viewOf(document: OpenApiDocument, place: Schema | Reference): View {
  const {
    allOf,
    anyOf,
    oneOf,
    type,
    properties,
    required,
    enum: listed,
    ...rest
  } = resolve<Schema>(document, place)
  const choices = (anyOf ?? oneOf ?? []) as Schema[]
  const [only, ...others] = choices.filter((one) => one.type !== 'null')
  if (only !== undefined && others.length === 0)
    return {
      ...viewOf(document, only),
      nullable: choices.length > 1,
      ...('$ref' in only && { component: only as unknown as Reference }),
    }
  const types = [type ?? []].flat() as string[]
  const words = (listed ?? ('const' in rest ? [rest.const] : undefined)) as unknown[] | undefined
  const view: View = {
    types: types.filter((one) => one !== 'null'),
    nullable: types.includes('null'),
    properties: (properties ?? {}) as View['properties'],
    required: (required ?? []) as string[],
    words: words?.filter((word) => word !== null),
    extensible: (rest['x-extensible-enum'] ?? false) as View['extensible'],
    variants: Object.fromEntries(
      choices.map((one, index) => [one.$ref === undefined ? String(index) : named(one), one]),
    ),
    rest,
  }
  return ((allOf ?? []) as Schema[]).reduce(
    (whole, part) => together(whole, viewOf(document, part)),
    view,
  )
}

/** What holds when both hold. */
function together(one: View, other: View): View {
  const properties = { ...one.properties }
  for (const [name, schema] of Object.entries(other.properties)) {
    const known = properties[name]
    properties[name] = known === undefined ? schema : { allOf: [known, schema] }
  }
  return {
    types: other.types.length > 0 ? other.types : one.types,
    nullable: one.nullable && other.nullable,
    properties,
    required: [...new Set([...one.required, ...other.required])],
    words: other.words ?? one.words,
    extensible: other.words === undefined ? one.extensible : other.extensible,
    variants: { ...one.variants, ...other.variants },
    rest: { ...one.rest, ...other.rest },
  }
}
