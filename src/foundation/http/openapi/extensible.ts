import { resolve, walk } from './references.ts'
import type { OpenApiDocument, Reference } from './types.ts'

/**
 * Marks the lists of words an answer or an event can show as ones that may grow. What is only sent to us stays closed:
 * a word we do not know is refused.
 */
export function markExtensible(document: OpenApiDocument): void {
  const seen = new Set<string>()
  const visit = (value: unknown): void =>
    walk(value, (object) => {
      const { $ref, enum: words } = object
      if (typeof $ref === 'string' && !seen.has($ref)) {
        seen.add($ref)
        visit(resolve(document, object as unknown as Reference))
      }
      if (Array.isArray(words) && [object.type].flat().includes('string'))
        object['x-extensible-enum'] = true
    })
  for (const item of Object.values(document.paths))
    for (const { responses } of Object.values(item)) visit(responses)
  visit(document.webhooks)
}
