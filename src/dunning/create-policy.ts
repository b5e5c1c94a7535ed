import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { contradictions } from './contradictions.ts'
import { policyFact } from './events.ts'
import type { PolicyDefinition } from './policy.ts'
import type { PolicyRow } from './table.ts'

/** A policy with what its current version says. */
export type PolicyWithDefinition = PolicyRow & { definition: PolicyDefinition }

/** Creates a policy, its first version. A policy that contradicts itself is refused with every place where it does. */
export async function createPolicy(
  tx: Tx,
  name: string,
  definition: PolicyDefinition,
): Promise<PolicyWithDefinition> {
  refuseContradictions(definition)
  const policy = await tx.db
    .insertInto('dunning_policy')
    .values({ tenant_id: tx.tenant.id, id: newId(), name, created_at: tx.now, updated_at: tx.now })
    .returningAll()
    .executeTakeFirstOrThrow()
  await addVersion(tx, policy, definition)
  const created = { ...policy, definition }
  announce(tx, policyFact('dunning_policy.created', created, tx))
  return created
}

/** Keeps what a version says; versions are never changed. */
export const addVersion = (tx: Tx, { id, version }: PolicyRow, definition: PolicyDefinition) =>
  tx.db
    .insertInto('dunning_policy_version')
    .values({
      tenant_id: tx.tenant.id,
      policy_id: id,
      version,
      definition: JSON.stringify(definition),
      created_at: tx.now,
    })
    .execute()

export function refuseContradictions(definition: PolicyDefinition): void {
  const errors = contradictions(definition)
  if (errors.length > 0) {
    throw new Problem('dunning_policy_contradictory', {
      errors: errors.map((error) => ({ in: 'body', ...error })),
    })
  }
}
