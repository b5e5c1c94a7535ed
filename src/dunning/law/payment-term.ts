import { type CalendarDate, daysBetween } from '../../foundation/calendar.ts'
import type { PaymentTermTerms } from './rule.ts'

/** A payment term that is longer than the law lets it be without more. */
export interface LongTerm {
  code: 'term_too_long'
  days: number
  days_max: number
}

/** Warns of a term from receipt (or issue) to due date over the limit; null where it is within, or there is none. */
export function agreedTermWarning(
  terms: PaymentTermTerms | undefined,
  receivedDate: CalendarDate,
  dueDate: CalendarDate,
): LongTerm | null {
  const days = daysBetween(receivedDate, dueDate)
  if (terms === undefined || days <= terms.daysMax) return null
  return { code: 'term_too_long', days, days_max: terms.daysMax }
}
