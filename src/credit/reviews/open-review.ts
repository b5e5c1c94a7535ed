import { sql } from 'kysely'
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
  const [opened] = await openReviews(tx, await recommendationsFor(tx, [customerId]))
  if (opened === undefined) throw await waitsAlready(tx, customerId)
  return opened
}

/** Opens reviews of locked customers, by customer, except where one waits for a decision already. Answers those that are new. */
export async function openReviews(
  tx: Tx,
  recommendations: ReadonlyMap<string, Recommendation>,
): Promise<CreditReviewRow[]> {
  const rows = [...recommendations].map(([customer_id, recommendation]) => ({
    id: newId(),
    customer_id,
    recommendation,
  }))
  if (rows.length === 0) return []
  const { rows: opened } = await sql<CreditReviewRow>`
    insert into credit_review (tenant_id, id, customer_id, status, recommendation, created_at, updated_at)
    select ${tx.tenant.id}, id, customer_id, 'open', recommendation, ${tx.now}, ${tx.now}
    from json_to_recordset(${JSON.stringify(rows)}) as wanted(id uuid, customer_id uuid, recommendation jsonb)
    on conflict (tenant_id, customer_id) where status in ('open', 'due') do nothing
    returning *
  `.execute(tx.db)
  announce(tx, ...opened.map((review) => creditReviewFact('credit_review.opened', review, tx)))
  return opened
}

async function waitsAlready({ db, tenant }: Tx, customerId: string): Promise<Problem> {
  const { id } = await db
    .selectFrom('credit_review')
    .select('id')
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', customerId)
    .where('status', 'in', ['open', 'due'])
    .executeTakeFirstOrThrow()
  return new Problem('credit_review_open', { conflicting_id: publicId('credit_review', id) })
}
