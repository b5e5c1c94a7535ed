import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { mergeMetadata, replacedFields } from '../../foundation/merge.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { mandateFact } from './events.ts'
import { accountFaults } from './mandate.ts'
import { requireMandate } from './queries.ts'
import { treatmentOf } from './reason-codes.ts'
import type { MandateRow } from './table.ts'

export interface AmendMandate {
  id: string
  changes: {
    reference?: string
    debtor_name?: string
    iban?: string
    bic?: string | null
    metadata?: Record<string, string | null>
  }
  ifMatch: number | undefined
}

/**
 * Changes a mandate. The next file tells the bank, once, what it was before. A mandate that was blocked for its account
 * is active again with another one.
 */
export async function amendMandate(
  tx: Tx,
  { id, changes, ifMatch }: AmendMandate,
): Promise<MandateRow> {
  await lockCustomers(tx, [(await requireMandate(tx, id)).customer_id])
  const before = await requireMandate(tx, id)
  requireVersion(before.version, ifMatch)
  if (before.status !== 'active' && before.status !== 'blocked')
    throw new Problem('invalid_state', { current_status: before.status, allowed_actions: [] })

  const after = amended(before, changes)
  if (replacedFields(after, { ...before }) === undefined) return before
  const faults = accountFaults(after.iban, after.bic)
  if (faults.length > 0) throw invalidFields(...faults)

  const mandate = await tx.db
    .updateTable('mandate')
    .set({
      ...after,
      metadata: JSON.stringify(after.metadata),
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
  if (mandate === undefined) throw new Problem('version_mismatch')
  announce(tx, mandateFact('mandate.amended', mandate, tx, before))
  return mandate
}

function amended(before: MandateRow, changes: AmendMandate['changes']) {
  const iban = changes.iban ?? before.iban
  const moved = iban !== before.iban
  const freed =
    moved &&
    before.block_reason_code !== null &&
    treatmentOf(before.block_reason_code).blocks === 'account'
  return {
    reference: changes.reference ?? before.reference,
    debtor_name: changes.debtor_name ?? before.debtor_name,
    iban,
    bic: changes.bic === undefined ? (moved ? null : before.bic) : changes.bic,
    metadata: mergeMetadata(before.metadata, changes.metadata),
    status: freed ? ('active' as const) : before.status,
    block_reason_code: freed ? null : before.block_reason_code,
  }
}
