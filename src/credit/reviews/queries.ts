import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { CreditReviewRow } from './table.ts'

/** The review, or `credit_review_not_found`. */
export async function requireCreditReview(
  { db, tenant }: Reader,
  id: string,
): Promise<CreditReviewRow> {
  const review = await db
    .selectFrom('credit_review')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (review === undefined) throw new Problem('credit_review_not_found')
  return review
}

/** What the list of reviews can be narrowed to. */
export interface CreditReviewFilters extends Page {
  customer_id?: string
  status?: CreditReviewRow['status'][]
}

/** One page of reviews, the newest first. */
export function listCreditReviews(
  { db, tenant }: Reader,
  by: CreditReviewFilters,
): Promise<Paged<CreditReviewRow>> {
  let select = db.selectFrom('credit_review').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.status !== undefined) select = select.where('status', '=', sql<'due'>`any(${by.status})`)
  return pageOf<CreditReviewRow>(select, by, newestFirst)
}
