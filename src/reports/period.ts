import { Type } from '@sinclair/typebox'
import { addDays, type CalendarDate } from '../foundation/calendar.ts'
import { Day } from '../foundation/http/schema.ts'
import { Problem } from '../foundation/problem.ts'

/** The days a report is about, both included. */
export interface Period {
  fromDate: CalendarDate
  toDate: CalendarDate
}

const DAYS = 90

/** The switches of a report over a period. */
export const periodFields = {
  from_date: Type.Optional(
    Day(`The first day; ${DAYS} days before the last unless given.`, '2026-01-01'),
  ),
  to_date: Type.Optional(Day('The last day; today unless given.')),
}

/** The period that was asked for; one that ends before it begins is refused. */
export function periodOf(
  asked: { from_date?: string; to_date?: string },
  today: CalendarDate,
): Period {
  const toDate = asked.to_date ?? today
  const fromDate = asked.from_date ?? addDays(toDate, -DAYS)
  refuseBackwards({ fromDate, toDate })
  return { fromDate, toDate }
}

/** Refuses a period that ends before it begins. */
export function refuseBackwards({ fromDate, toDate }: Period): void {
  if (fromDate <= toDate) return
  throw new Problem('invalid_parameter', {
    errors: [
      {
        in: 'query',
        pointer: 'to_date',
        code: 'before_from_date',
        detail: 'must not be before from_date',
        params: { from_date: fromDate },
      },
    ],
  })
}
