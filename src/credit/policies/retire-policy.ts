import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import { policyFact } from './events.ts'
import { type PolicyVersion, requirePolicy } from './queries.ts'

/** Takes the policy out of force from today: from then on only limits and holds decide. Its versions stay. */
export async function retirePolicy(tx: Tx, ifMatch: number | undefined): Promise<PolicyVersion> {
  const before = await requirePolicy(tx)
  requireVersion(before.version, ifMatch)
  if (before.retired_date !== null) {
    throw new Problem('invalid_state', { current_status: 'retired', allowed_actions: ['put'] })
  }
  const policy = await tx.db
    .updateTable('credit_policy')
    .set({ retired_date: tx.today, version: before.version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
  if (policy === undefined) throw new Problem('version_mismatch')
  await tx.db
    .insertInto('credit_policy_version')
    .values({
      tenant_id: tx.tenant.id,
      policy_id: policy.id,
      version: policy.version,
      name: policy.name,
      definition: JSON.stringify(before.definition),
      created_at: tx.now,
    })
    .execute()
  const after = { ...policy, definition: before.definition }
  announce(tx, policyFact('credit_policy.retired', after, tx, before))
  return after
}
