import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import { earliestDeadline } from '../charges/statutory-term.ts'
import type { Level } from '../policy.ts'

/**
 * The latest deadline that a reviewer has chosen for any of the items, else what the level says: a notice names one day. A
 * choice that the law finds too early by now is forgotten.
 */
export function noticeDeadline(
  { payment_days: days, statutory_notice: statutory }: Level,
  choices: readonly CalendarDate[],
  today: CalendarDate,
): CalendarDate | null {
  const isLawful = (deadline: CalendarDate) =>
    statutory === null || deadline >= earliestDeadline(statutory, today)
  const latest = choices.filter(isLawful).sort().at(-1)
  return latest ?? (days === null ? null : addDays(today, days))
}
