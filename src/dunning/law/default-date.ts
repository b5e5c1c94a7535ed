import type { DueDateBasis } from '../../billing/invoice.ts'
import { addDays, type CalendarDate, earliestOf, laterOf } from '../../foundation/calendar.ts'
import type { DefaultTerms } from './rule.ts'

/** What decides since when a debtor is in default. */
export interface DueClaim {
  dueDate: CalendarDate
  basis: DueDateBasis
  /** When the debtor received the invoice; null where nobody knows. */
  receivedDate: CalendarDate | null
  /** Whether the invoice told the debtor that default follows. */
  noticeGiven: boolean
  /** When the debtor received the first demand; null for none yet. */
  demandDate: CalendarDate | null
}

/** Why default began. */
export type DefaultCause = 'agreed_due_date' | 'demand' | 'days_after_receipt'

export interface Default {
  date: CalendarDate
  cause: DefaultCause
}

/**
 * The first day of default, which is the first that bears interest: the day after an agreed due date; else the day
 * after a demand that came on or after the due date, or the day after the days that the law gives, whichever is first.
 * Null as long as neither has happened and nothing of it is known to come. Where nobody knows when the invoice was
 * received, the due date stands in for it, unless the debtor has to have been told: then the creditor has to know.
 */
export function defaultFromDate(claim: DueClaim, terms: DefaultTerms | undefined): Default | null {
  const { dueDate, basis, demandDate } = claim
  if (basis === 'agreed') return { date: addDays(dueDate, 1), cause: 'agreed_due_date' }
  const byDays = terms === undefined ? null : afterDays(claim, terms)
  const byDemand = demandDate !== null && demandDate >= dueDate ? addDays(demandDate, 1) : null
  const date = earliestOf([byDays, byDemand])
  if (date === null) return null
  return { date, cause: date === byDemand ? 'demand' : 'days_after_receipt' }
}

function afterDays(
  { dueDate, receivedDate, noticeGiven }: DueClaim,
  { days, countedFrom, needsNotice }: DefaultTerms,
): CalendarDate | null {
  if (days === null || (needsNotice && (!noticeGiven || receivedDate === null))) return null
  const received = receivedDate ?? dueDate
  return countedFrom === 'receipt'
    ? laterOf(addDays(dueDate, 1), addDays(received, days + 1))
    : addDays(laterOf(dueDate, received), days + 1)
}
