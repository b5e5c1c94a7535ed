import type { CalendarDate } from '../../foundation/calendar.ts'
import type { ItemSituation } from '../evaluate.ts'

/**
 * Whether a notice may ask for an item: not for what is disputed or otherwise on hold, what a direct debit is about to
 * collect, what can no longer be enforced, nor what nobody is to be dunned for.
 */
export function isAskedFor(item: ItemSituation, today: CalendarDate): boolean {
  const { principal, policy, holds, collectionDate, limitationDate } = item
  const isHeld = holds.some(
    ({ fromDate, untilDate }) => fromDate <= today && (untilDate === null || untilDate >= today),
  )
  const isBarred = limitationDate !== null && limitationDate < today
  return !isHeld && !isBarred && collectionDate === null && (policy !== null || !principal)
}
