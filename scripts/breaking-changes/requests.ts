import type { Schema } from '../../src/foundation/http/openapi/types.ts'
import type { View } from './view.ts'
import { list, type Pair, type Say, typesOf, within } from './words.ts'

/** What must not be asked of a request that was right before. */
export function comparedRequest({ old, now }: Pair, say: Say): void {
  if (!within(old, now)) say(`takes ${typesOf(now)} instead of ${typesOf(old)}`)
  for (const name of now.required.filter((one) => !old.required.includes(one)))
    say(`needs \`${name}\` now`)
  const refused = old.words?.filter((word) => now.words !== undefined && !now.words.includes(word))
  if (refused !== undefined && refused.length > 0) say(`no longer takes ${list(refused)}`)
  if (old.words === undefined && now.words !== undefined) say(`only takes ${list(now.words)} now`)
  if (old.rest.additionalProperties !== false && now.rest.additionalProperties === false)
    say('no longer takes fields it does not know')
  if (JSON.stringify(old.rest.default) !== JSON.stringify(now.rest.default))
    say(`is ${String(now.rest.default)} by default instead of ${String(old.rest.default)}`)
  if (keysOf(now) !== undefined && keysOf(now) !== keysOf(old))
    say(`has keys like ${keysOf(now)} only`)
  for (const word of narrowed(old.rest, now.rest)) say(word)
}

/** What the keys of a map have to look like. */
const keysOf = ({ rest }: View): string | undefined =>
  (rest.propertyNames as { pattern?: string } | undefined)?.pattern

const LIMITS = ['minimum', 'exclusiveMinimum'] as const
const SIZES = ['minLength', 'minItems', 'minProperties'] as const
const CEILINGS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const
const RULES = ['pattern', 'format', 'multipleOf', 'uniqueItems'] as const

/** Rules a request has to keep now and had not to before. */
const narrowed = (old: Schema, now: Schema): string[] =>
  [
    ...LIMITS.filter((word) => Number(now[word]) > Number(old[word] ?? -Infinity)),
    ...SIZES.filter((word) => Number(now[word]) > Number(old[word] ?? 0)),
    ...CEILINGS.filter((word) => Number(now[word]) < Number(old[word] ?? Infinity)),
    ...RULES.filter((word) => validates(word, now[word]) && now[word] !== old[word]),
  ].map((word) => changed(word, old, now))

const changed = (word: string, old: Schema, now: Schema): string =>
  `has the ${word} ${String(now[word])}${old[word] === undefined ? ', where it had none' : ` instead of ${String(old[word])}`}`

/** Formats that say how to read a value and refuse none, or none that the limits beside them take. */
const DOCUMENTARY: unknown[] = ['opaque', 'password', 'binary', 'int32', 'int64']

const validates = (word: string, value: unknown): boolean =>
  value !== undefined && value !== false && !(word === 'format' && DOCUMENTARY.includes(value))
