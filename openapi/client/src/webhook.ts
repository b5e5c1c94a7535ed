import type { ReceivablesEvent } from './shapes.ts'

/** Headers as the Web, Node.js and most frameworks hand them over. */
export type HeadersLike =
  | { get(name: string): string | null }
  | Record<string, string | readonly string[] | undefined>

export interface VerifyOptions {
  /** How old or how far ahead a delivery may be, seconds; by default 300. */
  toleranceSeconds?: number
  /** The present moment, milliseconds since 1970; by default the clock's. */
  now?: number
}

/** A delivery that must not be trusted: answer 401 and do nothing else with it. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError'
}

const TOLERANCE_SECONDS = 300
const utf8 = new TextEncoder()

/**
 * Verifies a delivery by Standard Webhooks and answers its event. Give it the bytes as they came, not parsed and
 * written again, and the endpoint's secret (`whsec_…`) or public key (`whpk_…`); several while a rotation lasts.
 *
 *     const event = await verifyWebhook(secret, request.headers, rawBody)
 *     if (event.type === 'invoice.overdue') console.log(event.data.object.open_amount)
 */
export async function verifyWebhook(
  keys: string | readonly string[],
  headers: HeadersLike,
  rawBody: string | Uint8Array,
  options: VerifyOptions = {},
): Promise<ReceivablesEvent> {
  await verifySignature(keys, headers, rawBody, options)
  const text = typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody)
  return JSON.parse(text) as ReceivablesEvent
}

/** Verifies a delivery of any sender that keeps to Standard Webhooks; throws a `WebhookVerificationError`. */
export async function verifySignature(
  keys: string | readonly string[],
  headers: HeadersLike,
  rawBody: string | Uint8Array,
  { toleranceSeconds = TOLERANCE_SECONDS, now = Date.now() }: VerifyOptions = {},
): Promise<void> {
  const id = header(headers, 'webhook-id')
  const timestamp = header(headers, 'webhook-timestamp')
  const signatures = header(headers, 'webhook-signature')
  if (!/^\d{1,12}$/.test(timestamp)) throw refusal('webhook-timestamp is not in seconds')
  if (Math.abs(now / 1000 - Number(timestamp)) > toleranceSeconds) {
    throw refusal(`webhook-timestamp is more than ${toleranceSeconds} s off`)
  }
  const content = joined(
    utf8.encode(`${id}.${timestamp}.`),
    typeof rawBody === 'string' ? utf8.encode(rawBody) : rawBody,
  )
  const isGenuine = await Promise.all(
    [keys].flat().map(async (key) => verifies(await readKey(key), signatures, content)),
  )
  if (!isGenuine.includes(true)) throw refusal('No signature matches')
}

type Bytes = Uint8Array<ArrayBuffer>

/** One key and the version of the signatures it verifies. */
interface Key {
  version: 'v1' | 'v1a'
  key: Awaited<ReturnType<typeof crypto.subtle.importKey>>
}

/** `whpk_` is a public Ed25519 key; everything else is a shared secret, with or without its prefix. */
async function readKey(text: string): Promise<Key> {
  const isPublic = text.startsWith('whpk_')
  const bytes = decoded(text.replace(/^wh(sec|pk)_/, ''))
  if (bytes === undefined || bytes.length === 0) throw new TypeError('The key is not base64')
  const algorithm = isPublic ? { name: 'Ed25519' } : { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['verify'])
  return { version: isPublic ? 'v1a' : 'v1', key }
}

/** Compares in constant time: Web Crypto does, for both kinds of keys. */
async function verifies(
  { version, key }: Key,
  signatures: string,
  content: Bytes,
): Promise<boolean> {
  for (const signature of signatures.split(' ')) {
    const [prefix, text = ''] = signature.split(',', 2)
    const bytes = prefix === version ? decoded(text) : undefined
    if (bytes && (await crypto.subtle.verify(key.algorithm.name, key, bytes, content))) return true
  }
  return false
}

function header(headers: HeadersLike, name: string): string {
  const value = isLookedUp(headers)
    ? headers.get(name)
    : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  if (typeof value !== 'string' || value === '') throw refusal(`${name} is missing`)
  return value
}

const isLookedUp = (headers: HeadersLike): headers is { get(name: string): string | null } =>
  typeof headers.get === 'function'

/** The bytes of a base64 text; undefined when it is none. */
function decoded(base64: string): Bytes | undefined {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}

function joined(head: Uint8Array, tail: Uint8Array): Bytes {
  const all = new Uint8Array(head.length + tail.length)
  all.set(head)
  all.set(tail, head.length)
  return all
}

const refusal = (reason: string): WebhookVerificationError => new WebhookVerificationError(reason)
