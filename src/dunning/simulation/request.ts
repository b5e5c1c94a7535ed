import type { Static } from '@sinclair/typebox'
import { uuidOf } from '../../foundation/id.ts'
import { invalidFields } from '../../foundation/problem.ts'
import { definitionOf } from '../definition-of.ts'
import type { CreateSimulation, TriedPolicy } from './create-simulation.ts'
import type { CreateDunningSimulation } from './schema.ts'

type Request = Static<typeof CreateDunningSimulation>

/** What a simulation was asked for. Each policy is either one there is or a draft, never both. */
export const requestOf = (body: Request): CreateSimulation => ({
  fromDate: body.from_date,
  toDate: body.to_date,
  basis: body.basis ?? 'effective',
  paidWithinDays: body.paid_within_days ?? 14,
  policies: body.policies.map(triedPolicy),
})

function triedPolicy(
  { policy_id, version, definition }: Request['policies'][number],
  index: number,
): TriedPolicy {
  if (policy_id !== undefined && definition === undefined)
    return { policyId: uuidOf(policy_id), version: version ?? null }
  if (policy_id === undefined && definition !== undefined && version === undefined)
    return { name: definition.name, definition: definitionOf(definition) }
  throw invalidFields({
    pointer: `#/policies/${index}`,
    code: 'policy_or_definition',
    detail: 'must name a policy, with or without version, or hold a definition',
  })
}
