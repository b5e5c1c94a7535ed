import { announce } from '../events/announce.ts'
import { byTheService, commit, read } from '../foundation/database/commit.ts'
import type { Context } from '../foundation/http/context.ts'
import { newId } from '../foundation/id.ts'
import { verificationToJson } from './schema.ts'
import { findDifferences } from './verify-ledger.ts'

/**
 * The nightly proof, of the amounts: the other invariants are looked at on request, since they read every table. A
 * difference becomes an event, a failing health detail and a metric that should wake somebody.
 */
export async function verifyTenantLedger(
  context: Context,
  tenantId: string,
): Promise<Record<string, unknown>> {
  const differences = await read(context.workers, tenantId, findDifferences)
  if (differences.length > 0) {
    context.metrics.integrityViolations.inc(differences.length)
    context.log.error(
      { tenant_id: tenantId, differences: differences.length },
      'the ledger does not add up',
    )
    await commit(context.workers, { tenantId, cause: byTheService }, async (tx) =>
      announce(tx, {
        type: 'ledger.difference_found',
        entity: { kind: 'ledger_verification', id: newId(), sequence: 1 },
        customerId: null,
        object: verificationToJson(differences, [], tx.now),
      }),
    )
  }
  return { differences: differences.length }
}
