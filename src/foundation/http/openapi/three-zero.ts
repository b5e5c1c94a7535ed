import { walk } from './references.ts'
import type { Json, OpenApiDocument } from './types.ts'

/**
 * What the 3.1 document says in ways that 3.0 does not know, said in its ways: one `example` instead of `examples`,
 * one-word enumerations instead of `const`, no names for the keys of a map. Generators that only read 3.0 need it.
 */
export function speakThreeZero(document: OpenApiDocument): void {
  delete document.info.summary
  document.info.license = { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' }
  for (const schema of Object.values(document.components.schemas)) walk(schema, rewrite)
  walk(document.paths, rewrite)
  walk(document.components.responses, rewrite)
}

function rewrite(object: Json): void {
  if (Array.isArray(object.examples)) {
    if (object.example === undefined && object.examples.length > 0)
      object.example = object.examples[0]
    delete object.examples
  }
  if ('const' in object && typeof object.const !== 'object') {
    object.enum = [object.const]
    delete object.const
  }
  if (typeof object.propertyNames === 'object') delete object.propertyNames
}
