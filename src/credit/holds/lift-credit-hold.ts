import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { creditHoldFact } from './events.ts'
import { requireCreditHold } from './queries.ts'
import type { CreditHoldRow } from './table.ts'

export interface LiftCreditHold {
  id: string
  reason: string
  ifMatch: number | undefined
}

/** Ends a hold today. That what was overdue is paid does not do it: selling on account again is a person's decision. */
export async function liftCreditHold(tx: Tx, input: LiftCreditHold): Promise<CreditHoldRow> {
  await lockCustomers(tx, [(await requireCreditHold(tx, input.id)).customer_id])
  const before = await requireCreditHold(tx, input.id)
  requireVersion(before.version, input.ifMatch)
  if (before.lifted_date !== null) {
    throw new Problem('invalid_state', {
      current_status: 'lifted',
      allowed_actions: [],
      lifted_date: before.lifted_date,
    })
  }
  const lifted = await tx.db
    .updateTable('credit_hold')
    .set({
      lifted_date: tx.today,
      lift_reason: input.reason,
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', input.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const previous = { lifted_date: null, lift_reason: null }
  announce(tx, creditHoldFact('credit_hold.lifted', lifted, tx, previous))
  return lifted
}
