import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'

/** A webhook as it came in. */
export interface Received {
  at: number
  path: string
  headers: IncomingHttpHeaders
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: events carry objects of every shape
  event: any
}

export interface Receiver {
  url: string
  received: Received[]
  /** The most attempts that were open at one time. */
  concurrency: () => number
  /** Waits until so many have come in. */
  until(count: number, ms?: number): Promise<void>
  close(): Promise<void>
}

/** How a receiver answers; by default 204 at once. */
type Answer = (received: Received, response: ServerResponse) => unknown

const secretsOf = new Map<string, string[]>()

/** Says with which secret deliveries to a URL may be signed; a receiver with one refuses, at its end, all others. */
export function expectSecret(url: string, secret: string): void {
  secretsOf.set(url, [...(secretsOf.get(url) ?? []), secret])
}

function isSigned(url: string, one: Received): boolean {
  const secrets = secretsOf.get(url)
  if (secrets === undefined) return true
  return secrets.some((secret) => {
    try {
      return verify(secret, one) !== undefined
    } catch {
      return false
    }
  })
}

/**
 * Somebody else's server, as far as we are concerned: it really listens, and keeps what it got. Whatever it got must
 * have been signed.
 */
export async function receiver(
  t: { teardown(handler: () => unknown): void },
  answer: Answer = (_, response) => response.writeHead(204).end(),
): Promise<Receiver> {
  const received: Received[] = []
  let open = 0
  let most = 0
  /** What was found to be signed when it came: a signature holds for some minutes only. */
  const judged = new Set<Received>()
  const server = createServer((request, response) => {
    open += 1
    most = Math.max(most, open)
    response.on('close', () => {
      open -= 1
    })
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const one = {
        at: Date.now(),
        path: request.url ?? '',
        headers: request.headers,
        text,
        event: JSON.parse(text),
      }
      received.push(one)
      if (secretsOf.has(url) && isSigned(url, one)) judged.add(one)
      answer(one, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`
  t.teardown(async () => {
    await close()
    const unsigned = received.filter((one) => !judged.has(one) && !isSigned(url, one)).length
    if (unsigned > 0)
      throw new Error(`${unsigned} of ${received.length} deliveries to ${url} are not signed`)
  })
  return {
    url,
    received,
    concurrency: () => most,
    close,
    until: (count, ms) =>
      until(
        () => received.length >= count,
        ms,
        () => `${received.length} of ${count} received`,
      ),
  }
}

/** Waits until something is true. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  ms = 10_000,
  why: () => string = () => 'it did not come true',
): Promise<void> {
  const end = Date.now() + ms
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`after ${ms} ms ${why()}`)
    await sleep(10)
  }
}

/** Verifies as receivers do, with the package of the standard; throws when the signature is wrong. */
export const verify = (secret: string, { text, headers }: Received): unknown =>
  new Webhook(secret).verify(text, headers as Record<string, string>)
