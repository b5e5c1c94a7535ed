import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { cancelUnder } from './cancel-debits.ts'
import { mandateFact } from './events.ts'
import { requireMandate } from './queries.ts'
import type { MandateRow } from './table.ts'

/** Ends a mandate today, and takes back what was scheduled under it. What is with the bank already runs its course. */
export async function revokeMandate(
  tx: Tx,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<MandateRow> {
  await lockCustomers(tx, [(await requireMandate(tx, id)).customer_id])
  const before = await requireMandate(tx, id)
  requireVersion(before.version, ifMatch)
  if (before.status === 'revoked')
    throw new Problem('invalid_state', { current_status: 'revoked', allowed_actions: [] })
  const mandate = await tx.db
    .updateTable('mandate')
    .set({
      status: 'revoked',
      block_reason_code: null,
      revoked_date: tx.today,
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
  if (mandate === undefined) throw new Problem('version_mismatch')
  announce(tx, mandateFact('mandate.revoked', mandate, tx, before))
  await cancelUnder(tx, [id], 'The mandate was revoked.')
  return mandate
}
