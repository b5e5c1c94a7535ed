import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { endServiceTask } from '../../tasks/end-service-task.ts'
import { creditReviewFact } from './events.ts'
import { planReviews } from './plan-reviews.ts'
import { requireCreditReview } from './queries.ts'
import { reviewTaskKey } from './review-task.ts'
import type { CreditReviewRow } from './table.ts'

/** A review with its customer locked, as long as it waits for a decision; else `invalid_state`. */
export async function lockUndecidedReview(
  tx: Tx,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<CreditReviewRow> {
  await lockCustomers(tx, [(await requireCreditReview(tx, id)).customer_id])
  const review = await requireCreditReview(tx, id)
  requireVersion(review.version, ifMatch)
  if (review.status !== 'open' && review.status !== 'due') {
    throw new Problem('invalid_state', { current_status: review.status, allowed_actions: [] })
  }
  return review
}

/** How a review ends. */
export interface Decision {
  status: 'completed' | 'dismissed'
  reason: string
  limitId: string | null
  netDays: number | null
  /** When the next review is to be; null for what the calendar says. */
  nextReviewDate: CalendarDate | null
}

/** Ends a locked review today, and with it its task; from today the calendar counts to the next. */
export async function decideReview(
  tx: Tx,
  before: CreditReviewRow,
  { status, reason, limitId, netDays, nextReviewDate }: Decision,
): Promise<CreditReviewRow> {
  const review = await tx.db
    .updateTable('credit_review')
    .set({
      status,
      decided_date: tx.today,
      decision_reason: reason,
      limit_id: limitId,
      net_days: netDays,
      next_review_date: nextReviewDate,
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const previous = { status: before.status, decided_date: null, decision_reason: null }
  announce(tx, creditReviewFact(`credit_review.${status}`, review, tx, previous))
  await endServiceTask(tx, reviewTaskKey(review), 'done', reason)
  await countFromToday(tx, review)
  return review
}

async function countFromToday(
  tx: Tx,
  { customer_id, next_review_date }: CreditReviewRow,
): Promise<void> {
  const standing = {
    tenant_id: tx.tenant.id,
    customer_id,
    reviewed_date: tx.today,
    created_at: tx.now,
    updated_at: tx.now,
  }
  await tx.db
    .insertInto('credit_standing')
    .values(standing)
    .onConflict((known) =>
      known.columns(['tenant_id', 'customer_id']).doUpdateSet({ reviewed_date: tx.today }),
    )
    .execute()
  await planReviews(tx, [customer_id], next_review_date)
}
