import { invalidFields } from '../foundation/problem.ts'
import { type Place, type Secrets, SecretUnreadable } from '../foundation/secrets.ts'
import type { CustomHeader, EndpointRow } from './table.ts'

/** Headers an endpoint may have of its own, and how long their values may be, characters. */
export const HEADERS_MAX = 20
export const HEADER_VALUE_LENGTH_MAX = 2_048

/** What connection and message are made of, what says who is calling, and what we sign: nobody else may write these. */
const RESERVED = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'date',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'via',
])
const RESERVED_PREFIXES = ['webhook-', 'svix-', 'proxy-', 'sec-', 'x-forwarded-', 'x-real-ip', ':']

const isReserved = (name: string): boolean =>
  RESERVED.has(name) || RESERVED_PREFIXES.some((prefix) => name.startsWith(prefix))

/** Shorter values give nothing of themselves away. */
const HINTED_LENGTH_MIN = 16

/** What may be shown of a value: that there is one, and of a long one the last four characters. */
const hintOf = (value: string): string =>
  value.length < HINTED_LENGTH_MIN ? '…' : `…${value.slice(-4)}`

/** Where the value of a header is kept, which it is sealed for. */
const placeOf = (tenantId: string, endpointId: string, name: string): Place => ({
  tenantId,
  table: 'webhook_endpoint',
  column: 'custom_headers',
  rowId: `${endpointId}/${name}`,
})

type Owner = Pick<EndpointRow, 'tenant_id' | 'id' | 'custom_headers'>

/**
 * An endpoint's headers after a merge patch: null removes one, those that are not named stay. A value that is the same
 * as before keeps its seal, so that a repeated patch changes nothing. Names are kept in lower case.
 */
export function mergeHeaders(
  secrets: Secrets,
  { tenant_id, id, custom_headers }: Owner,
  patch: Readonly<Record<string, string | null>>,
): Record<string, CustomHeader> {
  refuseBadNames(Object.keys(patch))
  const merged = new Map(Object.entries(custom_headers))
  for (const [given, value] of Object.entries(patch)) {
    const name = given.toLowerCase()
    const place = placeOf(tenant_id, id, name)
    const known = merged.get(name)
    if (value === null) merged.delete(name)
    else if (known === undefined || !opensTo(value, known, secrets, place))
      merged.set(name, { sealed: secrets.seal(value, place), hint: hintOf(value) })
  }
  if (merged.size > HEADERS_MAX) {
    throw invalidFields({
      pointer: '#/custom_headers',
      code: 'maxProperties',
      detail: `must NOT have more than ${HEADERS_MAX} properties`,
      params: { limit: HEADERS_MAX },
    })
  }
  return Object.fromEntries([...merged].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Headers are secrets that were meant for one server: whoever points an endpoint to another has to give them anew or
 * remove them, so that nobody learns what he could not read.
 */
export function refuseCarriedHeaders(
  { url, custom_headers }: Pick<EndpointRow, 'url' | 'custom_headers'>,
  wantedUrl: string | undefined,
  patch: Readonly<Record<string, string | null>>,
): void {
  if (wantedUrl === undefined || new URL(wantedUrl).origin === new URL(url).origin) return
  const given = new Set(Object.keys(patch).map((name) => name.toLowerCase()))
  const carried = Object.keys(custom_headers).filter((name) => !given.has(name))
  if (carried.length === 0) return
  throw invalidFields({
    pointer: '#/custom_headers',
    code: 'not_carried_over',
    detail: 'must be given anew, or removed with null, for another server',
    params: { headers: carried },
  })
}

/** False also where no key of this process opens it, so that it can be written anew. */
function opensTo(value: string, { sealed }: CustomHeader, secrets: Secrets, place: Place): boolean {
  try {
    return secrets.open(sealed, place) === value
  } catch (error) {
    if (error instanceof SecretUnreadable) return false
    throw error
  }
}

/** What an endpoint's headers are to be, all of them, as a patch of what they are. */
export const replacingHeaders = (
  { custom_headers }: Pick<Owner, 'custom_headers'>,
  wanted: Readonly<Record<string, string>>,
): Record<string, string | null> => {
  const kept = new Set(Object.keys(wanted).map((name) => name.toLowerCase()))
  const removed = Object.keys(custom_headers).filter((name) => !kept.has(name))
  return { ...Object.fromEntries(removed.map((name) => [name, null])), ...wanted }
}

function refuseBadNames(names: readonly string[]): void {
  const lower = names.map((name) => name.toLowerCase())
  const faults = names.flatMap((name, index) => {
    const own = lower[index] as string
    const pointer = `#/custom_headers/${name}`
    if (isReserved(own))
      return [{ pointer, code: 'reserved', detail: 'this header is written by the service alone' }]
    if (lower.indexOf(own) !== index)
      return [{ pointer, code: 'duplicate', detail: 'header names do not differ by case' }]
    return []
  })
  if (faults.length > 0) throw invalidFields(...faults)
}

/** The headers as they are sent. Throws a `SecretUnreadable` where no key of this process opens one. */
export const openHeaders = (
  secrets: Secrets,
  { tenant_id, id, custom_headers }: Owner,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(custom_headers).map(([name, { sealed }]) => [
      name,
      secrets.open(sealed, placeOf(tenant_id, id, name)),
    ]),
  )
