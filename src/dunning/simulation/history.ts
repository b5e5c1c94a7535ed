import type { CalendarDate } from '../../foundation/calendar.ts'
import type { CoveringHold } from '../evaluate.ts'

/** By how much an amount grows, or shrinks when negative, from a day on. */
export interface Movement {
  date: CalendarDate
  amount: number
}

/** Money that settled an item, or went back when negative. */
export interface MoneyMovement extends Movement {
  /** The first day whose run sees it; `date` is the day from which it counts. */
  seenDate: CalendarDate
}

/** An item that may escalate, with all that has happened to it. */
export interface HistoricItem {
  id: string
  currency: string
  dueDate: CalendarDate
  /** Changes of what is open of it, by the first day whose run sees them, in order. */
  movements: readonly Movement[]
  money: readonly MoneyMovement[]
  holds: readonly CoveringHold[]
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
