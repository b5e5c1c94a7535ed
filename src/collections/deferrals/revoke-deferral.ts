import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers, requireItem } from '../../ledger/queries.ts'
import { deferralFact } from './events.ts'
import { moveDueDate } from './move-due-date.ts'
import { requireDeferral } from './queries.ts'
import type { DeferralRow } from './table.ts'

export interface RevokeDeferral {
  id: string
  reason: string
  ifMatch: number | undefined
}

/**
 * Ends a deferral before its time: what is open of the item is due on the day it was due before, as if the deferral had
 * not been agreed, and dunning resumes where it stood. Only the last deferral of an item that is still open can be
 * revoked, and only while it runs: when its day has passed, the item is late by it.
 */
export async function revokeDeferral(
  tx: Tx,
  { id, reason, ifMatch }: RevokeDeferral,
): Promise<DeferralRow> {
  const { customer_id, item_id } = await requireDeferral(tx, id)
  await lockCustomers(tx, [customer_id])
  const deferral = await requireDeferral(tx, id)
  requireVersion(deferral.version, ifMatch)
  const item = await requireItem(tx, item_id)
  const runs = item.due_date === deferral.due_date && deferral.due_date >= tx.today
  if (deferral.status !== 'agreed' || item.open_amount === 0 || !runs)
    throw new Problem('invalid_state', { current_status: deferral.status, allowed_actions: [] })

  const revoked = await tx.db
    .updateTable('deferral')
    .set({
      status: 'revoked',
      revoke_date: tx.today,
      revoke_reason: reason,
      version: deferral.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await moveDueDate(tx, revoked, revoked.previous_due_date, 'deferral_revoked')
  announce(tx, deferralFact('deferral.revoked', revoked, tx))
  return revoked
}
