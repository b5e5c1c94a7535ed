import { Agent, type Dispatcher } from 'undici'
import type { Message } from './load-messages.ts'
import { signedHeaders } from './signature.ts'
import { TargetRefused, type Targets } from './target.ts'
import { retryAfterOf } from './timing.ts'

/** What came of one attempt. */
export interface Answered {
  at: Date
  /** Null when no answer came. */
  statusCode: number | null
  /** Why there was no 2xx answer, in a few words; null when there was one. */
  error: string | null
  latencyMs: number
  retryAfterSeconds: number | null
  /** What the receiver asks for in the header `webhook-delivery`: no more of this message, or no more at all. */
  asks: 'abort-message' | 'disable' | null
  /** The beginning of an answer that was not 2xx; null for private targets, whose answers are nobody's business. */
  response: string | null
}

/** More of an answer is not read, and of what is read no more is kept. */
const READ_BYTES_MAX = 65_536
const KEPT_BYTES_MAX = 1_024

/**
 * The connections webhooks go out on. Targets are checked when connecting; redirects are not followed; proxies named
 * by the environment are not used, since they would go around the check. How many attempts run at once is decided
 * elsewhere, per endpoint, so that two endpoints of one host do not wait for each other here.
 */
export const openAgent = (targets: Targets): Agent =>
  new Agent({
    connect: targets.connect,
    connections: null,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
  })

/**
 * Makes one attempt and never throws. The whole of it, from the DNS to the last byte that is read, ends after
 * `timeoutMs`; `signal` ends it too.
 */
export async function send(
  agent: Agent,
  targets: Targets,
  { endpoint, id, body }: Message,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Answered> {
  const at = new Date()
  const started = performance.now()
  const deadline = new AbortController()
  const stop = (): void => deadline.abort()
  const timer = setTimeout(stop, timeoutMs)
  signal.addEventListener('abort', stop)
  try {
    const { origin, pathname, search } = new URL(endpoint.url)
    const answer = await agent.request({
      origin,
      path: pathname + search,
      method: 'POST',
      headers: {
        ...endpoint.headers,
        'content-type': 'application/json',
        'user-agent': 'receivables-webhooks/1',
        ...signedHeaders(endpoint.secrets, { id, at, body }),
      },
      body,
      signal: deadline.signal,
    })
    const { statusCode, headers } = answer
    const isOk = statusCode >= 200 && statusCode < 300
    const text = await readAnswer(answer, isOk ? 0 : KEPT_BYTES_MAX)
    return {
      at,
      statusCode,
      error: isOk ? null : `answered ${statusCode}`,
      latencyMs: Math.round(performance.now() - started),
      retryAfterSeconds: isOk ? null : retryAfterOf(firstOf(headers['retry-after']), new Date()),
      asks: asksOf(firstOf(headers['webhook-delivery'])),
      response: isOk || targets.isPrivate(origin) ? null : blotted(text),
    }
  } catch (error) {
    const why = deadline.signal.aborted ? 'timeout' : reasonOf(error)
    return unanswered(at, why, Math.round(performance.now() - started))
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

/** An attempt that no answer came to. */
export const unanswered = (at: Date, error: string, latencyMs: number): Answered => ({
  at,
  statusCode: null,
  error,
  latencyMs,
  retryAfterSeconds: null,
  asks: null,
  response: null,
})

function asksOf(header: string | undefined): Answered['asks'] {
  const asked = header?.trim().toLowerCase()
  return asked === 'abort-message' || asked === 'disable' ? asked : null
}

const firstOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header

/** Reads an answer to its end or its limit, so that the connection can be used again, and keeps the beginning. */
async function readAnswer({ body }: Dispatcher.ResponseData, keep: number): Promise<string> {
  const kept: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (size < keep) kept.push(chunk.subarray(0, keep - size))
      size += chunk.length
      if (size > READ_BYTES_MAX) break
    }
  } catch {
    // The status has been received, and it is the answer; a body that breaks off changes nothing.
  }
  return Buffer.concat(kept).toString('utf8')
}

/** Takes out what looks like a secret, and characters that cannot be stored. */
const blotted = (text: string): string =>
  text
    .replace(/\bwhs(ec|k)_[\w+/=-]+/g, 'whs$1_…')
    .replace(/\bv1a?,[\w+/=-]{20,}/g, 'v1,…')
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 …')
    .replace(/\bark_(live|test)_\w+/g, 'ark_$1_…')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ')

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'the name has no address',
  EAI_AGAIN: 'the name could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'timeout while connecting',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_HEADERS_OVERFLOW: 'the answer has too many headers',
}

/** A few words about a failure: no addresses, since the tenant reads them and the network is ours. */
function reasonOf(error: unknown): string {
  if (error instanceof TargetRefused) return `not allowed: ${error.message}`
  const { code, errors } = error as { code?: string; errors?: unknown[] }
  if (errors?.[0] !== undefined && code === undefined) return reasonOf(errors[0])
  if (code === undefined) return 'the attempt failed'
  return reasons[code] ?? (/CERT|TLS|SSL|SIGNATURE|ISSUER/.test(code) ? `TLS: ${code}` : code)
}
