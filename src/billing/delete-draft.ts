import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { Problem } from '../foundation/problem.ts'
import { invoiceFact } from './events.ts'
import { requireInvoice } from './queries.ts'

/** Deletes a draft, as if it had never been. What was issued is voided instead. */
export async function deleteDraft(
  tx: Tx,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<void> {
  const invoice = await requireInvoice(tx, id)
  requireVersion(invoice.version, ifMatch)
  const deleted = await tx.db
    .deleteFrom('invoice')
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', '=', 'draft')
    .where('version', '=', invoice.version)
    .returning('id')
    .executeTakeFirst()
  if (deleted === undefined) {
    throw new Problem('invalid_state', {
      current_status: invoice.status,
      allowed_actions: invoice.status === 'issued' ? ['void'] : [],
    })
  }
  announce(
    tx,
    invoiceFact(
      'invoice.deleted',
      { invoice: { ...invoice, version: invoice.version + 1 }, items: [] },
      tx,
    ),
  )
}
