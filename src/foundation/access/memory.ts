import type { Wake } from '../wake.ts'

/** How long what was looked up is believed; other replicas see a change after this at the latest. */
const BELIEVED_MS = 5_000
const REMEMBERED_MAX = 10_000

/** What a look-up found, and for how long it can be true at most; null when nothing ends it. */
export interface Found<T> {
  value: T
  validMs: number | null
}

/**
 * Remembers for five seconds what is asked with every request, so that the hot path costs no query and simultaneous
 * requests share one. A change of credentials or tenants in this process empties the memory at once; failures are not
 * remembered.
 */
export function createMemory<T>(
  wake: Wake,
): (name: string, lookUp: () => Promise<Found<T>>) => Promise<T> {
  let memory = new Map<string, { found: Promise<Found<T>>; until: number }>()
  wake.on('credentials', () => {
    memory = new Map()
  })

  return async (name, lookUp) => {
    const known = memory.get(name)
    if (known !== undefined && performance.now() < known.until) return (await known.found).value

    // A look-up that began before the memory was emptied keeps its result to itself: it goes into the old map.
    const current = memory
    const startedAt = performance.now()
    const entry = { found: lookUp(), until: startedAt + BELIEVED_MS }
    if (current.size >= REMEMBERED_MAX) current.delete(current.keys().next().value as string)
    current.delete(name)
    current.set(name, entry)
    try {
      const { value, validMs } = await entry.found
      if (validMs !== null) entry.until = Math.min(entry.until, startedAt + validMs)
      return value
    } catch (error) {
      if (current.get(name) === entry) current.delete(name)
      throw error
    }
  }
}
