import type { ReceivablesClient } from '../../openapi/client/src/index.ts'
import {
  blockHash,
  eventHash,
  type HashedEvent,
  NO_HASH,
  redactionsHash,
} from '../../src/audit/hashes.ts'

/** What came of reading feed and chain side by side. */
export interface Verdict {
  blocks: number
  events: number
  /** How many of them were redacted with leave. */
  redacted: number
  /** The hash of the last block. */
  head: string
  /** The first thing that is not as it was sealed; null when all is. */
  difference: Difference | null
}

export interface Difference {
  /** The block, or null where the chain ends too early. */
  block: number | null
  /** The position in the feed, or null where it is about the block itself. */
  sequence: number | null
  reason: string
}

interface Block {
  number: number
  first_sequence: number
  last_sequence: number
  previous_hash: string
  sealed_at: string
  hash: string
  event_hashes: string[]
}

/**
 * Computes the whole chain again from what the service serves over HTTP, believing none of its hashes, and stops at the
 * first difference. `held` is the hash of a block that was kept elsewhere: it must be in the chain.
 */
export async function checkChain(client: ReceivablesClient, held?: string): Promise<Verdict> {
  const { id: tenantId } = await client.get('/v1/tenant')
  const verdict: Verdict = { blocks: 0, events: 0, redacted: 0, head: NO_HASH, difference: null }
  const seen = new Set<string>()
  let events: AsyncIterator<HashedEvent> | undefined
  let next = 0
  const redactions = await redactionsOf(client)
  for await (const { number } of client.list('/v1/audit/blocks', { query: { limit: 200 } })) {
    const block = await client.get('/v1/audit/blocks/{number}', { path: { number } })
    events ??= feedFrom(client, block.first_sequence)
    const reason = differenceOf(block, tenantId, verdict, next)
    const sequence = reason === null ? await firstDifferent(block, events, redactions) : null
    if (reason !== null || sequence !== null) {
      const because = reason ?? 'the event is not the one that was sealed here'
      return { ...verdict, difference: { block: number, sequence, reason: because } }
    }
    verdict.blocks += 1
    verdict.events += block.event_hashes.length
    verdict.redacted = redactions.hashes.size
    verdict.head = block.hash
    next = block.last_sequence + 1
    seen.add(block.hash)
  }
  if (held !== undefined && !seen.has(held)) {
    const reason = `no block has the hash ${held} that was kept: the chain was written anew`
    return { ...verdict, difference: { block: null, sequence: null, reason } }
  }
  return { ...verdict, difference: unfoundedRedaction(redactions) }
}

/** Why a block does not follow the one before it, or is not what its hash says; null when all is well. */
function differenceOf(
  block: Block,
  tenantId: string,
  { blocks, head }: Verdict,
  next: number,
): string | null {
  if (block.number !== blocks + 1) return `block ${blocks + 1} is missing`
  if (block.previous_hash !== head) return 'it does not have the hash of the block before it'
  if (blocks > 0 && block.first_sequence !== next) return `the event at ${next} is in no block`
  if (block.event_hashes.length !== block.last_sequence - block.first_sequence + 1)
    return 'it does not have as many events as its place in the feed'
  const header = {
    tenantId,
    number: block.number,
    firstSequence: block.first_sequence,
    lastSequence: block.last_sequence,
    previousHash: block.previous_hash,
    sealedAt: block.sealed_at,
  }
  return blockHash(header, block.event_hashes) === block.hash
    ? null
    : 'its hash is not that of what it says'
}

/** The first position of a block where the feed has another event, or none; null when it has them all. */
async function firstDifferent(
  block: Block,
  events: AsyncIterator<HashedEvent>,
  redactions: Redactions,
): Promise<number | null> {
  for (const [index, sealed] of block.event_hashes.entries()) {
    const sequence = block.first_sequence + index
    const { value: event, done } = await events.next()
    if (done) return sequence
    const hash = eventHash(event)
    if (hash !== sealed && hash !== redactions.hashes.get(sequence)) return sequence
    const { redactions_hash: stated } = event.data.object
    if (event.type === 'customer.pseudonymized' && typeof stated === 'string')
      redactions.stated.set(event.id, stated)
  }
  return null
}

/** What was redacted with leave, as the service tells it, and what the sealed events say of it. */
interface Redactions {
  /** What an event hashes to since, by its position. */
  hashes: Map<number, string>
  /** All redactions of one time, by the event that says so. */
  byEvent: Map<string, [number, string][]>
  /** The hash over them that was seen in that event. */
  stated: Map<string, string>
}

async function redactionsOf(client: ReceivablesClient): Promise<Redactions> {
  const redactions: Redactions = { hashes: new Map(), byEvent: new Map(), stated: new Map() }
  const all = client.list('/v1/audit/redactions', { query: { limit: 200 } })
  for await (const { sequence, event_hash, redacted_by } of all) {
    redactions.hashes.set(sequence, event_hash)
    const same = redactions.byEvent.get(redacted_by)
    if (same) same.push([sequence, event_hash])
    else redactions.byEvent.set(redacted_by, [[sequence, event_hash]])
  }
  return redactions
}

/** A redaction that no sealed event owns up to; null when there is none. One that is not sealed yet shows as such. */
function unfoundedRedaction({ byEvent, stated }: Redactions): Difference | null {
  for (const [id, redactions] of byEvent) {
    if (stated.get(id) === redactionsHash(redactions)) continue
    const reason = `the redaction is not what the sealed event ${id} says`
    return { block: null, sequence: redactions[0]?.[0] ?? null, reason }
  }
  return null
}

const feedFrom = (client: ReceivablesClient, first: number): AsyncIterator<HashedEvent> =>
  client.list('/v1/events', { query: { sequence_gt: first - 1, limit: 200 } })
