import { namedSchemas } from '../../foundation/http/schema.ts'
import type { ImportResource } from '../import.ts'
import { importable } from '../resources.ts'

/** What of a schema says how the text of a cell is to be taken. */
export interface FieldSchema {
  $ref?: string
  anyOf?: FieldSchema[]
  type?: string | string[]
  format?: string
  pattern?: string
  properties?: Record<string, FieldSchema>
  items?: FieldSchema
  additionalProperties?: FieldSchema | boolean
}

/** Whether a row may have this field: `address.city`, `contacts.0.email`, `metadata.cost_center`. */
export const isField = (resource: ImportResource, field: string): boolean =>
  fieldSchemaOf(resource, field) !== undefined

/** What a field of a row is; undefined when rows have no such field. */
export function fieldSchemaOf(resource: ImportResource, field: string): FieldSchema | undefined {
  const { schema, refersTo } = importable[resource]
  const segments = field.split('.')
  const last = segments.at(-1)
  const isReference = ['customer', 'invoice'].some((name) => last === `${name}_external_id`)
  if (
    isReference &&
    (segments.length > 1 || refersTo.some((name) => last === `${name}_external_id`))
  )
    return { type: 'string' }
  return descend(namedSchemas.get(schema) as FieldSchema, segments)
}

function descend(schema: FieldSchema, [name, ...rest]: string[]): FieldSchema | undefined {
  const here = resolved(schema)
  if (name === undefined) return here
  const inner = innerOf(here, name)
  return inner === undefined ? undefined : descend(inner, rest)
}

function innerOf(schema: FieldSchema, name: string): FieldSchema | undefined {
  if (schema.items !== undefined) return /^\d{1,3}$/.test(name) ? schema.items : undefined
  const known = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined
  if (known !== undefined) return known
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
}

/** What a reference refers to, also behind an "or null". */
function resolved(schema: FieldSchema): FieldSchema {
  if (schema.$ref !== undefined)
    return resolved(namedSchemas.get(schema.$ref.replace(/#$/, '')) as FieldSchema)
  const shapes = schema.anyOf?.filter(({ type }) => type !== 'null')
  return shapes?.length === 1 ? resolved(shapes[0] as FieldSchema) : schema
}
