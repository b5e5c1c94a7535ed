import {
  addDays,
  type CalendarDate,
  earliestOf,
  endOfMonth,
  laterOf,
} from '../foundation/calendar.ts'
import type { ItemSituation, Situation } from './evaluate.ts'
import { type Courtesy, type Level, levelAfter, type Policy } from './policy.ts'

/**
 * The first day on which a level may apply to an item. Grace days shift the due date; a level that follows a deadline
 * counts from the one the last notice set, or from that notice itself where it set none.
 */
export function levelDate(item: ItemSituation, policy: Policy, level: Level): CalendarDate {
  const shifted = addDays(item.dueDate, policy.item_grace_days)
  switch (level.anchor) {
    case 'due_date':
      return addDays(shifted, level.days)
    case 'end_of_month':
      return addDays(endOfMonth(shifted), level.days)
    case 'previous_deadline':
      return addDays(item.deadlineDate ?? item.levelDate ?? shifted, level.days)
  }
}

/** The first day, not before one that is given, on which the next level may apply; null when no level is left. */
export function nextStepDate(item: ItemSituation, notBefore: CalendarDate): CalendarDate | null {
  const next = item.policy === null ? undefined : levelAfter(item.policy, item.level)
  if (item.policy === null || next === undefined) return null
  if (item.maximumLevel !== null && next.level > item.maximumLevel) return null
  return laterOf(levelDate(item, item.policy, next), notBefore)
}

/** The first day after one on which a level that the item has not reached may apply; null when none is left. */
export const nextLevelDateAfter = (
  item: ItemSituation,
  policy: Policy,
  today: CalendarDate,
): CalendarDate | null =>
  earliestOf(
    policy.levels
      .filter(({ level }) => level > item.level)
      .map((level) => levelDate(item, policy, level))
      .filter((date) => date > today),
  )

/** From when the customer as a whole is overdue long enough for the policy: its oldest item decides. */
export function overdueEnoughFrom({ items }: Situation, policy: Policy): CalendarDate {
  const oldest = earliestOf(items.filter(({ principal }) => principal).map((item) => item.dueDate))
  return addDays(oldest as CalendarDate, policy.account_minimum_days)
}

/** The reminder that is due for an item that is not overdue, and that it has not had; the nearest to the due date. */
export function courtesyOn(
  item: ItemSituation,
  policy: Policy,
  today: CalendarDate,
): Courtesy | undefined {
  const nearest = policy.courtesies.findLast(
    ({ days_before_due }) => addDays(item.dueDate, -days_before_due) <= today,
  )
  const had = Math.min(...item.courtesies)
  return nearest !== undefined && nearest.days_before_due < had ? nearest : undefined
}

/** When the next reminder before the due date comes; undefined when none is left. */
export const firstCourtesyAfter = (
  item: ItemSituation,
  policy: Policy,
  today: CalendarDate,
): CalendarDate | undefined =>
  policy.courtesies
    .map(({ days_before_due }) => addDays(item.dueDate, -days_before_due))
    .find((date) => date > today)
