import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { openTasks } from '../../tasks/open-tasks.ts'
import { effectiveStandingSql } from '../effective-standing.ts'
import { rulesInForce } from '../policies/queries.ts'
import { openReviews } from './open-review.ts'
import { recommendationsFor } from './recommendations-for.ts'
import { reviewTask } from './review-task.ts'

/**
 * Opens reviews, with a task, for the good ones among customers that have just reached a utilisation of the policy,
 * where a higher limit is recommended: a prompt payer need not ask. The customers are locked.
 */
export async function proposeRaises(tx: Tx, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return
  if ((await rulesInForce(tx)).definition.reviews === null) return
  const { rows: good } = await sql<{ customer_id: string }>`
    select customer_id from credit_standing as known
    where tenant_id = ${tx.tenant.id} and customer_id = any(${customerIds})
      and ${effectiveStandingSql(sql`${tx.today}::date`)} = 'good'
  `.execute(tx.db)
  const recommendations = await recommendationsFor(
    tx,
    good.map(({ customer_id }) => customer_id),
  )
  const raises = [...recommendations].filter(([, { limit }]) => limit.action === 'raise')
  const opened = await openReviews(tx, new Map(raises))
  await openTasks(
    tx,
    opened.map((review) => reviewTask(review, 'prompt_payer_near_limit', tx.today)),
  )
}
