import type { Tx } from '../../foundation/database/commit.ts'
import { decideReview, lockUndecidedReview } from './decide-review.ts'
import type { CreditReviewRow } from './table.ts'

export interface DismissReview {
  id: string
  ifMatch: number | undefined
  reason: string
}

/** Ends a review without a change. */
export async function dismissCreditReview(tx: Tx, input: DismissReview): Promise<CreditReviewRow> {
  return decideReview(tx, await lockUndecidedReview(tx, input), {
    status: 'dismissed',
    reason: input.reason,
    limitId: null,
    netDays: null,
    nextReviewDate: null,
  })
}
