import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { dateInFuture } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { onboardingCheckFact } from './events.ts'
import type { OnboardingCheckRow } from './table.ts'

/** What was looked into, by whom, when, and with what result. */
export type NewOnboardingCheck = Omit<OnboardingCheckRow, 'tenant_id' | 'id' | 'created_at'>

/** Records what was looked into about a customer; the newest of a kind counts. */
export async function recordOnboardingCheck(
  tx: Tx,
  check: NewOnboardingCheck,
): Promise<OnboardingCheckRow> {
  if (check.done_date > tx.today) throw dateInFuture('done_date', check.done_date, tx.today)
  await requireCustomer(tx, check.customer_id)
  await lockCustomers(tx, [check.customer_id])
  const recorded = await tx.db
    .insertInto('onboarding_check')
    .values({ tenant_id: tx.tenant.id, id: newId(), ...check, created_at: tx.now })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, onboardingCheckFact(recorded, tx))
  return recorded
}
