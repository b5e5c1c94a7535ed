import type { ReceivablesClient } from '../../openapi/client/src/index.ts'

const PARALLEL = 8

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
export async function advance(client: ReceivablesClient, to: string): Promise<void> {
  await client.post('/v1/test-clock/advance', { body: { to } })
  await client.finished('/v1/test-clock')
}
