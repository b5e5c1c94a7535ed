import type { OpenApiDocument, Reference, Schema } from '../../src/foundation/http/openapi/types.ts'
import type { Direction, Report } from './finding.ts'
import { type View, viewOf } from './view.ts'

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
      ['propertyNames', ' keys'],
    ] as const) {
      const [one, other] = [old.rest[word], now.rest[word]]
      if (isSchema(one) && isSchema(other)) compare(one, other, direction, `${where}${step}`)
    }
  }

  return compare
}

interface Pair {
  old: View
  now: View
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

const list = (words: unknown[]): string => words.map((word) => `\`${String(word)}\``).join(', ')

const typesOf = ({ types }: View): string => types.join(' or ') || 'anything'

/** Whether every value of some types is also of others; whole numbers are numbers. */
const within = (some: View, others: View): boolean =>
  others.types.length === 0 ||
  (some.types.length > 0 &&
    some.types.every(
      (type) =>
        others.types.includes(type) || (type === 'integer' && others.types.includes('number')),
    ))

/** What must not be asked of a request that was right before. */
function comparedRequest({ old, now }: Pair, say: (change: string) => void): void {
  if (!within(old, now)) say(`takes ${typesOf(now)} instead of ${typesOf(old)}`)
  if (old.nullable && !now.nullable && now.types.length > 0) say('no longer takes null')
  for (const name of now.required.filter((one) => !old.required.includes(one)))
    say(`needs \`${name}\` now`)
  const refused = old.words?.filter((word) => now.words !== undefined && !now.words.includes(word))
  if (refused !== undefined && refused.length > 0) say(`no longer takes ${list(refused)}`)
  if (old.words === undefined && now.words !== undefined) say(`only takes ${list(now.words)} now`)
  if (old.rest.additionalProperties !== false && now.rest.additionalProperties === false)
    say('no longer takes fields it does not know')
  if (JSON.stringify(old.rest.default) !== JSON.stringify(now.rest.default))
    say(`is ${String(now.rest.default)} by default instead of ${String(old.rest.default)}`)
  for (const word of narrowed(old.rest, now.rest)) say(word)
}

const FLOORS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'] as const
const CEILINGS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const

/** Rules a request has to keep now and had not to before. */
function narrowed(old: Schema, now: Schema): string[] {
  const limit = (schema: Schema, word: string, none: number) => Number(schema[word] ?? none)
  const tighter = [
    ...FLOORS.filter(
      (word) =>
        limit(now, word, -Infinity) >
        limit(old, word, word === 'minimum' || word === 'exclusiveMinimum' ? -Infinity : 0),
    ),
    ...CEILINGS.filter((word) => limit(now, word, Infinity) < limit(old, word, Infinity)),
  ]
  const rules = (['pattern', 'format', 'multipleOf', 'uniqueItems'] as const).filter(
    (word) => validates(word, now[word]) && now[word] !== old[word],
  )
  return [...tighter, ...rules].map((word) => changed(word, old, now))
}

const changed = (word: string, old: Schema, now: Schema): string =>
  `has the ${word} ${String(now[word])}${old[word] === undefined ? ', where it had none' : ` instead of ${String(old[word])}`}`

/** Formats that say how to read a value and refuse none, or none that the limits beside them take. */
const DOCUMENTARY: unknown[] = ['opaque', 'password', 'binary', 'int32', 'int64']

const validates = (word: string, value: unknown): boolean =>
  value !== undefined && value !== false && !(word === 'format' && DOCUMENTARY.includes(value))

/** Formats by which generated clients choose a type of their own. */
const TYPING: unknown[] = ['date', 'date-time', 'byte', 'binary', 'uuid', 'int32', 'int64']

/** What an answer must not do to a client that could read it before. */
function comparedAnswer({ old, now }: Pair, say: (change: string) => void): void {
  if (!within(now, old)) say(`is ${typesOf(now)} instead of ${typesOf(old)}`)
  if (!old.nullable && now.nullable) say('may be null now')
  for (const name of old.required) {
    if (name in now.properties && !now.required.includes(name)) say(`may come without \`${name}\``)
  }
  const { format: was } = old.rest
  const { format: is } = now.rest
  if (
    was !== is &&
    (TYPING.includes(was) || TYPING.includes(is)) &&
    !(was === undefined && old.types.includes('integer'))
  )
    say(`has the format ${String(is)} instead of ${String(was)}`)
  compareWords({ old, now }, say)
}

function compareWords({ old, now }: Pair, say: (change: string) => void): void {
  if (Array.isArray(old.extensible)) {
    const told = Array.isArray(now.extensible) ? now.extensible : []
    const gone = old.extensible.filter((word) => !told.includes(word))
    if (gone.length > 0) say(`never says ${list(gone)} any more`)
  }
  if (old.words === undefined || now.extensible !== false) return
  if (now.words === undefined) say('may be any word now')
  const added = now.words?.filter((word) => !old.words?.includes(word)) ?? []
  if (added.length > 0) say(`may be ${list(added)} now, which it does not say it could become`)
}
