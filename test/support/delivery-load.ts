import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import type { TestTenant } from './app.ts'
import { endpointFor } from './webhooks.ts'

/**
 * How a receiver behaves. In eight ways it does not: `failing` refuses everything, `flaky` every event once, `busy` every
 * event once and says when to come again, `gone` wants no more, `resetting` breaks the connection off, `dripping` refuses
 * and never ends its answer, `hanging` never begins one, `dead` does not even listen.
 */
export type Manner = 'well' | (typeof misbehaviours)[number]

export const misbehaviours = [
  'failing',
  'flaky',
  'busy',
  'gone',
  'resetting',
  'dripping',
  'hanging',
  'dead',
] as const

/** One attempt as a receiver saw it. */
export interface Arrival {
  entity: string
  entitySequence: number
  eventId: string
  /** From the commit of the event to its arrival, milliseconds. */
  latencyMs: number
}

/** A receiver and the endpoint that leads to it. */
export interface FleetMember {
  manner: Manner
  endpointId: string
  /** Every attempt, in the order in which they came. */
  arrivals: Arrival[]
}

export interface Fleet {
  members: FleetMember[]
  /** Adds receivers and their endpoints; each gets what happens from here on. */
  join(manner: Manner, count: number): Promise<void>
  /** Changes how one that was there behaves from here on. */
  turn(member: FleetMember, manner: Manner): Promise<void>
  /** Why deliveries were refused by the verifier of the standard. Should stay empty. */
  refusals: string[]
  /** Where a receiver that behaves well can be posted to. */
  url: string
}

interface Teardown {
  teardown(handler: () => unknown): void
}

/**
 * Receivers of all manners, each with an endpoint of its own that listens to customers. Those that behave well have one
 * host, the others another: connections are kept for each host, and who breaks one breaks it for all who share it.
 */
export async function startFleet(t: Teardown, tenant: TestTenant): Promise<Fleet> {
  const members: FleetMember[] = []
  const webhooks: Webhook[] = []
  const seen: Set<string>[] = []
  const refusals: string[] = []

  const receive = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const index = Number(request.url?.slice(1))
      const member = members[index]
      if (member === undefined) return void response.writeHead(204).end()
      const arrival = arrivalOf(webhooks[index] as Webhook, Buffer.concat(chunks), request.headers)
      if (typeof arrival === 'string') {
        refusals.push(arrival)
        return void response.writeHead(401).end()
      }
      const isRepeat = seen[index]?.has(arrival.eventId) === true
      seen[index]?.add(arrival.eventId)
      member.arrivals.push(arrival)
      answer(member.manner, isRepeat, response)
    })
  }
  const port = await listen(t, receive)
  const others = await listen(t, receive)
  const nobody = await closedPort()
  const portOf = (manner: Manner) =>
    manner === 'well' ? port : manner === 'dead' ? nobody : others
  const urlOf = (manner: Manner, index: number) => `http://127.0.0.1:${portOf(manner)}/${index}`

  return {
    members,
    refusals,
    url: `http://127.0.0.1:${port}/spare`,
    async turn(member, manner) {
      member.manner = manner
      const url = urlOf(manner, members.indexOf(member))
      const path = `/v1/webhook-endpoints/${member.endpointId}`
      const { status, body } = await tenant.api('PATCH', path, { url })
      if (status !== 200) throw new Error(JSON.stringify(body))
    },
    async join(manner, count) {
      for (let n = 0; n < count; n += 1) {
        const url = urlOf(manner, members.length)
        const { id, secret } = await endpointFor(tenant, url, { event_types: ['customer.*'] })
        webhooks.push(new Webhook(secret))
        seen.push(new Set())
        members.push({ manner, endpointId: id, arrivals: [] })
      }
    },
  }
}

/** Listens until the test ends, and answers the port. */
async function listen(t: Teardown, receive: RequestListener): Promise<number> {
  const server = createServer(receive).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  return (server.address() as AddressInfo).port
}

function arrivalOf(webhook: Webhook, body: Buffer, headers: IncomingHttpHeaders): Arrival | string {
  const now = Date.now()
  try {
    const event = webhook.verify(body, headers as Record<string, string>) as {
      id: string
      timestamp: string
      entity_sequence: number
      data: { object: { id: string } }
    }
    return {
      entity: event.data.object.id,
      entitySequence: event.entity_sequence,
      eventId: event.id,
      latencyMs: now - Date.parse(event.timestamp),
    }
  } catch (error) {
    return String(error)
  }
}

const DRIP_MS = 100

function answer(manner: Manner, isRepeat: boolean, response: ServerResponse): void {
  if (manner === 'hanging') return
  if (manner === 'resetting') response.socket?.destroy()
  else if (manner === 'dripping') drip(response.writeHead(500))
  else {
    if (manner === 'busy' && !isRepeat) response.setHeader('retry-after', '1')
    response.writeHead(statusOf(manner, isRepeat)).end()
  }
}

function statusOf(manner: Manner, isRepeat: boolean): number {
  if (manner === 'failing') return 503
  if (manner === 'gone') return 410
  if (manner === 'flaky' && !isRepeat) return 503
  if (manner === 'busy' && !isRepeat) return 429
  return 204
}

function drip(response: ServerResponse): void {
  const dripping = setInterval(() => response.write('.'), DRIP_MS)
  response.once('close', () => clearInterval(dripping))
}

async function closedPort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/**
 * Changes customers in turn, so many times a second, each change an event of its own; changes of one customer follow
 * each other. Answers when all are made.
 */
export async function changeCustomers(
  { api }: TestTenant,
  customerIds: readonly string[],
  { changes, perSecond }: { changes: number; perSecond: number },
): Promise<void> {
  const startedAt = performance.now()
  const last = new Map<string, Promise<void>>()
  for (let change = 0; change < changes; change += 1) {
    const id = customerIds[change % customerIds.length] as string
    const wait = startedAt + (change * 1_000) / perSecond - performance.now()
    if (wait > 1) await sleep(wait)
    const before = last.get(id)
    const patch = async () => {
      await before
      const { status, body } = await api('PATCH', `/v1/customers/${id}`, {
        name: `Name ${change} of ${startedAt}`,
      })
      if (status !== 200) throw new Error(JSON.stringify(body))
    }
    last.set(id, patch())
  }
  await Promise.all(last.values())
}

/** How many deliveries of an endpoint stand how, as the API lists them. */
export async function deliveriesOf(
  { api }: TestTenant,
  endpointId: string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  let cursor: string | null = ''
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${cursor}`
    const { body } = await api(
      'GET',
      `/v1/webhook-endpoints/${endpointId}/deliveries?limit=200${after}`,
    )
    for (const { status } of body.data as { status: string }[])
      counts[status] = (counts[status] ?? 0) + 1
    cursor = body.next_cursor
  }
  return counts
}

/**
 * Events that were told after a later one of the same entity: there should be none. Repeats, which a receiver drops by
 * their id, do not count: one that was given up as too slow may still come.
 */
export function disorderOf({ arrivals, endpointId }: FleetMember): string[] {
  const told = new Set<string>()
  const latest = new Map<string, number>()
  return arrivals.flatMap(({ eventId, entity, entitySequence }) => {
    if (told.has(eventId)) return []
    told.add(eventId)
    const before = latest.get(entity) ?? 0
    latest.set(entity, Math.max(before, entitySequence))
    return entitySequence < before
      ? [`${endpointId}: number ${entitySequence} of ${entity} came after ${before}`]
      : []
  })
}

/** The latency below which 95 of 100 first arrivals lie, milliseconds. */
export function p95Of(
  members: readonly FleetMember[],
  from = 0,
  to = Number.POSITIVE_INFINITY,
): number {
  const latencies = members
    .flatMap(({ arrivals }) => arrivals.slice(from, to))
    .map(({ latencyMs }) => latencyMs)
    .sort((a, b) => a - b)
  return latencies[Math.floor(latencies.length * 0.95)] ?? Number.NaN
}
