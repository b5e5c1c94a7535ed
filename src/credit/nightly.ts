import type { Tx } from '../foundation/database/commit.ts'
import { expireCreditLimits } from './limits/expire-credit-limits.ts'
import { remindOfInsuredItems } from './limits/remind-of-insured-items.ts'
import { lookAgainNightly } from './monitoring/look-again-nightly.ts'
import { remindOfPolicy } from './monitoring/remind-of-policy.ts'
import { expireReservations } from './reservations/expire-reservations.ts'
import { openDueReviews } from './reviews/open-due-reviews.ts'
import { endOverrides, enrolCustomers, scoreNightly } from './scores/nightly.ts'

/**
 * What credit does every night for a tenant, in this order. Each works off a batch of at most `limit` in one commit,
 * answers how many it did, and is called again until it does less; each asks at most one statement when there is
 * nothing to do.
 */
export const nightlyCredit: readonly ((tx: Tx, limit: number) => Promise<number>)[] = [
  expireReservations,
  expireCreditLimits,
  remindOfInsuredItems,
  endOverrides,
  enrolCustomers,
  scoreNightly,
  lookAgainNightly,
  openDueReviews,
  remindOfPolicy,
]
