import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { enqueueTask } from '../../foundation/jobs/tasks.ts'
import { dateInFuture, invalidFields, Problem } from '../../foundation/problem.ts'
import { contradictions } from '../contradictions.ts'
import type { PolicyDefinition } from '../policy.ts'
import { simulationFact } from './events.ts'
import type { SimulatedPolicy, SimulationRow } from './table.ts'
import { emptyTally } from './tally.ts'

/** A policy to be tried: a version of one there is (the current one unless named), or a draft. */
export type TriedPolicy =
  | { policyId: string; version: number | null }
  | { name: string; definition: PolicyDefinition }

/** Which past is to be replayed under which policies. */
export interface CreateSimulation {
  fromDate: CalendarDate
  toDate: CalendarDate
  basis: SimulationRow['basis']
  paidWithinDays: number
  policies: readonly TriedPolicy[]
}

/**
 * Takes a simulation in and hands it to the workers. What it depends on is fixed here: the policies word for word, and
 * the instant up to which the ledger counts.
 */
export async function createSimulation(tx: Tx, asked: CreateSimulation): Promise<SimulationRow> {
  const { fromDate, toDate } = asked
  if (toDate > tx.today) throw dateInFuture('to_date', toDate, tx.today)
  if (toDate < fromDate) {
    throw invalidFields({
      pointer: '#/to_date',
      code: 'before_from_date',
      detail: 'must not be before from_date',
      params: { from_date: fromDate },
    })
  }
  const policies: SimulatedPolicy[] = []
  for (const [index, tried] of asked.policies.entries()) policies.push(await fix(tx, tried, index))
  const simulation = await tx.db
    .insertInto('dunning_simulation')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      status: 'queued',
      from_date: fromDate,
      to_date: toDate,
      basis: asked.basis,
      paid_within_days: asked.paidWithinDays,
      known_at: tx.now,
      known_date: tx.today,
      policies: JSON.stringify(policies),
      tallies: JSON.stringify(policies.map(() => emptyTally)),
      actor: tx.cause.actor,
      request_id: tx.cause.requestId,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await enqueueTask(tx, 'dunning_simulation', simulation.id)
  announce(tx, simulationFact('dunning_simulation.created', simulation, tx))
  return simulation
}

/** The policy word for word. A draft that contradicts itself is refused like any other. */
async function fix(tx: Tx, tried: TriedPolicy, index: number): Promise<SimulatedPolicy> {
  if ('policyId' in tried) return fixVersion(tx, tried)
  const errors = contradictions(tried.definition)
  if (errors.length === 0) return { policy_id: null, version: null, ...tried }
  throw new Problem('dunning_policy_contradictory', {
    errors: errors.map((error) => ({
      in: 'body',
      ...error,
      pointer: error.pointer.replace('#', `#/policies/${index}/definition`),
    })),
  })
}

async function fixVersion(
  { db, tenant }: Tx,
  { policyId, version }: { policyId: string; version: number | null },
): Promise<SimulatedPolicy> {
  const found = await db
    .selectFrom('dunning_policy')
    .innerJoin('dunning_policy_version as said', (join) =>
      join
        .onRef('said.tenant_id', '=', 'dunning_policy.tenant_id')
        .onRef('said.policy_id', '=', 'dunning_policy.id'),
    )
    .select(['dunning_policy.id as policy_id', 'said.version', 'name', 'said.definition'])
    .where('dunning_policy.tenant_id', '=', tenant.id)
    .where('dunning_policy.id', '=', policyId)
    .where((row) =>
      row('said.version', '=', version === null ? row.ref('dunning_policy.version') : version),
    )
    .executeTakeFirst()
  if (found === undefined) throw new Problem('dunning_policy_not_found')
  return found
}
