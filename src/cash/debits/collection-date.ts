import { addDays, type CalendarDate, laterOf } from '../../foundation/calendar.ts'
import { invalidFields } from '../../foundation/problem.ts'
import type { SettingsRow } from './table.ts'
import { addTargetDays, isTargetDay, onTargetDay } from './target-days.ts'

type Terms = Pick<SettingsRow, 'prenotification_days' | 'lead_days'>

/** The first day for which a debit can still be announced, and its file can still be at the bank. */
export const earliestCollection = (
  today: CalendarDate,
  { prenotification_days, lead_days }: Terms,
): CalendarDate =>
  onTargetDay(laterOf(addDays(today, prenotification_days), addTargetDays(today, lead_days)))

/** Refuses a collection date on which banks do not settle, or before the first that is possible. */
export function refuseCollectionDate(date: CalendarDate, earliest: CalendarDate): void {
  const pointer = '#/collection_date'
  if (date < earliest)
    throw invalidFields({
      pointer,
      code: 'too_early',
      detail: 'must leave time for the pre-notification and the bank',
      params: { earliest_date: earliest },
    })
  if (!isTargetDay(date))
    throw invalidFields({
      pointer,
      code: 'not_a_target_day',
      detail: 'must be a day on which TARGET settles',
      params: { next_target_day: onTargetDay(date) },
    })
}
