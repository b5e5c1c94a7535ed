import { createHash } from 'node:crypto'
import { Problem } from '../problem.ts'
import { expandables } from './expand.ts'

/**
 * The ETag of a resource is its version; where time or a dunning run changes what is shown without changing the
 * resource (an invoice's days overdue, an import's or a recovery's progress, the end of a reservation), that follows
 * after a dot, so that a cache never serves yesterday's answer. What was expanded follows with its own.
 */
export function etagOf(body: unknown): string | undefined {
  const own = stampOf(body)
  if (own === undefined) return undefined
  const beside = Object.keys(expandables).map((name) => stampOf((body as Shown)[name]))
  return `"${[own, ...beside].filter((stamp) => stamp !== undefined).join('.')}"`
}

type Shown = Record<string, unknown>

function stampOf(shown: unknown): string | undefined {
  if (typeof shown !== 'object' || shown === null) return undefined
  const { version, days_overdue: days, dunning_level: level } = shown as Shown
  if (typeof version !== 'number') return undefined
  const {
    status,
    succeeded_count: succeeded,
    failed_count: failed,
    expires_at: expires,
    resent_count: resent,
  } = shown as Shown
  if (typeof succeeded === 'number' && typeof failed === 'number')
    return `${version}.${status === 'queued' ? 0 : 1}.${succeeded + failed}`
  if (typeof resent === 'number') return `${version}.${status === 'queued' ? 0 : 1}.${resent}`
  if (typeof expires === 'string' && typeof status === 'string')
    return `${version}.${status === 'expired' ? 1 : 0}`
  return days === undefined ? `${version}` : `${version}.${days}.${level ?? 0}`
}

/** The ETag of what has no version: facts that never change, and views of what changes elsewhere. */
export const contentTag = (text: string): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`

/** The version in If-Match; `*` and absence ask for none. */
export function ifMatchOf(header: string | undefined, required: boolean): number | undefined {
  if (header === undefined) {
    if (required) throw new Problem('precondition_required')
    return undefined
  }
  if (header.trim() === '*') return undefined
  const version = /^\s*(?:W\/)?"?(\d{1,9})(?:\.[\d.]*)?"?\s*$/.exec(header)?.[1]
  if (version === undefined)
    throw new Problem('version_mismatch', { detail: 'If-Match must be an ETag of this resource.' })
  return Number(version)
}

/** True when the caller already has this representation. */
export function isFresh(ifNoneMatch: string | undefined, etag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*')
}

/** Refuses a change to a version the caller has not seen. */
export function requireVersion(current: number, ifMatch: number | undefined): void {
  if (ifMatch !== undefined && ifMatch !== current) {
    throw new Problem('version_mismatch', { current_version: current })
  }
}
