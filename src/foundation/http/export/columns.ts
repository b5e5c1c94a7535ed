import type { TSchema } from '@sinclair/typebox'
import type { Cell } from '../../csv.ts'
import { Problem } from '../../problem.ts'
import { namedSchemas } from '../schema.ts'

/** One column of an export: its name and the way to its value in a row. */
export interface Column {
  name: string
  path: readonly string[]
  /** True for a map of the caller's own keys, of which each may be a column: `metadata.cost_center`. */
  isMap: boolean
}

type Schema = {
  $ref?: string
  anyOf?: Schema[]
  type?: string | string[]
  properties?: Record<string, Schema>
}

const DEPTH_MAX = 4

/**
 * The columns of rows of this schema, in the schema's order: objects are flattened with dots, lists and maps are one
 * column of JSON each. The same schema has the same columns whatever its rows hold.
 */
export function columnsOf(row: TSchema): Column[] {
  return flatten(row as Schema, [])
}

function flatten(schema: Schema, path: readonly string[]): Column[] {
  const { properties } = resolved(schema)
  if (properties === undefined || path.length === DEPTH_MAX)
    return [{ name: path.join('.'), path, isMap: isMap(resolved(schema)) }]
  return Object.entries(properties).flatMap(([name, inner]) => flatten(inner, [...path, name]))
}

/** What a reference refers to, also behind an "or null"; a choice between several shapes stays a choice. */
function resolved(schema: Schema): Schema {
  if (schema.$ref !== undefined)
    return resolved(namedSchemas.get(schema.$ref.replace(/#$/, '')) as Schema)
  const shapes = schema.anyOf?.filter(({ type }) => type !== 'null')
  return shapes?.length === 1 ? resolved(shapes[0] as Schema) : schema
}

const isMap = ({ type, properties }: Schema): boolean =>
  [type].flat().includes('object') && properties === undefined

/** The columns a caller asks for, in the order asked; all of them unless it asks. */
export function chosenColumns(
  columns: readonly Column[],
  fields: readonly string[] | undefined,
): readonly Column[] {
  return fields === undefined ? columns : fields.flatMap((field) => columnsNamed(columns, field))
}

/** A column, a key of a map, or all columns of an object by the object's name. */
function columnsNamed(columns: readonly Column[], field: string): Column[] {
  const named = columns.filter(({ name }) => name === field || name.startsWith(`${field}.`))
  if (named.length > 0) return named
  const map = columns.find(({ name, isMap }) => isMap && field.startsWith(`${name}.`))
  if (map === undefined) {
    throw new Problem('invalid_parameter', {
      errors: [
        {
          in: 'query',
          pointer: 'fields',
          code: 'unknown_field',
          detail: `has no field ${field}`,
          params: { field },
        },
      ],
    })
  }
  return [{ name: field, path: [...map.path, field.slice(map.name.length + 1)], isMap: false }]
}

/** What a row says in a column, as CSV has it. */
export function cellOf(row: unknown, { path }: Column): Cell {
  const value = valueAt(row, path)
  if (value === undefined || value === null) return null
  return typeof value === 'object' ? JSON.stringify(value) : (value as Cell)
}

/** A row with only some columns, in the shape it came in. */
export function pick(row: unknown, columns: readonly Column[]): object {
  const picked: Record<string, unknown> = {}
  for (const { path } of columns) {
    const value = valueAt(row, path)
    if (value !== undefined) put(picked, path, value)
  }
  return picked
}

function valueAt(row: unknown, path: readonly string[]): unknown {
  let value = row
  for (const name of path) value = (value as Record<string, unknown> | null | undefined)?.[name]
  return value
}

function put(into: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let place = into
  for (const name of path.slice(0, -1)) {
    place[name] ??= {}
    place = place[name] as Record<string, unknown>
  }
  place[path.at(-1) as string] = value
}
