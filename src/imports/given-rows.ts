import { limits } from '../foundation/http/limits.ts'
import { invalidFields, type ProblemCode } from '../foundation/problem.ts'

/** A row as it is kept until its turn, or why it cannot be. */
export interface GivenRow {
  input: string | null
  refusal: ProblemCode | null
}

/** The rows of an import, made one by one, so that a large import is never held twice. */
export interface GivenRows {
  count: number
  rows: Iterable<GivenRow>
}

/** The rows of a JSON import. */
export function rowsOfItems(items: readonly unknown[]): GivenRows {
  return { count: items.length, rows: lazily(items, (item) => kept(textOf(item))) }
}

/** The rows of newline-delimited JSON. Lines that hold nothing are no rows; a byte order mark is no text. */
export function rowsOfLines(text: string): GivenRows {
  const lines = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
  if (lines.length > limits.importRowsMax) {
    throw invalidFields({
      pointer: '#',
      code: 'maxItems',
      detail: `must NOT have more than ${limits.importRowsMax} rows`,
      params: { limit: limits.importRowsMax },
    })
  }
  return { count: lines.length, rows: lazily(lines, (line) => kept(line.trim())) }
}

const lazily = <T, U>(values: readonly T[], make: (value: T) => U): Iterable<U> => ({
  *[Symbol.iterator]() {
    for (const value of values) yield make(value)
  },
})

/** Undefined for what is nested more deeply than it can be written. */
function textOf(item: unknown): string | undefined {
  try {
    return JSON.stringify(item)
  } catch {
    return undefined
  }
}

/** A row may be as large as the body that would have created its resource alone. PostgreSQL keeps no null character. */
function kept(text: string | undefined): GivenRow {
  if (text === undefined || text.includes('\0'))
    return { input: null, refusal: 'malformed_request' }
  if (Buffer.byteLength(text) > limits.bodyBytesMax)
    return { input: null, refusal: 'payload_too_large' }
  return { input: text, refusal: null }
}
