import type { FieldError } from '../foundation/problem.ts'

/** How many levels a policy may have. */
export const LEVELS_MAX = 20

/** The highest fee of a notice, minor units: anything above it is a typing error. */
export const FEE_MAX = 100_000_000

/** One step of escalation. */
export interface Level {
  level: number
  /** The level applies when an item is overdue by at least this many days. */
  days_overdue: number
  name: string
  /** What a notice at this level costs the customer, per currency; at most one each. */
  fees: { currency: string; amount: number }[]
}

/** What an immutable version of a policy says. */
export interface PolicyDefinition {
  /** `invoice`: each item escalates by itself; `customer`: all due items rise to the highest due level. */
  scope: 'invoice' | 'customer'
  /** Days that must lie between two notices to one customer in one currency. */
  min_notice_interval_days: number
  /** Whether a run lifts an item by one level at most, or to the highest level that is due. */
  catch_up: 'one_level' | 'highest'
  /** Ascending by level and by days. */
  levels: Level[]
}

/** A version of a policy, as items are bound to it. */
export interface Policy extends PolicyDefinition {
  id: string
  version: number
}

/** Where a policy contradicts itself, field by field; empty when it does not. */
export function contradictions({ levels }: PolicyDefinition): Omit<FieldError, 'in'>[] {
  const errors: Omit<FieldError, 'in'>[] = []
  for (const [index, { level, days_overdue, fees }] of levels.entries()) {
    const before = levels[index - 1]
    if (level !== index + 1) {
      errors.push({
        pointer: `#/levels/${index}/level`,
        code: 'not_consecutive',
        detail: 'levels must be numbered 1, 2, 3, … in order',
        params: { expected: index + 1, actual: level },
      })
    }
    if (before !== undefined && days_overdue <= before.days_overdue) {
      errors.push({
        pointer: `#/levels/${index}/days_overdue`,
        code: 'not_ascending',
        detail: 'must be later than the level before',
        params: { before: before.days_overdue, actual: days_overdue },
      })
    }
    const currencies = fees.map(({ currency }) => currency)
    const twice = currencies.findIndex((currency, place) => currencies.indexOf(currency) !== place)
    if (twice !== -1) {
      errors.push({
        pointer: `#/levels/${index}/fees/${twice}`,
        code: 'repeated_currency',
        detail: 'a level has at most one fee per currency',
        params: { currency: currencies[twice] },
      })
    }
  }
  return errors
}

/** The highest level that applies to an item overdue by so many days; undefined when none does yet. */
export const applicableLevel = (
  { levels }: PolicyDefinition,
  daysOverdue: number,
): Level | undefined => levels.findLast(({ days_overdue }) => days_overdue <= daysOverdue)

/** The level after one that is reached; undefined after the last. */
export const levelAfter = ({ levels }: PolicyDefinition, reached: number): Level | undefined =>
  levels.find(({ level }) => level > reached)
