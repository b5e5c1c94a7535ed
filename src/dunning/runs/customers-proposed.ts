import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { BEFORE_ALL } from '../../foundation/id.ts'

/** Decisions that decide how many customers a batch takes. */
const DECISIONS_PER_BATCH = 1_000

/** The next customers, after one, of whom something that the run has proposed still waits. */
export async function customersProposed(
  { db, tenant }: Reader,
  runId: string,
  after: string | null,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from (
      select customer_id from dunning_decision
      where tenant_id = ${tenant.id} and run_id = ${runId} and status = 'proposed'
        and customer_id > ${after ?? BEFORE_ALL}
      order by customer_id
      limit ${DECISIONS_PER_BATCH}
    ) as decision
    order by id
  `.execute(db)
  return rows.map(({ id }) => id)
}
