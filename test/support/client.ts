import { setTimeout as sleep } from 'node:timers/promises'
import type { components, ReceivablesClient } from '../../openapi/client/index.ts'

export type Event = components['schemas']['Event']

const PARALLEL = 8
const CLOCK_POLL_MS = 50
const PAGE = 200

/** The data of an answer; throws what the service said when it is none. */
export function answered<T>({
  data,
  error,
  response,
}: {
  data?: T
  error?: unknown
  response: Response
}): T {
  if (data !== undefined) return data
  throw new Error(`${response.url} answered ${response.status} ${JSON.stringify(error)}`)
}

/** Does something with each, a few at a time, in order of their beginning. */
export async function each<T>(
  all: readonly T[],
  work: (one: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < all.length) {
      const index = next
      next += 1
      await work(all[index] as T, index)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, lane))
}

/** What belongs together, in order of first appearance. */
export function grouped<K, T>(all: Iterable<T>, keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group === undefined) groups.set(keyOf(one), [one])
    else group.push(one)
  }
  return groups
}

/** Advances the test clock and waits until it has arrived: everything that happened is in the feed then. */
export async function advance({ GET, POST }: ReceivablesClient, to: string): Promise<void> {
  answered(await POST('/v1/test-clock/advance', { body: { to } }))
  while (answered(await GET('/v1/test-clock')).status !== 'ready') await sleep(CLOCK_POLL_MS)
}

/** The feed from its beginning, page by page; only some types, where they are named. */
export async function* readFeed(
  { GET }: ReceivablesClient,
  type?: string,
): AsyncGenerator<Event, void> {
  let after = 0
  for (;;) {
    const query = { limit: PAGE, ...(after > 0 && { sequence_gt: after }), ...(type && { type }) }
    const page = answered(await GET('/v1/events', { params: { query } }))
    yield* page.data
    after = page.data.at(-1)?.sequence ?? after
    if (!page.has_more) return
  }
}
