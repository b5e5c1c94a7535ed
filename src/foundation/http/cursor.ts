import { createHash } from 'node:crypto'
import { Problem } from '../problem.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether text is a UUID as PostgreSQL writes it. */
export const isUuid = (text: string): boolean => UUID.test(text)

/** What a list is, in a few characters, so that a cursor of another is told apart. */
export const digestOfList = (list: unknown): string =>
  createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 12)

/** A cursor: the digest of the list it belongs to, and where in it to go on. It carries no authority. */
export const cursorTo = (parts: readonly [digest: string, ...place: unknown[]]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url')

/** Where a cursor of this list goes on, not judged yet; `invalid_cursor` when it is none, or of another list. */
export function placeIn(cursor: string, digest: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(parts) && parts[0] === digest) return parts.slice(1)
  } catch {
    // Not one of ours; answered below like any other.
  }
  throw new Problem('invalid_cursor')
}
