/** How late items were paid: weight by days after the due date, negative when early. A weight of 1 is one item. */
export type Distribution = ReadonlyMap<number, number>

/** All the weight there is: how many items it is worth. */
export function weightOf(distribution: Distribution): number {
  let weight = 0
  for (const part of distribution.values()) weight += part
  return weight
}

/** The distribution of some observations. */
export function distributionOf(
  observed: Iterable<{ daysLate: number; weight: number }>,
): Distribution {
  const distribution = new Map<number, number>()
  for (const { daysLate, weight } of observed)
    distribution.set(daysLate, (distribution.get(daysLate) ?? 0) + weight)
  return distribution
}

/**
 * Shrinks what is known of few towards what is known of many: `strength` items are added that are spread like `toward`.
 * Whoever has much history of its own hardly moves; whoever has none is like all the others.
 */
export function shrunk(own: Distribution, toward: Distribution, strength: number): Distribution {
  const total = weightOf(toward)
  if (total === 0) return own
  const mixed = new Map(own)
  for (const [days, weight] of toward)
    mixed.set(days, (mixed.get(days) ?? 0) + (strength * weight) / total)
  return mixed
}

/**
 * The share that is paid up to a day after the due date, between 0 and 1. What was paid on one day might as well have
 * been paid some days before or after, so each observation counts as a logistic curve of the given standard deviation
 * around its day; a payment happens somewhere in its day, hence the half.
 */
export function shareUntil(distribution: Distribution, days: number, spread: number): number {
  const scale = (spread * Math.sqrt(3)) / Math.PI
  let until = 0
  let total = 0
  for (const [observed, weight] of distribution) {
    until += weight / (1 + Math.exp((observed - days - 0.5) / scale))
    total += weight
  }
  return total === 0 ? 0 : until / total
}

/** What is less than this share of all payments is not foreseen. */
const SMALLEST_SHARE = 0.001
/** Payments later than this are not looked for. */
const DAYS_MAX = 3650

/**
 * The day by which a share of what is still to come will have come, given that nothing had come before `age`, both in
 * days after the due date. Null where history knows of (almost) nothing that was paid so late.
 */
export function dayOfShare(
  distribution: Distribution,
  share: number,
  age: number,
  spread: number,
): number | null {
  const gone = shareUntil(distribution, age - 1, spread)
  if (1 - gone < SMALLEST_SHARE || weightOf(distribution) === 0) return null
  const wanted = gone + share * (1 - gone)
  let [low, high] = [age, DAYS_MAX]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (shareUntil(distribution, middle, spread) < wanted) low = middle + 1
    else high = middle
  }
  return low
}
