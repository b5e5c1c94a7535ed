import { sql } from 'kysely'
import { undoAllocation } from '../../cash/undo-allocation.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { waiveCharges } from '../../ledger/waive-charge.ts'
import { joinDefinedLevel } from '../defined-level.ts'
import { type ChargeRow, chargeKinds } from './table.ts'

/**
 * Takes back the fees and lump sums of notices that nobody was sent; interest goes by the law, whatever was sent. What is
 * open of them is waived, what was paid is the customer's again. The customers are locked.
 */
export async function waiveCostsOf(
  tx: Tx,
  noticeIds: readonly string[],
  reason: string,
): Promise<void> {
  await takeBack(tx, noticeIds, ['fee', 'lump_sum'], reason)
}

/**
 * Takes back the charges of notices that are taken back: it is as if they had never been, so that a later notice may
 * charge again. What is open of them is waived; what was paid of them is the customer's again, unallocated; interest
 * runs on only where an earlier notice had begun it. Their steps are taken back and the customers locked.
 */
export async function waiveChargesOf(
  tx: Tx,
  noticeIds: readonly string[],
  reason: string,
): Promise<void> {
  await takeBack(tx, noticeIds, chargeKinds, reason)
  await stopAccruals(tx, noticeIds)
}

async function takeBack(
  tx: Tx,
  noticeIds: readonly string[],
  kinds: readonly ChargeRow['kind'][],
  reason: string,
): Promise<void> {
  const reversed = await tx.db
    .updateTable('dunning_charge')
    .set({ reversed_date: tx.today, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('notice_id', '=', sql<string>`any(${noticeIds})`)
    .where('kind', '=', sql<ChargeRow['kind']>`any(${kinds})`)
    .where('status', '<>', 'accrued')
    .where('reversed_date', 'is', null)
    .returning('claim_item_id')
    .execute()
  const itemIds = reversed.flatMap(({ claim_item_id }) => claim_item_id ?? [])
  const allocations = await tx.db
    .selectFrom('allocation')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('item_id', '=', sql<string>`any(${itemIds})`)
    .where('undone_date', 'is', null)
    .orderBy('id')
    .execute()
  for (const { id } of allocations) await undoAllocation(tx, { id, date: null })
  await waiveCharges(tx, itemIds, reason)
}

/**
 * Interest goes on under the last notice that had it run and still stands, whatever it came to by then; where there is none
 * it ends. A notice for which the law refused interest had none run, unless only a rate was missing.
 */
async function stopAccruals(tx: Tx, noticeIds: readonly string[]): Promise<void> {
  await sql`
    with stopped as (
      select id, item_id from dunning_charge
      where tenant_id = ${tx.tenant.id} and status = 'accrued' and notice_id = any(${noticeIds})
    ), standing as (
      select distinct on (step.item_id) step.item_id, step.notice_id, step.cycle, step.level, step.step_date,
        defined #>> '{interest,percent}' as percent
      from stopped
      join open_item as item on item.tenant_id = ${tx.tenant.id} and item.id = stopped.item_id
      join dunning_step as step on step.tenant_id = item.tenant_id and step.item_id = item.id
        and step.reversed_date is null and step.step_date > item.due_date
      ${joinDefinedLevel} and defined #>> '{interest,kind}' <> 'none'
      where not exists (
        select 1 from dunning_charge as charge
        where charge.tenant_id = step.tenant_id and charge.notice_id = step.notice_id and charge.item_id = step.item_id
          and charge.kind = 'interest' and charge.status = 'refused' and charge.reason <> 'reference_rate_unknown')
      order by step.item_id, step.step_date desc
    ), moved as (
      update dunning_charge as charge
      set notice_id = standing.notice_id, cycle = standing.cycle, level = standing.level, percent = standing.percent,
        from_date = standing.step_date + 1, updated_at = ${tx.now}
      from stopped join standing on standing.item_id = stopped.item_id
      where charge.tenant_id = ${tx.tenant.id} and charge.id = stopped.id
    )
    delete from dunning_charge as charge
    using stopped
    where charge.tenant_id = ${tx.tenant.id} and charge.id = stopped.id
      and stopped.item_id not in (select item_id from standing)
  `.execute(tx.db)
}
