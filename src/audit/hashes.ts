import { createHash } from 'node:crypto'
import { canonicalJson, type JsonValue } from './canonical-json.ts'

/** `previous_hash` of a tenant's first block. */
export const NO_HASH = '0'.repeat(64)

/** Of an event as `GET /v1/events` serves it, what is hashed: all that was true when it happened and stays so. */
export interface HashedEvent {
  id: string
  type: string
  timestamp: string
  sequence: number
  entity_sequence: number
  cause: object
  related: { id: string }
  data: { object: Record<string, unknown> }
}

/**
 * The hash of one event: SHA-256, in lower-case hex, of the UTF-8 bytes of the canonical JSON (RFC 8785) of an object
 * with the members `id`, `type`, `timestamp`, `sequence`, `entity_sequence`, `cause` and `data` of the event as it is
 * served, and `related_id`, which is the `id` of its `related`.
 */
export function eventHash(event: HashedEvent): string {
  const { id, type, timestamp, sequence, entity_sequence, cause, related, data } = event
  const hashed = { id, type, timestamp, sequence, entity_sequence, cause, data }
  return sha256(canonicalJson({ ...hashed, related_id: related.id } as unknown as JsonValue))
}

/** What of a block is hashed besides its events. */
export interface BlockHeader {
  /** The tenant's public id. */
  tenantId: string
  number: number
  firstSequence: number
  lastSequence: number
  previousHash: string
  /** As it is served. */
  sealedAt: string
}

/**
 * The hash of a block: SHA-256, in lower-case hex, of lines of ASCII that each end with one line feed: the words
 * `receivables audit block 1`, the tenant's id, the block's number, its first and its last sequence, the hash of the block
 * before it (64 zeros for the first), the instant it was sealed, and then the hash of each event in order.
 */
export function blockHash(header: BlockHeader, eventHashes: readonly string[]): string {
  const { tenantId, number, firstSequence, lastSequence, previousHash, sealedAt } = header
  const head = [FORM, tenantId, number, firstSequence, lastSequence, previousHash, sealedAt]
  return sha256([...head, ...eventHashes].map((line) => `${line}\n`).join(''))
}

/**
 * The hash of what was redacted at one time: SHA-256, in lower-case hex, of a line for each event in the order of the
 * feed, its `sequence`, a space and what it hashes to since, each ended by one line feed.
 */
export const redactionsHash = (redactions: Iterable<readonly [number, string]>): string =>
  sha256([...redactions].map(([sequence, hash]) => `${sequence} ${hash}\n`).join(''))

const FORM = 'receivables audit block 1'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
