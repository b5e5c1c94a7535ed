import { Problem } from '../foundation/problem.ts'
import type { PendingRow } from './table.ts'

const refusals = {
  malformed_request: 'The row cannot be read as JSON.',
  payload_too_large: 'The row is larger than the body of a request may be.',
} as const

/** What a row says, or why it cannot be read. A number, text or list is read too; the schema refuses it. */
export function parseRow({ input, refusal }: PendingRow): unknown {
  if (input === null) {
    const code = refusal === 'payload_too_large' ? refusal : 'malformed_request'
    return new Problem(code, { detail: refusals[code] })
  }
  try {
    const value: unknown = JSON.parse(input)
    if (!SUSPICIOUS.test(input) || !isPoisoned(value)) return value
    return new Problem('malformed_request', { detail: 'The row has a reserved key.' })
  } catch {
    return new Problem('malformed_request', { detail: refusals.malformed_request })
  }
}

/** Text that PostgreSQL stores as it is. */
export const isStorable = (text: string): boolean =>
  !text.includes('\0') && (text as string & { isWellFormed(): boolean }).isWellFormed()

const SUSPICIOUS = /__proto__|constructor|\\u/

/** True when somewhere in the value stands a key that would change a prototype, as the parser of bodies refuses it. */
function isPoisoned(value: unknown): boolean {
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null) continue
    if (Object.hasOwn(next, '__proto__')) return true
    const own = next as { constructor?: unknown }
    if (
      Object.hasOwn(next, 'constructor') &&
      typeof own.constructor === 'object' &&
      own.constructor !== null &&
      Object.hasOwn(own.constructor, 'prototype')
    )
      return true
    for (const inner of Object.values(next)) open.push(inner)
  }
  return false
}
