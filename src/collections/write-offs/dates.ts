import type { CalendarDate } from '../../foundation/calendar.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import type { WriteOffRow } from './table.ts'

/** Refuses what only a write-off that stands can have happen to it. */
export function requireRecorded({ status }: Pick<WriteOffRow, 'status'>): void {
  if (status !== 'recorded')
    throw new Problem('invalid_state', { current_status: status, allowed_actions: [] })
}

/** Refuses a day before the one that has to come first. */
export function refuseBefore(field: string, date: CalendarDate, earliest: CalendarDate): void {
  if (date < earliest)
    throw invalidFields({
      pointer: `#/${field}`,
      code: 'too_early',
      detail: 'must not be before what it follows',
      params: { earliest_date: earliest },
    })
}
