import type { Tx } from '../../foundation/database/commit.ts'
import { invalidFields } from '../../foundation/problem.ts'
import type { Policy } from '../policy.ts'
import type { UnderWay } from './under-way.ts'

/** The version items are moved to. Refuses versions that the policy does not have, and one to itself. */
export async function requireVersions(
  { db, tenant }: Tx,
  { policyId, fromVersions, toVersion }: UnderWay,
): Promise<Policy> {
  const versions = await db
    .selectFrom('dunning_policy_version')
    .select(['version', 'definition'])
    .where('tenant_id', '=', tenant.id)
    .where('policy_id', '=', policyId)
    .execute()
  const known = new Map(versions.map(({ version, definition }) => [version, definition]))
  const unknown = (pointer: string, version: number) => ({
    pointer,
    code: 'unknown_version',
    detail: 'the policy has no such version',
    params: { version },
  })
  const definition = known.get(toVersion)
  const errors = [
    ...(definition === undefined ? [unknown('#/to_version', toVersion)] : []),
    ...(fromVersions ?? []).flatMap((version, index) =>
      known.has(version) ? [] : [unknown(`#/from_versions/${index}`, version)],
    ),
    ...(fromVersions?.includes(toVersion)
      ? [
          {
            pointer: '#/from_versions',
            code: 'same_version',
            detail: 'items are not moved to the version they are on',
            params: { to_version: toVersion },
          },
        ]
      : []),
  ]
  if (definition === undefined || errors.length > 0) throw invalidFields(...errors)
  return { ...definition, id: policyId, version: toVersion }
}
