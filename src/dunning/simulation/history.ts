import type { CalendarDate } from '../../foundation/calendar.ts'
import { sum } from '../../foundation/money.ts'
import type { CoveringHold } from '../evaluate.ts'
import type { ClaimedItem } from '../law/claim-of-item.ts'
import type { LimitedClaim } from '../law/limitation-dates.ts'

/** By how much an amount grows, or shrinks when negative, from a day on. */
export interface Movement {
  /** The first day whose run sees it. */
  date: CalendarDate
  amount: number
}

/**
 * What moved an item: that it was claimed, money that settled it, a credit note that did, that it was voided or written
 * off, or anything else; or what took one of these back.
 */
export type Cause = 'claim' | 'money' | 'credit' | 'given_up' | 'other'

/** A movement of what is open of an item. */
export interface ItemMovement extends Movement {
  cause: Cause
  /** The day from which it counts; never after the first day whose run sees it. */
  effectiveDate: CalendarDate
}

/** How far dunning may go with an item, from the first day whose run sees it. */
export interface Limit {
  date: CalendarDate
  /** Null for as far as its policy goes. */
  maximumLevel: number | null
}

/** Where a direct debit is, from the first day whose run sees it. */
export interface DebitState {
  date: CalendarDate
  debitId: string
  /** When it collects the item; null when it is not on its way any more. */
  collectionDate: CalendarDate | null
}

/** An item that may escalate, with all that has happened to it. */
export interface HistoricItem {
  id: string
  currency: string
  dueDate: CalendarDate
  /** Changes of what is open of it, by the first day whose run sees them, in order. */
  movements: readonly ItemMovement[]
  holds: readonly CoveringHold[]
  /** In order. */
  limits: readonly Limit[]
  /** In order, of all its debits. */
  debits: readonly DebitState[]
  /** What decides when it is time-barred, but for the replay's own demands. */
  limited: Omit<LimitedClaim, 'demandDate'>
  /** What the law asks about it; null for what a returned payment left, which bears no charges. */
  claimed: ClaimedItem | null
}

/** Everything of a customer's past that dunning depends on. */
export interface CustomerHistory {
  customerId: string
  items: readonly HistoricItem[]
  /** Changes of money that is not allocated, by currency, in order. */
  unallocated: ReadonlyMap<string, readonly Movement[]>
  /** Days of contacts by people. */
  contacts: readonly CalendarDate[]
}

/** An amount at the end of a day. */
export function amountOn(movements: readonly Movement[], day: CalendarDate): number {
  let amount = 0
  for (const movement of movements) {
    if (movement.date > day) break
    amount += movement.amount
  }
  return amount
}

/** What a run of a day has seen of what moved an item, in order. */
export const movementsBy = ({ movements }: HistoricItem, day: CalendarDate): ItemMovement[] =>
  movements.filter(({ date }) => date <= day)

/**
 * Whether what a run of a day sees closed was given up rather than paid: voided or written off in part, or credited as a
 * whole.
 */
export function isGivenUp(item: HistoricItem, day: CalendarDate): boolean {
  const amountOf = (wanted: Cause) =>
    -sum(
      movementsBy(item, day)
        .filter(({ cause }) => cause === wanted)
        .map(({ amount }) => amount),
    )
  return amountOf('given_up') > 0 || amountOf('credit') === item.claimed?.total_amount
}
