import type { Reader } from '../../foundation/database/frame.ts'
import { type CreditPolicyDefinition, withoutPolicy } from './policy.ts'

/** What decides about credit: the policy in force in its current version, or what holds without one. */
export interface RulesInForce {
  /** Null without a policy. */
  policyId: string | null
  version: number | null
  definition: CreditPolicyDefinition
}

/** What decides today. */
export async function rulesInForce({ db, tenant, today }: Reader): Promise<RulesInForce> {
  const found = await db
    .selectFrom('credit_policy')
    .innerJoin('credit_policy_version as current', (join) =>
      join
        .onRef('current.tenant_id', '=', 'credit_policy.tenant_id')
        .onRef('current.policy_id', '=', 'credit_policy.id')
        .onRef('current.version', '=', 'credit_policy.version'),
    )
    .select(['credit_policy.id', 'credit_policy.version', 'current.definition'])
    .where('credit_policy.tenant_id', '=', tenant.id)
    .where((policy) =>
      policy.or([policy('retired_date', 'is', null), policy('retired_date', '>', today)]),
    )
    .executeTakeFirst()
  return {
    policyId: found?.id ?? null,
    version: found?.version ?? null,
    definition: found?.definition ?? withoutPolicy,
  }
}
