import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId, publicId } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { creditReviewFact } from './events.ts'
import type { Recommendation } from './recommend.ts'
import { recommendationsFor } from './recommendations-for.ts'
import type { CreditReviewRow } from './table.ts'

/** Opens the review a person asks for; `credit_review_open` where one waits for a decision already. */
export async function openCreditReview(tx: Tx, customerId: string): Promise<CreditReviewRow> {
  await requireCustomer(tx, customerId)
  await lockCustomers(tx, [customerId])
  const waiting = await tx.db
    .selectFrom('credit_review')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('customer_id', '=', customerId)
    .where('status', 'in', ['open', 'due'])
    .executeTakeFirst()
  if (waiting !== undefined) {
    throw new Problem('credit_review_open', {
      conflicting_id: publicId('credit_review', waiting.id),
    })
  }
  const recommendation = (await recommendationsFor(tx, [customerId])).get(customerId)
  const review = await tx.db
    .insertInto('credit_review')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      customer_id: customerId,
      status: 'open',
      recommendation: JSON.stringify(recommendation satisfies Recommendation | undefined),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, creditReviewFact('credit_review.opened', review, tx))
  return review
}
