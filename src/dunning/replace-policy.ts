import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { Problem } from '../foundation/problem.ts'
import { lookAtFollowersOf } from '../ledger/watch-items.ts'
import { addVersion, type PolicyWithDefinition, refuseContradictions } from './create-policy.ts'
import { policyFact } from './events.ts'
import type { PolicyDefinition } from './policy.ts'
import { requirePolicy } from './queries.ts'

export interface ReplacePolicy {
  id: string
  name: string
  definition: PolicyDefinition
  ifMatch: number | undefined
}

/**
 * Gives a policy its next version, under the same id. Items under way stay on the version they began with; all others
 * are judged by the new one from the next run on.
 */
export async function replacePolicy(
  tx: Tx,
  { id, name, definition, ifMatch }: ReplacePolicy,
): Promise<PolicyWithDefinition> {
  const before = await requirePolicy(tx, id)
  requireVersion(before.version, ifMatch)
  refuseContradictions(definition)
  const policy = await tx.db
    .updateTable('dunning_policy')
    .set({ name, version: before.version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
  if (policy === undefined) throw new Problem('version_mismatch')
  await addVersion(tx, policy, definition)
  await lookAtFollowersOf(tx, 'dunning_policy', [id])
  const replaced = { ...policy, definition }
  announce(tx, {
    ...policyFact('dunning_policy.updated', replaced, tx),
    previous: { version: before.version, name: before.name, ...before.definition },
  })
  return replaced
}
