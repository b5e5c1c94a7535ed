/** How an item ended: how many days after its due date, and which share of what was to be paid was paid. */
export interface Ending {
  daysLate: number
  /** Between 0 and 1; the rest was written off. What was credited was not to be paid, so it does not count. */
  paidShare: number
}

/**
 * The share that is paid in the end by what has reached an age, before a tenant has history of its own: one less what
 * IFRS 9 takes as its example of a provision matrix (B5.5.35: 1 % not past due, 2 % up to 30 days, 3 % up to 90, 20 % up
 * to 180). Beyond that, where the standard's example ends, we take half.
 */
export const recoveryBands = [
  { fromDays: 0, prior: 0.99 },
  { fromDays: 1, prior: 0.98 },
  { fromDays: 30, prior: 0.97 },
  { fromDays: 90, prior: 0.8 },
  { fromDays: 180, prior: 0.5 },
] as const

/** What is known beforehand counts like so many items of the tenant's own. */
export const PRIOR_ITEMS = 20

/** What is paid in the end of what has become so many days overdue. */
export interface RecoveryRate {
  fromDays: number
  /** Between 0 and 1. */
  rate: number
  prior: number
  /** The items that had reached this age and have ended. */
  itemCount: number
}

/** Learns the rates from how items ended. Each item counts the same whatever its amount, so that no currency is converted. */
export const recoveryRatesOf = (endings: readonly Ending[]): RecoveryRate[] =>
  recoveryBands.map(({ fromDays, prior }) => {
    const reached = endings.filter(({ daysLate }) => fromDays === 0 || daysLate >= fromDays)
    const paid = reached.reduce((sum, { paidShare }) => sum + paidShare, 0)
    const rate = (paid + PRIOR_ITEMS * prior) / (reached.length + PRIOR_ITEMS)
    return { fromDays, rate, prior, itemCount: reached.length }
  })

/** The rate of an item's age: of the last band that it has reached. */
export function rateOf(rates: readonly RecoveryRate[], daysOverdue: number): RecoveryRate {
  const reached = rates.filter(({ fromDays }) => daysOverdue >= fromDays).at(-1)
  if (reached === undefined) throw new Error('the first band begins at 0')
  return reached
}
