import type { CalendarDate } from '../../foundation/calendar.ts'
import type { ItemSituation } from '../evaluate.ts'
import { restraintOn } from '../judge.ts'

/**
 * Whether a notice may ask for an item: not for what is disputed or otherwise on hold, what a direct debit is about to
 * collect, what can no longer be enforced, nor what nobody is to be dunned for.
 */
export const isAskedFor = (item: ItemSituation, today: CalendarDate): boolean =>
  (item.policy !== null || !item.principal) && restraintOn(item, today) === null
