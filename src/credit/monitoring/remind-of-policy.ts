import type { Tx } from '../../foundation/database/commit.ts'
import { rulesInForce } from '../policies/queries.ts'
import { raiseAlerts } from './raise-alerts.ts'

/** Says once that the day has come on which the credit policy itself is to be looked at again. Answers none: there is no more. */
export async function remindOfPolicy(tx: Tx): Promise<number> {
  const { policyId, definition } = await rulesInForce(tx)
  const { next_review_date: date, owner } = definition
  if (policyId === null || date === null || date > tx.today) return 0
  await raiseAlerts(tx, [
    {
      type: 'credit_policy.review_due',
      customerId: null,
      itemId: null,
      figures: { policy_id: policyId, owner, next_review_date: date },
      onceKey: `credit_policy_review:${policyId}:${date}`,
    },
  ])
  return 0
}
