import type { TSchema } from '@sinclair/typebox'
import { isExpandableField } from '../foundation/http/expand.ts'
import { namedSchemas } from '../foundation/http/schema.ts'

/** What of a JSON schema is looked at here. */
interface Schema {
  $ref?: string
  const?: unknown
  default?: unknown
  enum?: unknown[]
  examples?: unknown[]
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
}

const nameOf = (reference: string): string => reference.replace(/#$/, '')

const named = (name: string): Schema => namedSchemas.get(name) as Schema

/** A value as the schema describes it, put together from the examples of its fields. */
export function exampleOf(schema: Schema): unknown {
  if (schema.$ref !== undefined) return exampleOf(named(nameOf(schema.$ref)))
  if (schema.examples !== undefined) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.properties !== undefined) {
    const fields = Object.entries(schema.properties).filter(
      ([name, field]) => !isExpandableField(name, field),
    )
    return Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(field)]))
  }
  if (schema.items !== undefined) return [exampleOf(schema.items)]
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map(exampleOf))
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  return first === undefined ? (schema.default ?? schema.enum?.[0] ?? null) : exampleOf(first)
}

/** A named schema that stands by itself: whatever it refers to is under its `$defs`. */
export function standalone(name: string): Record<string, unknown> {
  const definitions: Record<string, unknown> = {}
  const define = (missing: string): void => {
    if (missing in definitions) return
    definitions[missing] = null
    const { $id: _, ...schema } = named(missing) as TSchema
    definitions[missing] = JSON.parse(JSON.stringify(schema), (key, value) => {
      if (key !== '$ref') return value
      define(nameOf(value))
      return `#/$defs/${nameOf(value)}`
    })
  }
  define(name)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $ref: `#/$defs/${name}`,
    $defs: definitions,
  }
}
