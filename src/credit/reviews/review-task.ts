import type { CalendarDate } from '../../foundation/calendar.ts'
import type { NewTask } from '../../tasks/open-tasks.ts'
import type { CreditReviewRow } from './table.ts'

/** The occasion of the one task that asks for a decision about a review. */
export const reviewTaskKey = ({ id }: Pick<CreditReviewRow, 'id'>): string => `credit_review:${id}`

/** The task that asks for a decision about a review. */
export const reviewTask = (
  review: CreditReviewRow,
  reason: 'credit_review_due' | 'prompt_payer_near_limit',
  dueDate: CalendarDate,
): NewTask => ({
  originKey: reviewTaskKey(review),
  reason,
  kind: 'credit_review',
  title: 'Review the credit limit and the terms.',
  note: null,
  assignee: 'credit_manager',
  dueDate,
  customerId: review.customer_id,
  invoiceId: null,
  itemId: null,
  noticeId: null,
})
