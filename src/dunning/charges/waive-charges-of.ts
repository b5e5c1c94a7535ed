import { sql } from 'kysely'
import { undoAllocation } from '../../cash/undo-allocation.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { waiveCharges } from '../../ledger/waive-charge.ts'
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
 * runs on only where an earlier notice had begun it. The customers are locked.
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

/** Interest goes on under the last notice that claimed some and still stands; where there is none it ends. */
async function stopAccruals(tx: Tx, noticeIds: readonly string[]): Promise<void> {
  await sql`
    with stopped as (
      select id, item_id from dunning_charge
      where tenant_id = ${tx.tenant.id} and status = 'accrued' and notice_id = any(${noticeIds})
    ), standing as (
      select distinct on (charge.item_id) charge.item_id, charge.notice_id, charge.cycle, charge.level, charge.percent
      from stopped
      join dunning_charge as charge on charge.tenant_id = ${tx.tenant.id} and charge.item_id = stopped.item_id
      where charge.kind = 'interest' and charge.status = 'claimed' and charge.reversed_date is null
        and charge.notice_id <> all (${noticeIds})
      order by charge.item_id, charge.until_date desc
    ), moved as (
      update dunning_charge as charge
      set notice_id = standing.notice_id, cycle = standing.cycle, level = standing.level, percent = standing.percent,
        updated_at = ${tx.now}
      from stopped join standing on standing.item_id = stopped.item_id
      where charge.tenant_id = ${tx.tenant.id} and charge.id = stopped.id
    )
    delete from dunning_charge as charge
    using stopped
    where charge.tenant_id = ${tx.tenant.id} and charge.id = stopped.id
      and stopped.item_id not in (select item_id from standing)
  `.execute(tx.db)
}
