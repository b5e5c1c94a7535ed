import type { CalendarDate } from '../foundation/calendar.ts'
import { dateInFuture, invalidFields } from '../foundation/problem.ts'
import type { AllocationRow } from './table.ts'

/** The day on which allocations are undone: today unless given; not in the future, and not before they counted. */
export function undoDate(
  date: CalendarDate | null,
  allocations: readonly AllocationRow[],
  today: CalendarDate,
): CalendarDate {
  if (date === null) return today
  if (date > today) throw dateInFuture('undone_date', date, today)
  const later = allocations.find(({ effective_date }) => date < effective_date)
  if (later !== undefined) {
    throw invalidFields({
      pointer: '#/undone_date',
      code: 'before_effective_date',
      detail: 'must not be before the allocation counts',
      params: { effective_date: later.effective_date },
    })
  }
  return date
}
