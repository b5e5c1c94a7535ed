/** Chance that repeats itself: the same seed gives the same company. */
export interface Chance {
  /** At least 0, less than 1. */
  share(): number
  /** True this often. */
  is(probability: number): boolean
  /** A whole number; both ends are possible. */
  between(least: number, most: number): number
  one<T>(of: readonly T[]): T
  /** The index of a weight, as often as the weight says. */
  weighted(weights: readonly number[]): number
  /** From a log-normal distribution with this median: many small ones, few large ones. */
  logNormal(median: number, sigma: number): number
}

/** Mulberry32: 32 bits of state, good enough to make up a company, and the same on every machine. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number) => least + Math.floor(share() * (most - least + 1))
  return {
    share,
    is: (probability) => share() < probability,
    between,
    one: (of) => of[between(0, of.length - 1)] as (typeof of)[number],
    weighted(weights) {
      let left = share() * weights.reduce((total, weight) => total + weight, 0)
      const index = weights.findIndex((weight) => {
        left -= weight
        return left < 0
      })
      return index === -1 ? weights.length - 1 : index
    },
    logNormal(median, sigma) {
      const normal = Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share())
      return median * Math.exp(sigma * normal)
    },
  }
}
