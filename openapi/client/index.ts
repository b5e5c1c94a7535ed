import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import createFetchClient, { type Client } from 'openapi-fetch'
import type { paths } from './schema.d.ts'

export type { components, operations, paths, webhooks } from './schema.d.ts'

export interface ClientOptions {
  /** Where the service answers, such as `https://receivables.example.org`. */
  baseUrl: string
  /** An API key, or an access token; a function is asked for each request, so that tokens can be renewed. */
  token: string | (() => string | Promise<string>)
  /** How often a request that may safely be repeated is tried in all. */
  triesMax?: number
  /** The longest wait between two tries, milliseconds. A longer Retry-After is not waited for. */
  waitMsMax?: number
  /** Sends a request; by default the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>
}

export type ReceivablesClient = Client<paths>

/**
 * A client typed by the OpenAPI document. Every POST carries an Idempotency-Key, the same on each of its tries; what
 * the service asks to repeat (429, 503, a first request still running) is repeated after Retry-After, and so is what
 * never got an answer, as long as a repeat cannot do it twice.
 */
export function createClient({
  baseUrl,
  token,
  triesMax = 5,
  waitMsMax = 30_000,
  fetch: send = globalThis.fetch,
}: ClientOptions): ReceivablesClient {
  return createFetchClient<paths>({
    baseUrl,
    fetch: async (request) => {
      request.headers.set(
        'authorization',
        `Bearer ${typeof token === 'string' ? token : await token()}`,
      )
      if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
        request.headers.set('idempotency-key', randomUUID())
      }
      for (let attempt = 1; ; attempt += 1) {
        const last = attempt >= triesMax
        const answer = await send(last ? request : request.clone()).catch((error: unknown) => {
          if (last || !isRepeatable(request)) throw error
          return undefined
        })
        if (answer !== undefined && (last || !(await asksForRepeat(answer)))) return answer
        const wait = waitMs(answer, attempt)
        if (answer !== undefined && wait > waitMsMax) return answer
        await answer?.body?.cancel()
        await sleep(wait, undefined, { signal: request.signal })
      }
    },
  })
}

/** A PATCH may have been done although its answer was lost; unless If-Match protects it, only the caller can know. */
const isRepeatable = (request: Request): boolean =>
  request.method !== 'PATCH' || request.headers.has('if-match')

async function asksForRepeat(answer: Response): Promise<boolean> {
  if (answer.status === 429 || answer.status === 503) return true
  if (answer.status !== 409) return false
  const problem = (await answer
    .clone()
    .json()
    .catch(() => null)) as { code?: string } | null
  return problem?.code === 'idempotency_in_progress'
}

function waitMs(answer: Response | undefined, attempt: number): number {
  const seconds = Number(answer?.headers.get('retry-after') ?? Number.NaN)
  const asked = Number.isFinite(seconds) ? seconds * 1000 : 100 * 2 ** attempt
  return asked + Math.random() * 100
}
