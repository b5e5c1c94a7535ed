import type { Reader } from '../foundation/database/frame.ts'
import { NO_HASH } from './hashes.ts'
import {
  type BlockRow,
  blocksAfter,
  eventHashesOf,
  findBlock,
  hashEvents,
  hashOf,
} from './queries.ts'
import { redactedHashes } from './redactions.ts'

/** What can be wrong with a chain, from the block down to the event. */
export const faultKinds = [
  'block_missing',
  'chain_broken',
  'block_altered',
  'event_missing',
  'event_altered',
] as const

/** Something that is not as it was sealed. */
export interface Fault {
  kind: (typeof faultKinds)[number]
  block: number
  /** The position in the feed; null where the block itself is wrong. */
  position: number | null
}

/** What a stretch of the chain looks like. */
export interface Examined {
  /** The last block that was looked at; null when there was none. */
  lastBlock: number | null
  eventCount: number
  faults: Fault[]
  /** Whether blocks follow. */
  more: boolean
}

/**
 * Hashes the events of some blocks again and compares them, the blocks and their links with what was sealed. An event in
 * which a person was pseudonymised has to be as that left it.
 */
export async function examineChain(
  reader: Reader,
  after: number,
  limit: number,
): Promise<Examined> {
  const blocks = await blocksAfter(reader, after, limit + 1)
  const more = blocks.length > limit
  const examined: Examined = { lastBlock: null, eventCount: 0, faults: [], more }
  let previous = after > 0 ? await findBlock(reader, after) : undefined
  for (const block of blocks.slice(0, limit)) {
    examined.faults.push(
      ...linkFaults(block, previous, after),
      ...(await eventFaults(reader, block)),
    )
    examined.eventCount += block.last_position - block.first_position + 1
    examined.lastBlock = block.number
    previous = block
  }
  return examined
}

/** Whether a block is itself, follows the one before, and goes on where that ended. */
function linkFaults(block: BlockRow, previous: BlockRow | undefined, after: number): Fault[] {
  const faults: Fault[] = []
  const state = (kind: Fault['kind'], number = block.number) =>
    faults.push({ kind, block: number, position: null })
  const before = previous?.number ?? after
  for (let number = before + 1; number < block.number; number += 1) state('block_missing', number)
  const follows =
    block.previous_hash === (previous?.hash ?? NO_HASH) &&
    (previous === undefined || block.first_position === previous.last_position + 1)
  if (!follows) state('chain_broken')
  if (hashOf(block, eventHashesOf(block)) !== block.hash) state('block_altered')
  return faults
}

async function eventFaults(reader: Reader, block: BlockRow): Promise<Fault[]> {
  const { first_position: first, last_position: last, number } = block
  const limit = last - first + 1
  const found = new Map(
    (await hashEvents(reader, first, { last, limit })).map(({ position, hash }) => [
      position,
      hash,
    ]),
  )
  const redacted = await redactedHashes(reader, first, last)
  return eventHashesOf(block).flatMap((sealed, index): Fault[] => {
    const position = first + index
    const hash = found.get(position)
    if (hash === sealed || (hash !== undefined && hash === redacted.get(position))) return []
    const kind = hash === undefined ? 'event_missing' : 'event_altered'
    return [{ kind, block: number, position }]
  })
}
