import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { setNextLooks } from '../../ledger/watch-items.ts'
import { askToAllocate } from '../consequences.ts'
import type { DecisionRow, RunRow } from '../table.ts'
import { carryOut } from './carry-out.ts'
import { customersToLookAt } from './customers-to-look-at.ts'
import { type Plan, planBatch } from './plan-batch.ts'

/** What deciding about some customers came to. */
export interface BatchOutcome {
  itemCount: number
  proposedCount: number
  escalatedCount: number
  noticeCount: number
  decisions: DecisionRow[]
}

/**
 * Decides about whole customers and does what was decided: levels, steps, charges, notices and events, all in one
 * commit. The customers are locked first, so that a payment or a hold either came before and counts, or comes after; so
 * are the policies, so that a new version is not slept through.
 */
export async function dunCustomers(
  tx: Tx,
  run: RunRow,
  customerIds: readonly string[],
): Promise<BatchOutcome> {
  await lockCustomers(tx, customerIds)
  await lockPolicies(tx)
  const plan = await planBatch(tx, run, customerIds)
  await keepDecisions(tx, plan.decisions)
  await carryOut(tx, plan.notices)
  await askToAllocate(tx, plan.decisions)
  await setNextLooks(tx, plan.looks)
  return outcomeOf(plan)
}

/** Keeps policies as they are until the commit. */
export const lockPolicies = (tx: Tx) =>
  sql`select 1 from dunning_policy where tenant_id = ${tx.tenant.id} order by id for share`.execute(
    tx.db,
  )

/** What a batch would come to: the same decisions, nothing locked and nothing written; and where the next begins. */
export async function previewBatch(
  reader: Reader,
  run: RunRow,
  after: string | null,
): Promise<BatchOutcome & { after: string | null }> {
  const customerIds = await customersToLookAt(reader, run, after)
  const plan =
    customerIds.length === 0
      ? { decisions: [], notices: [], looks: [] }
      : await planBatch(reader, run, customerIds)
  return { ...outcomeOf(plan), after: customerIds.at(-1) ?? null }
}

const outcomeOf = ({ decisions, notices }: Plan): BatchOutcome => ({
  itemCount: decisions.length,
  proposedCount: decisions.filter(({ status }) => status === 'proposed').length,
  escalatedCount: decisions.filter(
    ({ status, outcome }) => status === 'released' && outcome === 'escalate',
  ).length,
  noticeCount: notices.length,
  decisions,
})

/** Keeps decisions. A run that was interrupted may decide again about what it had found nothing to do for. */
const keepDecisions = (tx: Tx, decisions: readonly DecisionRow[]) =>
  sql`
    insert into dunning_decision select * from json_populate_recordset(null::dunning_decision, ${JSON.stringify(decisions)})
    on conflict (tenant_id, run_id, item_id) do update
    set id = excluded.id, outcome = excluded.outcome, reason = excluded.reason, inputs = excluded.inputs,
      from_level = excluded.from_level, to_level = excluded.to_level, next_look_date = excluded.next_look_date,
      courtesy = excluded.courtesy, status = excluded.status, notice_id = excluded.notice_id
    where dunning_decision.status = 'recorded'
  `.execute(tx.db)
