import type { Ask } from './random-year.ts'

// biome-ignore lint/suspicious/noExplicitAny: events carry objects of every shape
type Json = any

/** What an integrator knows: of each resource the newest event it has seen, by id. */
export type Known = Map<string, Json>

/** Takes an event in; older than what is known of its resource it tells nothing new. */
export function take(known: Known, event: Json): void {
  const before = known.get(event.related.id)
  if (before === undefined || before.entity_sequence < event.entity_sequence)
    known.set(event.related.id, event)
}

/** What is there, of all that is known: not what was deleted. */
export const there = (known: Known): Known =>
  new Map(
    [...known].filter(
      ([, { type }]) => !type.endsWith('.deleted') && type !== 'webhook_endpoint.test',
    ),
  )

/** Everything at a position of the feed, and the position. */
export async function readSnapshot(ask: Ask): Promise<{ known: Known; at: number }> {
  const known: Known = new Map()
  let page = await ask('GET', '/v1/snapshot?limit=100')
  for (;;) {
    for (const event of page.data) take(known, event)
    if (!page.has_more) return { known, at: page.at_sequence }
    page = await ask('GET', `/v1/snapshot?limit=100&cursor=${page.next_cursor}`)
  }
}

/** Follows the feed from a snapshot, and keeps what it knows only now and then. */
export interface Follower {
  /** Follows until the other says that nothing more will come, and the feed is at its end. */
  follow(isOver: () => boolean): Promise<void>
  /** Dies, and starts again with what it had kept last. */
  crash(): void
  known(): Known
}

const EVENTS_PER_CHECKPOINT = 60

export async function startFollower(ask: Ask): Promise<Follower> {
  let { known, at } = await readSnapshot(ask)
  let kept = { known: new Map(known), at }
  let lives = 1
  return {
    async follow(isOver) {
      for (;;) {
        const life = lives
        const wasOver = isOver()
        const page = await ask('GET', `/v1/events?sequence_gt=${at}&limit=50&wait=1`)
        if (life !== lives) continue
        for (const event of page.data) take(known, event)
        at = page.last_sequence
        if (at - kept.at > EVENTS_PER_CHECKPOINT) kept = { known: new Map(known), at }
        if (page.data.length === 0 && wasOver) return
      }
    },
    crash() {
      lives += 1
      known = new Map(kept.known)
      at = kept.at
    },
    known: () => known,
  }
}
