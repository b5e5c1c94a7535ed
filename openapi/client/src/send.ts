import { problemIn, ReceivablesError } from './error.ts'
import { isWorthRepeating, type Outcome, type Patience, waitMs } from './retry.ts'
import type { Method, RawBody, RequestOptions } from './shapes.ts'

/**
 * Gives the credential for a request. After a 401 it is asked once more with `renew`, for a token that is not the
 * refused one.
 */
export type TokenSupplier = (ask: { renew: boolean }) => string | Promise<string>

/** What every request of a client has in common. */
export interface Sender {
  baseUrl: string
  token: string | TokenSupplier
  patience: Patience
  fetch: typeof globalThis.fetch
}

/** A request whose types were checked at the door. */
export interface LooseOptions extends RequestOptions {
  path?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  contentType?: string
}

/** An answer, and what was read of it. */
export interface Answered<T> {
  response: Response
  read: T
}

/**
 * Sends a request until it is answered, patience ends, or a repeat could do something twice. Every try of a POST
 * carries the same Idempotency-Key. `read` is part of the try: an answer that breaks off is asked for again.
 */
export async function send<T>(
  sender: Sender,
  method: Method,
  path: string,
  options: LooseOptions,
  read: (response: Response) => Promise<T>,
): Promise<Answered<T>> {
  const url = addressOf(sender.baseUrl, path, options)
  const init = { method: method.toUpperCase(), ...content(method, options) }
  const isRepeatable = method !== 'patch' || options.ifMatch !== undefined
  let isRenewed = typeof sender.token === 'string'
  authorize(init.headers, await tokenOf(sender, false))
  for (let attempt = 1; ; attempt += 1) {
    const { answered, outcome, error } = await tryOnce(sender, url, init, options, read)
    if (answered !== undefined) return answered
    if (outcome.status === 401 && !isRenewed) {
      isRenewed = true
      authorize(init.headers, await tokenOf(sender, true))
      continue
    }
    const wait = waitMs(outcome, attempt, sender.patience.waitMsMax)
    if (
      options.signal?.aborted ||
      attempt >= sender.patience.triesMax ||
      wait === undefined ||
      !isWorthRepeating(outcome, isRepeatable)
    ) {
      throw error
    }
    await pause(wait, options.signal)
  }
}

const tokenOf = async ({ token }: Sender, renew: boolean): Promise<string> =>
  typeof token === 'string' ? token : token({ renew })

const authorize = (headers: Headers, token: string): void =>
  headers.set('authorization', `Bearer ${token}`)

/** The answer, or why there is none. */
interface Tried<T> {
  answered?: Answered<T>
  outcome: Outcome
  error?: unknown
}

async function tryOnce<T>(
  sender: Sender,
  url: string,
  init: { method: string; headers: Headers; body?: RawBody },
  { signal, timeoutMs = sender.patience.timeoutMs }: LooseOptions,
  read: (response: Response) => Promise<T>,
): Promise<Tried<T>> {
  const deadline = new AbortController()
  const timer = setTimeout(
    () => deadline.abort(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError')),
    timeoutMs,
  )
  try {
    const response = await sender.fetch(url, {
      ...init,
      signal: signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]),
    })
    if (response.ok) return { answered: { response, read: await read(response) }, outcome: {} }
    const problem = problemIn(await response.text())
    return {
      outcome: {
        status: response.status,
        code: problem.code,
        retryAfter: response.headers.get('retry-after'),
      },
      error: new ReceivablesError(response.status, problem),
    }
  } catch (error) {
    return { outcome: {}, error }
  } finally {
    clearTimeout(timer)
  }
}

/** Lists are comma-separated, as the document says; what is undefined is left out. */
function addressOf(baseUrl: string, path: string, { path: values = {}, query = {} }: LooseOptions) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values[name])),
  )
  const url = new URL(baseUrl.replace(/\/$/, '') + filled)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url.href
}

function content(method: Method, { body, contentType, ...options }: LooseOptions) {
  const headers = new Headers(options.headers)
  const { ifMatch, idempotencyKey = crypto.randomUUID() } = options
  if (method === 'post' && !headers.has('idempotency-key')) {
    headers.set('idempotency-key', idempotencyKey)
  }
  if (ifMatch !== undefined) {
    headers.set('if-match', typeof ifMatch === 'string' ? ifMatch : `"${ifMatch.version}"`)
  }
  if (body === undefined) return { headers }
  // A form brings its content type, with the boundary, by itself.
  const type =
    contentType ?? (method === 'patch' ? 'application/merge-patch+json' : 'application/json')
  if (type !== 'multipart/form-data') headers.set('content-type', type)
  return { headers, body: contentType === undefined ? JSON.stringify(body) : (body as RawBody) }
}

/** Waits, and throws what the signal says when it aborts. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
