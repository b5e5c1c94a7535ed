import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'

/** An event as a webhook carries it; the members that tests ask for. */
export interface DeliveredEvent {
  id: string
  type: string
  timestamp: string
  tenant_id: string
  /** Its position in the feed. */
  sequence: number
  /** Its position among the events of the same entity, without gaps. */
  entity_sequence: number
  // biome-ignore lint/suspicious/noExplicitAny: events carry objects of every shape
  data: { object: any; previous_attributes?: any }
}

export interface WebhookReceiver {
  /** Where to post to, such as `http://127.0.0.1:41234/webhooks`; stays the same when it sleeps and wakes. */
  url: string
  /** Gives the endpoint's secret, which is only known once the endpoint exists. What came before counts as refused. */
  use(secret: string): void
  /** The verified events in the order of their first arrival. */
  events: DeliveredEvent[]
  /** How many deliveries came in whose signature was right, repeats included. */
  verifiedCount(): number
  /** Why deliveries were refused (401): each message of the verifying package. Should stay empty. */
  refusals: string[]
  /** How many verified deliveries repeated an event that was here before; at least once means that this may happen. */
  repeatCount(): number
  /** Answers 503 to everything from here on, or again 204. */
  beUnavailable(unavailable: boolean): void
  /** Waits until so many different events are here; throws after `ms`, by default 30 s. */
  until(count: number, ms?: number): Promise<void>
  /**
   * How the arrival disagrees with the feed: events of one entity that came before an earlier one of the same entity,
   * or after a gap. Empty when every entity was told in order.
   */
  disorder(): string[]
  /** How many events arrived after one with a higher position in the feed, whatever entity they are of. */
  overtakenCount(): number
  close(): Promise<void>
}

/**
 * An integrator's server: it listens on 127.0.0.1, verifies every delivery on its raw bytes with the package of the
 * standard, and remembers what came in which order. The service must be allowed to reach it:
 * `WEBHOOK_ALLOWED_CIDRS=127.0.0.0/8`.
 */
export async function startWebhookReceiver(t?: {
  teardown(handler: () => Promise<void>): void
}): Promise<WebhookReceiver> {
  const events: DeliveredEvent[] = []
  const refusals: string[] = []
  const seen = new Set<string>()
  let webhook: Webhook | undefined
  let verified = 0
  let unavailable = false

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (unavailable) return void response.writeHead(503).end()
      try {
        if (webhook === undefined) throw new Error('no secret yet')
        const headers = request.headers as Record<string, string>
        const event = webhook.verify(Buffer.concat(chunks), headers) as DeliveredEvent
        if (event.id !== headers['webhook-id'])
          throw new Error(`webhook-id is not the id of the event: ${event.id}`)
        verified += 1
        if (!seen.has(event.id)) events.push(event)
        seen.add(event.id)
        response.writeHead(204).end()
      } catch (error) {
        refusals.push(error instanceof Error ? error.message : String(error))
        response.writeHead(401).end()
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
  t?.teardown(close)

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    events,
    refusals,
    use(secret) {
      webhook = new Webhook(secret)
    },
    verifiedCount: () => verified,
    repeatCount: () => verified - events.length,
    beUnavailable(value) {
      unavailable = value
    },
    async until(count, ms = 30_000) {
      const end = Date.now() + ms
      while (events.length < count) {
        if (Date.now() > end)
          throw new Error(`after ${ms} ms ${events.length} of ${count} events have arrived`)
        await sleep(20)
      }
    },
    disorder: () => disorderOf(events),
    overtakenCount() {
      let highest = 0
      return events.filter(({ sequence }) => {
        const overtaken = sequence < highest
        highest = Math.max(highest, sequence)
        return overtaken
      }).length
    },
    close,
  }
}

/** The first event of an entity that an endpoint sees may have any place, since it may have subscribed late. */
function disorderOf(events: readonly DeliveredEvent[]): string[] {
  const last = new Map<string, number>()
  const disorder: string[] = []
  for (const { id, type, entity_sequence, data } of events) {
    const entity = String(data.object.id)
    const before = last.get(entity)
    if (before !== undefined && entity_sequence !== before + 1)
      disorder.push(`${type} ${id}: number ${entity_sequence} of ${entity} came after ${before}`)
    last.set(entity, entity_sequence)
  }
  return disorder
}
