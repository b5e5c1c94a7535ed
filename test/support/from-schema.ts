import { resolve } from '../../src/foundation/http/openapi/references.ts'
import type { Json, OpenApiDocument } from '../../src/foundation/http/openapi/types.ts'
import { type Kind, newId, prefixes, publicId } from '../../src/foundation/id.ts'
import type { Chance } from './random.ts'

/** Ids that exist, by prefix; what the answers of a tenant show is learned as it comes. */
export interface KnownIds {
  learn(text: string): void
  /** One of this prefix, rather a late one; of nobody when none is known. */
  pick(prefix: string, chance: Chance): string
}

const ID = /"((?:[a-z]{3})_[0-7][0-9a-hjkmnp-tv-z]{25})"/g
const KEPT_MAX = 60
const kinds = new Map(Object.entries(prefixes).map(([kind, prefix]) => [prefix, kind as Kind]))

/** Remembers ids, never those that are spared: what would end the run when it is revoked or suspended. */
export function knownIds(spared: readonly string[]): KnownIds {
  const known = new Map<string, string[]>()
  return {
    learn(text) {
      for (const [, id = ''] of text.matchAll(ID)) {
        const alike = known.get(id.slice(0, 3)) ?? []
        if (spared.includes(id) || alike.includes(id)) continue
        alike.push(id)
        if (alike.length > KEPT_MAX) alike.splice(KEPT_MAX / 2, 1)
        known.set(id.slice(0, 3), alike)
      }
    },
    pick(prefix, chance) {
      const alike = known.get(prefix) ?? []
      if (alike.length === 0 || chance.happens(0.02)) return unknownId(prefix)
      return chance.happens(0.5)
        ? (alike.at(-chance.between(1, Math.min(3, alike.length))) as string)
        : chance.pick(alike)
    },
  }
}

/** A well-formed id that nobody has. */
export const unknownId = (prefix: string): string =>
  publicId(kinds.get(prefix as never) ?? 'customer', newId())

/** Makes values that a schema of the document allows, its bounds and its optional parts included. */
export function valuesOf(document: OpenApiDocument, ids: KnownIds, chance: Chance) {
  return { sampleOf, withOwnIds }

  function sampleOf(given: Json, depth = 0): unknown {
    const schema = resolve<Json>(document, given)
    const { type, examples, enum: words, anyOf, oneOf, allOf } = schema
    if (schema.const !== undefined) return schema.const
    if (Array.isArray(words)) return chance.pick(words)
    if (Array.isArray(examples) && chance.happens(schema.format === 'text' ? 0.2 : 0.5))
      return withOwnIds(chance.pick(examples))
    if (Array.isArray(anyOf ?? oneOf))
      return sampleOf(chance.pick((anyOf ?? oneOf) as Json[]), depth)
    if (Array.isArray(allOf))
      return Object.assign({}, ...(allOf as Json[]).map((part) => sampleOf(part, depth)))
    switch (chance.pick([type].flat())) {
      case 'string':
        return textOf(schema)
      case 'integer':
      case 'number':
        return numberOf(schema)
      case 'boolean':
        return chance.happens(0.5)
      case 'array':
        return listOf(schema, depth)
      case 'object':
        return objectOf(schema, depth)
      default:
        return null
    }
  }

  function textOf({
    pattern,
    format,
    minLength = 0,
    maxLength = 200,
    examples = ['x'],
  }: Json): string {
    const prefix = /^\^([a-z]{3})_\[0-7\]/.exec(String(pattern))?.[1]
    if (prefix !== undefined) return ids.pick(prefix, chance)
    if (format === 'date') return chance.pick(DAYS)
    if (format === 'date-time')
      return `${chance.pick(DAYS)}T${chance.pick(['00:00:00Z', '23:59:59.999Z', '12:00:00+02:00'])}`
    if (pattern !== undefined || format !== 'text')
      return String(withOwnIds(chance.pick(examples as unknown[])))
    const length = chance.pick([Number(minLength), 1, 12, Number(maxLength)])
    const wanted = Math.min(Math.max(length, Number(minLength)), Number(maxLength), 2_000)
    return [...chance.pick(TEXTS).repeat(wanted)].slice(0, wanted).join('')
  }

  function numberOf({ minimum = 0, maximum = 1_000, examples = [] }: Json): number {
    const [least, most] = [Number(minimum), Number(maximum)]
    return Number(
      chance.pick([
        least,
        most,
        least,
        Math.min(most, least + chance.between(0, 100)),
        ...(examples as number[]),
      ]),
    )
  }

  function listOf({ items, minItems = 0, maxItems = 3 }: Json, depth: number): unknown[] {
    const [least, most] = [Number(minItems), Math.min(Number(maxItems), Number(minItems) + 2)]
    return Array.from({ length: chance.between(least, most) }, () =>
      sampleOf(items as Json, depth + 1),
    )
  }

  function objectOf(schema: Json, depth: number): Json {
    const { properties = {}, required = [], additionalProperties } = schema
    const made: Json = {}
    const often = chance.pick([0, 0, 0.1, 0.4, 0.8]) / (depth + 1)
    const fields = Object.entries(properties as Record<string, Json>)
    // Many bodies take exactly one of several.
    const chosen = often === 0 && fields.length > 0 ? chance.pick(fields)[0] : undefined
    for (const [name, property] of fields)
      if ((required as string[]).includes(name) || name === chosen || chance.happens(often))
        made[name] = sampleOf(property, depth + 1)
    if (typeof additionalProperties === 'object' && chance.happens(0.7))
      made[chance.pick(['region', 'cost_center'])] = sampleOf(
        additionalProperties as Json,
        depth + 1,
      )
    return made
  }

  /** An example of the document, with ids of the tenant in place of those nobody has. */
  function withOwnIds(example: unknown): unknown {
    const text = JSON.stringify(example)
    return JSON.parse(text.replace(ID, (_, id: string) => `"${ids.pick(id.slice(0, 3), chance)}"`))
  }
}

const DAYS = [
  '2026-03-12',
  '2026-03-12',
  '2026-03-01',
  '2026-03-31',
  '2026-04-30',
  '2024-02-29',
  '1900-01-01',
  '2200-12-31',
]
const TEXTS = [
  'x',
  'Müller & Söhne ',
  "O'Brien; drop table",
  '<b>',
  '{{x}}',
  '=1+1',
  'e\u0301\u212b',
  '日本',
  '🧾',
  '\u202e\u200b',
  '%s%n',
  '../',
]
