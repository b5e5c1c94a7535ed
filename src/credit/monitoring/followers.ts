import type { Tx } from '../../foundation/database/commit.ts'
import { planReviews } from '../reviews/plan-reviews.ts'
import { scoreCustomers } from '../scores/score-customers.ts'
import { monitorCustomers } from './monitor-customers.ts'

/**
 * What looks again at customers that something has happened to, in this order and in one commit. The customers are
 * locked. It may announce only what is new to it, so that looking twice says nothing twice.
 */
export const followers: readonly ((tx: Tx, customerIds: readonly string[]) => Promise<void>)[] = [
  scoreCustomers,
  monitorCustomers,
  (tx, customerIds) => planReviews(tx, customerIds),
]
