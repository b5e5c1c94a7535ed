import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { newId } from '../../foundation/id.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import type { CreditPolicyRow } from '../table.ts'
import { contradictions } from './contradictions.ts'
import { policyFact } from './events.ts'
import type { CreditPolicyDefinition } from './policy.ts'
import { findPolicy, type PolicyVersion } from './queries.ts'

export interface PutPolicy {
  name: string
  definition: CreditPolicyDefinition
  ifMatch: number | undefined
}

/**
 * Makes the tenant's policy say this from now on, as its next version; a retired one is in force again. A policy that
 * contradicts itself is refused with every place where it does.
 */
export async function putPolicy(
  tx: Tx,
  { name, definition, ifMatch }: PutPolicy,
): Promise<PolicyVersion> {
  await refuseContradictions(tx, definition)
  const before = await findPolicy(tx)
  if (before === undefined && ifMatch !== undefined) throw new Problem('version_mismatch')
  if (before !== undefined) requireVersion(before.version, ifMatch)
  const { rows } = await sql<CreditPolicyRow>`
    insert into credit_policy (tenant_id, id, name, created_at, updated_at)
    values (${tx.tenant.id}, ${before?.id ?? newId()}, ${name}, ${tx.now}, ${tx.now})
    on conflict (tenant_id) do update
    set name = excluded.name, retired_date = null, version = credit_policy.version + 1, updated_at = excluded.updated_at
    where credit_policy.version = ${before?.version ?? 0}
    returning *
  `.execute(tx.db)
  const [policy] = rows
  if (policy === undefined) throw new Problem('version_mismatch')
  await tx.db
    .insertInto('credit_policy_version')
    .values({
      tenant_id: tx.tenant.id,
      policy_id: policy.id,
      version: policy.version,
      name,
      definition: JSON.stringify(definition),
      created_at: tx.now,
    })
    .execute()
  const after = { ...policy, definition }
  announce(
    tx,
    policyFact(before ? 'credit_policy.updated' : 'credit_policy.created', after, tx, before),
  )
  return after
}

async function refuseContradictions(tx: Tx, definition: CreditPolicyDefinition): Promise<void> {
  const errors = [...contradictions(definition), ...(await unknownClasses(tx, definition))]
  if (errors.length > 0) throw invalidFields(...errors)
}

/** The customer classes that the policy names and the tenant does not have. */
async function unknownClasses(tx: Tx, { standing }: CreditPolicyDefinition) {
  const named = standing?.customer_classes ?? []
  if (named.length === 0) return []
  const known = await tx.db
    .selectFrom('customer_class')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', sql<string>`any(${named.map((one) => one.customer_class_id)})`)
    .execute()
  const ids = new Set(known.map(({ id }) => id))
  return named.flatMap(({ customer_class_id: id }, index) =>
    ids.has(id)
      ? []
      : [
          {
            pointer: `#/standing/customer_classes/${index}/customer_class_id`,
            code: 'unknown_customer_class',
            detail: 'must be a customer class of this tenant',
          },
        ],
  )
}
