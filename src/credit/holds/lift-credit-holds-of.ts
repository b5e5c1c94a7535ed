import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { creditHoldFact } from './events.ts'

/** Ends the holds that some notices had placed and nobody has lifted, in one statement. The customers are locked. */
export async function liftCreditHoldsOf(
  tx: Tx,
  noticeIds: readonly string[],
  reason: string,
): Promise<void> {
  const lifted = await tx.db
    .updateTable('credit_hold')
    .set({
      lifted_date: tx.today,
      lift_reason: reason,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('notice_id', '=', sql<string>`any(${noticeIds})`)
    .where('origin', '=', 'dunning')
    .where('lifted_date', 'is', null)
    .returningAll()
    .execute()
  const previous = { lifted_date: null, lift_reason: null }
  announce(tx, ...lifted.map((hold) => creditHoldFact('credit_hold.lifted', hold, tx, previous)))
}
