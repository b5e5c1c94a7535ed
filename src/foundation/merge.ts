import { isDeepStrictEqual } from 'node:util'
import { invalidFields } from './problem.ts'

const METADATA_KEYS_MAX = 50

/** Metadata after a merge patch (RFC 7396): null removes a key, keys that are not named stay. */
export function mergeMetadata(
  current: Record<string, string>,
  patch: Record<string, string | null> | undefined,
): Record<string, string> {
  const merged = new Map(Object.entries(current))
  for (const [key, value] of Object.entries(patch ?? {})) {
    if (value === null) merged.delete(key)
    else merged.set(key, value)
  }
  if (merged.size > METADATA_KEYS_MAX) {
    throw invalidFields({
      pointer: '#/metadata',
      code: 'maxProperties',
      detail: `must NOT have more than ${METADATA_KEYS_MAX} properties`,
      params: { limit: METADATA_KEYS_MAX },
    })
  }
  return Object.fromEntries(merged)
}

/** The fields a change replaced, with the values they had; undefined when nothing differs. Stamps do not count. */
export function replacedFields(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const replaced = Object.entries(before).filter(
    ([name, value]) => !STAMPS.has(name) && !isDeepStrictEqual(value, after[name]),
  )
  return replaced.length === 0 ? undefined : Object.fromEntries(replaced)
}

const STAMPS = new Set(['version', 'updated_at'])
