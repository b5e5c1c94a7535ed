import { type CalendarDate, daysBetween } from '../../foundation/calendar.ts'
import { share, sum } from '../../foundation/money.ts'
import type { HistoricItem } from './history.ts'

const DAYS_OF_YEAR = 365

/**
 * Simple interest on what was open of an item, at an agreed rate in percent a year over 365 days: from the day after its
 * due date to the last day, both included. A payment reduces it from the day after. Rounded once, half up.
 */
export function agreedInterest(
  { movements, dueDate }: HistoricItem,
  until: CalendarDate,
  percent: string,
): number {
  const amountDays: number[] = []
  let [open, from] = [0, dueDate]
  const bear = (to: CalendarDate) => amountDays.push(open * Math.max(0, daysBetween(from, to)))
  for (const { date, amount } of movements) {
    if (date > until) break
    if (date > dueDate) {
      bear(date)
      from = date
    }
    open += amount
  }
  bear(until)
  const [whole = '', fraction = ''] = percent.split('.')
  const denominator = 100 * 10 ** fraction.length * DAYS_OF_YEAR
  return share(sum(amountDays), Number(whole + fraction), denominator)
}
