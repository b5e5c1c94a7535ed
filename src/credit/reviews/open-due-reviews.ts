import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { openTasks } from '../../tasks/open-tasks.ts'
import { creditReviewFact } from './events.ts'
import { recommendationsFor } from './recommendations-for.ts'
import { reviewTask } from './review-task.ts'
import type { CreditReviewRow } from './table.ts'

/**
 * Makes the reviews of the calendar due, once per due date, each with a recommendation and a task; one that a person had
 * opened before becomes it. Answers how many customers it took, at most `limit`: call again while it is full.
 */
export async function openDueReviews(tx: Tx, limit: number): Promise<number> {
  const customerIds = await customersDue(tx, limit)
  if (customerIds.length === 0) return 0
  await lockCustomers(tx, customerIds)
  const recommended = [...(await recommendationsFor(tx, customerIds))].map(
    ([customer_id, recommendation]) => ({ id: newId(), customer_id, recommendation }),
  )
  const { rows: due } = await sql<CreditReviewRow>`
    insert into credit_review as review (tenant_id, id, customer_id, status, due_date, recommendation, created_at, updated_at)
    select standing.tenant_id, recommended.id, standing.customer_id, 'due', standing.next_review_date,
      recommended.recommendation, ${tx.now}, ${tx.now}
    from json_to_recordset(${JSON.stringify(recommended)}) as recommended(id uuid, customer_id uuid, recommendation jsonb)
    join credit_standing as standing on standing.tenant_id = ${tx.tenant.id} and standing.customer_id = recommended.customer_id
    where ${isDue(tx)}
    on conflict (tenant_id, customer_id) where status in ('open', 'due') do update
    set status = 'due', due_date = excluded.due_date, recommendation = excluded.recommendation,
      version = review.version + 1, updated_at = excluded.updated_at
    returning *
  `.execute(tx.db)
  announce(tx, ...due.map((review) => creditReviewFact('credit_review.due', review, tx)))
  await openTasks(
    tx,
    due.map((review) => reviewTask(review, 'credit_review_due', review.due_date as CalendarDate)),
  )
  return customerIds.length
}

async function customersDue(tx: Tx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    select customer_id from credit_standing as standing
    where tenant_id = ${tx.tenant.id} and ${isDue(tx)}
    order by next_review_date, customer_id
    limit ${limit}
  `.execute(tx.db)
  return rows.map(({ customer_id }) => customer_id)
}

/** Whether the day of a customer's next review has come, and no review was made due for it yet. */
const isDue = ({
  today,
}: Tx) => sql<boolean>`(standing.next_review_date <= ${today} and not exists (
  select from credit_review as earlier
  where earlier.tenant_id = standing.tenant_id and earlier.customer_id = standing.customer_id
    and earlier.due_date = standing.next_review_date))`
