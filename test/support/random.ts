/** Chance that is the same in every run: a small generator of pseudo-random numbers (mulberry32). */
export interface Chance {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number, both ends included. */
  between(min: number, max: number): number
  pick<T>(from: readonly T[]): T
  /** True so often. */
  happens(probability: number): boolean
  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K
}

export function chanceOf(seed: number): Chance {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    between,
    pick: <T>(from: readonly T[]): T => from[between(0, from.length - 1)] as T,
    happens: (probability) => next() < probability,
    weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
      const entries = Object.entries<number>(weights)
      let left = next() * entries.reduce((total, [, weight]) => total + weight, 0)
      for (const [key, weight] of entries) {
        left -= weight
        if (left < 0) return key as K
      }
      return entries.at(-1)?.[0] as K
    },
  }
}
