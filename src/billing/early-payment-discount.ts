import { addDays, type CalendarDate } from '../foundation/calendar.ts'
import { percentOf } from '../foundation/money.ts'
import type { FieldError } from '../foundation/problem.ts'

/** One tier of an early-payment discount: who pays by this day may keep this share. */
export interface EarlyPaymentDiscount {
  until_date: CalendarDate
  /** A decimal, such as `2` or `2.5`. */
  percent: string
}

/** A tier as it is agreed: by a date, or by days from the issue date. */
export interface AgreedDiscount {
  until_date?: CalendarDate
  days?: number
  percent: string
}

/** The most tiers an invoice may have. */
export const DISCOUNT_TIERS_MAX = 5

/** The tiers of an invoice with their days, the earliest first. */
export const discountTiers = (
  agreed: readonly AgreedDiscount[],
  issueDate: CalendarDate,
): EarlyPaymentDiscount[] =>
  agreed
    .map(({ until_date, days, percent }) => ({
      until_date: until_date ?? addDays(issueDate, days ?? 0),
      percent,
    }))
    .sort((a, b) => (a.until_date < b.until_date ? -1 : a.until_date > b.until_date ? 1 : 0))

/** What is wrong with agreed tiers: each says once when it ends, and none before the invoice is issued. */
export function discountErrors(
  agreed: readonly AgreedDiscount[],
  issueDate: CalendarDate,
): Omit<FieldError, 'in'>[] {
  return agreed.flatMap(({ until_date, days }, index) => {
    const pointer = `#/early_payment_discounts/${index}`
    if ((until_date === undefined) === (days === undefined)) {
      return [{ pointer, code: 'contradiction', detail: 'needs either until_date or days' }]
    }
    return until_date !== undefined && until_date < issueDate
      ? [
          {
            pointer: `${pointer}/until_date`,
            code: 'before_issue_date',
            detail: 'must not be before issue_date',
            params: { issue_date: issueDate },
          },
        ]
      : []
  })
}

/**
 * What may be kept of an amount that is paid on a day: the best tier that has not ended, `graceDays` later at the most;
 * zero when all have.
 */
export function discountOn(
  tiers: readonly EarlyPaymentDiscount[],
  amount: number,
  day: CalendarDate,
  graceDays: number,
): number {
  const allowed = tiers.filter(({ until_date }) => day <= addDays(until_date, graceDays))
  return Math.max(0, ...allowed.map(({ percent }) => percentOf(amount, percent)))
}
