import type { Claim } from './claim.ts'

/** How far the search goes; beyond it no answer is given rather than one that may not be the only one. */
const STEPS_MAX = 20_000
const DISTINCT_MAX = 500

/**
 * The one set of claims whose payables add up to an amount; empty when there is none, when there are several, or when
 * the search would take too long or go too deep. Claims with equal payables stand for each other: of them the older are taken, so that
 * sets that differ only by such an exchange count as one.
 */
export function subsetOf(
  claims: readonly Claim[],
  payable: (claim: Claim) => number,
  amount: number,
): Claim[] {
  const byPayable = new Map<number, Claim[]>()
  for (const claim of claims) {
    const alike = byPayable.get(payable(claim))
    if (alike === undefined) byPayable.set(payable(claim), [claim])
    else alike.push(claim)
  }
  if (byPayable.size > DISTINCT_MAX) return []
  const groups = [...byPayable].sort(([a], [b]) => b - a)
  // What all groups from a place on come to: a search that cannot reach the amount any more stops.
  const reach = groups.map(() => 0)
  for (let n = groups.length - 1, total = 0; n >= 0; n -= 1) {
    const [value, alike] = groups[n] as [number, Claim[]]
    total += value * alike.length
    reach[n] = total
  }

  let steps = 0
  const found: number[][] = []
  const counts: number[] = []
  const search = (place: number, left: number): void => {
    steps += 1
    if (steps > STEPS_MAX || found.length > 1) return
    if (left === 0) found.push(counts.slice(0, place))
    if (left <= 0 || place === groups.length || (reach[place] as number) < left) return
    const [value, alike] = groups[place] as [number, Claim[]]
    for (let count = Math.min(alike.length, Math.floor(left / value)); count >= 0; count -= 1) {
      counts[place] = count
      search(place + 1, left - count * value)
    }
  }
  search(0, amount)

  const [only, another] = found
  if (only === undefined || another !== undefined || steps > STEPS_MAX) return []
  const taken = new Set(
    only.flatMap((count, place) => (groups[place] as [number, Claim[]])[1].slice(0, count)),
  )
  return claims.filter((claim) => taken.has(claim))
}
