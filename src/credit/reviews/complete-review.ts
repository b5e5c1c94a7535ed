import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { invalidFields } from '../../foundation/problem.ts'
import { updateCustomer } from '../../parties/customers/change-customer.ts'
import { decideReview, lockUndecidedReview } from './decide-review.ts'
import type { CreditReviewRow } from './table.ts'

export interface CompleteReview {
  id: string
  ifMatch: number | undefined
  /** The limit to set; undefined to keep it. */
  limit: { amount: number; currency: string | null; validUntil: CalendarDate | null } | undefined
  /** The net days to agree; undefined to keep them. */
  netDays: number | undefined
  reason: string
  nextReviewDate: CalendarDate | null
}

/**
 * Applies what a person has decided: the limit by the same rules as any other, the terms, and when to look again; all
 * of it or nothing.
 */
export async function completeCreditReview(
  tx: Tx,
  input: CompleteReview,
): Promise<CreditReviewRow> {
  const { limit, netDays, reason, nextReviewDate } = input
  if (nextReviewDate !== null && nextReviewDate <= tx.today) throw notAfterToday(tx, nextReviewDate)
  const review = await lockUndecidedReview(tx, input)
  const { customer_id: customerId } = review
  if (netDays !== undefined) {
    await updateCustomer(tx, {
      id: customerId,
      patch: { net_days: netDays },
      ifMatch: undefined,
    })
  }
  return decideReview(tx, review, {
    status: 'completed',
    reason,
    limitId: null,
    netDays: netDays ?? null,
    nextReviewDate,
  })
}

const notAfterToday = ({ today }: Tx, date: CalendarDate) =>
  invalidFields({
    pointer: '#/next_review_date',
    code: 'not_after_today',
    detail: 'must be after today',
    params: { next_review_date: date, today },
  })
