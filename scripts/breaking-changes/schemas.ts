import type { OpenApiDocument, Reference, Schema } from '../../src/foundation/http/openapi/types.ts'
import { comparedAnswer } from './answers.ts'
import type { Direction, Report } from './finding.ts'
import { comparedRequest } from './requests.ts'
import { viewOf } from './view.ts'
import type { Pair, Say } from './words.ts'

type Place = Schema | Reference
type Compare = (before: Place, after: Place, direction: Direction, place: string) => void

/**
 * Compares what two documents say about the same value. What both take from a component of the same name is compared
 * once, under the name of that component, however many operations use it.
 */
export function schemaComparison(
  [before, after]: [OpenApiDocument, OpenApiDocument],
  report: Report,
): Compare {
  const done = new Set<string>()
  const compare: Compare = (old, now, direction, place) => {
    const component = old.$ref !== undefined && old.$ref === now.$ref
    const key = `${direction} ${String(old.$ref)}`
    if (component && done.has(key)) return
    if (component) done.add(key)
    const where = component ? `${String(old.$ref).split('/').at(-1)} (${direction})` : place
    const views = { old: viewOf(before, old), now: viewOf(after, now) }
    const say = (change: string) => report(where, change)
    compareNull(views, direction, say)
    const { component: held } = views.old
    if (held !== undefined && held.$ref === views.now.component?.$ref)
      return compare(held, held, direction, where)
    if (direction === 'request') comparedRequest(views, say)
    else comparedAnswer(views, say)
    compareParts(views, direction, where)
  }

  function compareParts({ old, now }: Pair, direction: Direction, where: string): void {
    for (const [name, schema] of Object.entries(old.properties)) {
      const same = now.properties[name]
      if (same === undefined) report(`${where}.${name}`, 'is gone')
      else compare(schema, same, direction, `${where}.${name}`)
    }
    for (const [name, schema] of Object.entries(old.variants)) {
      const same = now.variants[name]
      if (same !== undefined) compare(schema, same, direction, `${where} as ${name}`)
      else if (direction === 'request') report(where, `can no longer be ${name}`)
    }
    for (const [word, step] of [
      ['items', '[]'],
      ['additionalProperties', '.*'],
    ] as const) {
      const [one, other] = [old.rest[word], now.rest[word]]
      if (isSchema(one) && isSchema(other)) compare(one, other, direction, `${where}${step}`)
    }
  }

  return compare
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/** Null is refused or comes as a value of its own, whatever else there is. */
function compareNull({ old, now }: Pair, direction: Direction, say: Say): void {
  const isAnything = now.types.length === 0 && now.component === undefined
  if (direction === 'request' && old.nullable && !now.nullable && !isAnything)
    say('no longer takes null')
  if (direction === 'answer' && !old.nullable && now.nullable) say('may be null now')
}
