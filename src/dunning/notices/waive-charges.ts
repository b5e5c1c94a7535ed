import { sql } from 'kysely'
import { undoAllocation } from '../../cash/undo-allocation.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { waiveCharge } from '../../ledger/waive-charge.ts'

/**
 * Gives up the charges that notices have claimed. What was paid of them is the customer's again: unallocated, to be
 * used or refunded. The customers are locked.
 */
export async function waiveCharges(
  tx: Tx,
  noticeIds: readonly string[],
  reason: string,
): Promise<void> {
  const charges = await tx.db
    .selectFrom('open_item')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('kind', '=', 'charge')
    .where('notice_id', '=', sql<string>`any(${noticeIds})`)
    .orderBy('id')
    .execute()
  const allocations = await tx.db
    .selectFrom('allocation')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('item_id', '=', sql<string>`any(${charges.map(({ id }) => id)})`)
    .where('undone_date', 'is', null)
    .orderBy('id')
    .execute()
  for (const { id } of allocations) await undoAllocation(tx, { id, date: null })
  const open = await tx.db
    .selectFrom('open_item')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', sql<string>`any(${charges.map(({ id }) => id)})`)
    .where('open_amount', '>', 0)
    .orderBy('id')
    .execute()
  for (const { id } of open)
    await waiveCharge(tx, { itemId: id, amount: null, waiveDate: null, reason })
}
