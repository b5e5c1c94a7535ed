import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { rulesInForce } from '../policies/queries.ts'
import { overrideStanding } from './override-standing.ts'
import { makesScores, scoreCustomers } from './score-customers.ts'

/** Ends what persons have said of standings until yesterday. */
export async function endOverrides(tx: Tx, limit: number): Promise<number> {
  const ended = await tx.db
    .selectFrom('credit_standing')
    .select('customer_id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('override_until', '<', tx.today)
    .orderBy('customer_id')
    .limit(limit)
    .execute()
  for (const { customer_id: customerId } of ended)
    await overrideStanding(tx, { customerId, override: null, ifMatch: undefined })
  return ended.length
}

/** So many customers get their empty standing in one statement. */
const ENROLLED_AT_ONCE = 20

/** Gives every customer a standing, still empty, so that the night finds by one index whom it has not scored yet. */
export async function enrolCustomers(tx: Tx, limit: number): Promise<number> {
  if (!makesScores((await rulesInForce(tx)).definition)) return 0
  const { numAffectedRows } = await sql`
    insert into credit_standing (tenant_id, customer_id, created_at, updated_at)
    select tenant_id, id, ${tx.now}, ${tx.now} from customer
    where tenant_id = ${tx.tenant.id} and not exists (
      select 1 from credit_standing as known where known.tenant_id = customer.tenant_id and known.customer_id = customer.id)
    order by id
    limit ${limit * ENROLLED_AT_ONCE}
    on conflict do nothing
  `.execute(tx.db)
  return Number(numAffectedRows)
}

/** Scores customers that have not been scored today, those first that wait the longest. */
export async function scoreNightly(tx: Tx, limit: number): Promise<number> {
  if (!makesScores((await rulesInForce(tx)).definition)) return 0
  const waiting = await tx.db
    .selectFrom('credit_standing')
    .select('customer_id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('scored_date', '<', tx.today)
    .orderBy('scored_date')
    .orderBy('customer_id')
    .limit(limit)
    .execute()
  await scoreCustomers(
    tx,
    waiting.map(({ customer_id }) => customer_id),
  )
  return waiting.length
}
