/** What JSON can say. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [member: string]: JsonValue | undefined }

/**
 * JSON in the one form of RFC 8785 (JCS): members sorted by their UTF-16 code units, no white space, numbers and strings
 * as ECMAScript writes them. Whoever parses an answer and writes it so has the same bytes, whatever the language.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join()}]`
  const members = Object.keys(value).sort()
  const written = members.flatMap((member) => {
    const of = value[member]
    return of === undefined ? [] : [`${JSON.stringify(member)}:${canonicalJson(of)}`]
  })
  return `{${written.join()}}`
}

const isList = (value: object): value is readonly JsonValue[] => Array.isArray(value)
