import type { Reader } from '../../foundation/database/frame.ts'
import { type Order, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { Problem } from '../../foundation/problem.ts'
import type { CreditPolicyRow } from '../table.ts'
import { type CreditPolicyDefinition, withoutPolicy } from './policy.ts'

/** A policy with what one of its versions says. */
export type PolicyVersion = CreditPolicyRow & { definition: CreditPolicyDefinition }

/** What decides about credit: the policy in force in its current version, or what holds without one. */
export interface RulesInForce {
  /** Null without a policy. */
  policyId: string | null
  version: number | null
  definition: CreditPolicyDefinition
}

/** What decides today. */
export async function rulesInForce(reader: Reader): Promise<RulesInForce> {
  const policy = await findPolicy(reader)
  const isInForce =
    policy !== undefined && (policy.retired_date === null || policy.retired_date > reader.today)
  return isInForce
    ? { policyId: policy.id, version: policy.version, definition: policy.definition }
    : { policyId: null, version: null, definition: withoutPolicy }
}

/** What a decision of the past was made by. */
export async function rulesOf(
  { db, tenant }: Reader,
  policyId: string | null,
  version: number | null,
): Promise<RulesInForce> {
  if (policyId === null || version === null)
    return { policyId: null, version: null, definition: withoutPolicy }
  const { definition } = await db
    .selectFrom('credit_policy_version')
    .select('definition')
    .where('tenant_id', '=', tenant.id)
    .where('policy_id', '=', policyId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return { policyId, version, definition }
}

/** The tenant's policy in its current version, in force or retired; undefined where there never was one. */
export const findPolicy = ({ db, tenant }: Reader): Promise<PolicyVersion | undefined> =>
  db
    .selectFrom('credit_policy')
    .innerJoin('credit_policy_version as current', (join) =>
      join
        .onRef('current.tenant_id', '=', 'credit_policy.tenant_id')
        .onRef('current.policy_id', '=', 'credit_policy.id')
        .onRef('current.version', '=', 'credit_policy.version'),
    )
    .selectAll('credit_policy')
    .select('current.definition')
    .where('credit_policy.tenant_id', '=', tenant.id)
    .executeTakeFirst()

/** The tenant's policy in its current version, or `credit_policy_not_found`. */
export async function requirePolicy(reader: Reader): Promise<PolicyVersion> {
  const policy = await findPolicy(reader)
  if (policy === undefined) throw new Problem('credit_policy_not_found')
  return policy
}

const newestVersion: Order = {
  column: 'credit_policy_version.version',
  direction: 'desc',
  type: 'int',
  tie: null,
}

/** One page of the versions of the policy, the newest first. */
export async function listVersions(
  { db, tenant }: Reader,
  page: Page,
): Promise<Paged<PolicyVersion>> {
  const select = db
    .selectFrom('credit_policy')
    .innerJoin('credit_policy_version', (join) =>
      join
        .onRef('credit_policy_version.tenant_id', '=', 'credit_policy.tenant_id')
        .onRef('credit_policy_version.policy_id', '=', 'credit_policy.id'),
    )
    .select([
      'credit_policy.tenant_id',
      'credit_policy.id',
      'credit_policy.retired_date',
      'credit_policy_version.version',
      'credit_policy_version.name',
      'credit_policy_version.definition',
      'credit_policy_version.created_at',
      'credit_policy_version.created_at as updated_at',
    ])
    .where('credit_policy.tenant_id', '=', tenant.id)
  return pageOf<PolicyVersion>(select, page, newestVersion)
}
