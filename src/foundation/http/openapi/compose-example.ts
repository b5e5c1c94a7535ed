import { isExpandableField } from '../expand.ts'
import { resolve } from './references.ts'
import type { Json, OpenApiDocument, Reference, Schema } from './types.ts'

/** Of a request only what has to be sent is shown, of an answer everything it can hold. */
type Extent = 'required' | 'everything'

/** Deeper than any schema of ours; what refers to itself ends here. */
const DEPTH_MAX = 12

/**
 * Gives every schema that is a whole request or a whole answer an example, composed of those of its fields, unless it
 * has one of its own.
 */
export function exemplify(document: OpenApiDocument): void {
  for (const item of Object.values(document.paths)) {
    for (const { requestBody, responses } of Object.values(item)) {
      for (const { schema } of Object.values(requestBody?.content ?? {}))
        give(document, schema, 'required')
      for (const [status, answer] of Object.entries(responses)) {
        if (!status.startsWith('2')) continue
        for (const { schema } of Object.values(resolve(document, answer).content ?? {}))
          give(document, schema, 'everything')
      }
    }
  }
}

function give(document: OpenApiDocument, place: Schema | Reference, extent: Extent): void {
  const schema = resolve<Schema>(document, place)
  if (schema.type !== 'object' || ownExample(schema) !== undefined) return
  schema.examples = [composed(document, schema, extent)]
}

/** An example of a schema: its own, or one made of what it consists of. */
function composed(
  document: OpenApiDocument,
  place: Schema | Reference,
  extent: Extent,
  depth = 0,
): unknown {
  const schema = resolve<Schema>(document, place)
  const own = ownExample(schema)
  if (own !== undefined) return own
  const compose = (part: Schema | Reference) => composed(document, part, extent, depth + 1)
  const [alternative] = (schema.oneOf ?? schema.anyOf ?? []) as Schema[]
  if (alternative !== undefined) return compose(alternative)
  if (schema.allOf !== undefined)
    return Object.assign({}, ...(schema.allOf as Schema[]).map(compose))
  const type = [schema.type].flat()[0]
  if (type === 'object') {
    return Object.fromEntries(
      shownFields(schema, depth > DEPTH_MAX ? 'required' : extent).map(([name, field]) => [
        name,
        compose(field),
      ]),
    )
  }
  if (type === 'array') {
    const isEnd = depth > DEPTH_MAX && schema.minItems !== 1
    return isEnd ? [] : [compose(schema.items as Schema)]
  }
  return null
}

function ownExample(schema: Schema): unknown {
  const [first] = (schema.examples ?? []) as unknown[]
  return first ?? schema.example ?? schema.const ?? schema.default ?? (schema.enum as Json[])?.[0]
}

/** A request without required fields shows its first one, since nothing is no example. */
function shownFields(schema: Schema, extent: Extent): [string, Schema][] {
  const fields = Object.entries((schema.properties ?? {}) as Record<string, Schema>).filter(
    ([name, field]) => !isExpandableField(name, field),
  )
  if (extent === 'everything') return fields
  const required = (schema.required ?? []) as string[]
  const shown = fields.filter(([name]) => required.includes(name))
  return shown.length > 0 ? shown : fields.slice(0, 1)
}
