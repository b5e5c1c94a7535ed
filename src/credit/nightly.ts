import { sql } from 'kysely'
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
 * answers how many it did, and is called again until it does less.
 */
const nightlyWork: readonly ((tx: Tx, limit: number) => Promise<number>)[] = [
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

/** What there is to do for a tenant tonight: nothing, at the price of one statement, where no credit is used. */
export async function creditWorkOf({ db, tenant }: Tx): Promise<typeof nightlyWork> {
  const { rows } = await sql<{ uses_credit: boolean }>`
    select exists (select from credit_policy where tenant_id = ${tenant.id})
      or exists (select from credit_limit where tenant_id = ${tenant.id})
      or exists (select from credit_standing where tenant_id = ${tenant.id})
      or exists (select from reservation where tenant_id = ${tenant.id} and status = 'active') as uses_credit
  `.execute(db)
  return rows[0]?.uses_credit ? nightlyWork : []
}
