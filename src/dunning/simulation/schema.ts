import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  At,
  Body,
  Count,
  Day,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  resourceFields,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { CreateDunningPolicy } from '../policy-schema.ts'
import { namedPolicy, PolicyResult, policyFields, resultsOf } from './result-schema.ts'
import { type SimulationRow, simulationBases, simulationStatuses } from './table.ts'

const Basis = OneOf(simulationBases, {
  description:
    '`effective`: a simulated run sees what counts by its day, whenever it was recorded. `known`: only what had been recorded when the run of that day would have begun, and payment data as old as it was then; for history that was not imported later.',
  default: 'effective',
})
const PaidWithin = Type.Integer({
  description:
    'A customer that pays in full within so many days after a notice would have paid anyway.',
  format: 'int32',
  minimum: 1,
  maximum: 90,
  default: 14,
  examples: [14],
})
const FromDate = Day('The first day whose notices count.', '2026-01-01')
const ToDate = Day('The last day that is replayed; not after today.')

const TriedDunningPolicy = named(
  'TriedDunningPolicy',
  Body(
    {
      policy_id: Type.Optional(Id('dunning_policy', 'A policy there is; or a `definition`.')),
      version: Type.Optional(
        Count('Which version of it; the current one unless given.', { minimum: 1 }),
      ),
      definition: Type.Optional(ref(CreateDunningPolicy)),
    },
    { description: 'A policy to try: one there is, or a draft that is not stored as a policy.' },
  ),
)

export const CreateDunningSimulation = named(
  'CreateDunningSimulation',
  Body(
    {
      from_date: FromDate,
      to_date: ToDate,
      basis: Type.Optional(Basis),
      paid_within_days: Type.Optional(PaidWithin),
      policies: List(ref(TriedDunningPolicy), {
        description: 'One policy, or two to compare.',
        minItems: 1,
        maxItems: 2,
      }),
    },
    { description: 'Which past is to be replayed under which policies.' },
  ),
)

export const DunningSimulation = named(
  'DunningSimulation',
  Type.Object(
    {
      ...resourceFields('dunning_simulation'),
      status: OneOf(simulationStatuses, {
        description: 'Where it stands.',
        examples: ['succeeded'],
      }),
      from_date: FromDate,
      to_date: ToDate,
      basis: Basis,
      paid_within_days: PaidWithin,
      known_at: At('What was recorded later does not count.'),
      customer_count: Count('Customers it replays; 0 until it begins.', { example: 1200 }),
      done_count: Count('Customers that are done.', { example: 1200 }),
      policies: List(
        Type.Object(
          {
            ...policyFields,
            definition: ref(CreateDunningPolicy),
          },
          { description: 'A policy, word for word as it was when the simulation was asked for.' },
        ),
        { description: 'The policies it tries.', maxItems: 2 },
      ),
      results: Nullable(
        List(PolicyResult, {
          description: 'What each policy would have done, in their order; null until it succeeded.',
          maxItems: 2,
        }),
      ),
      finished_at: Nullable(At('When it ended; null as long as it has not.')),
    },
    {
      description:
        'A back-test of dunning policies on the tenant’s own past. Its `done_count` grows without a new version.',
    },
  ),
)
export const DunningSimulationList = ListOf(DunningSimulation)
export const SimulationQuery = Query({ ...paging })

/** A simulation as the API shows it. */
export const simulationToJson = (
  simulation: SimulationRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof DunningSimulation> => ({
  id: publicId('dunning_simulation', simulation.id),
  object: 'dunning_simulation',
  version: simulation.version,
  livemode: tenant.mode === 'live',
  status: simulation.status,
  from_date: simulation.from_date,
  to_date: simulation.to_date,
  basis: simulation.basis,
  paid_within_days: simulation.paid_within_days,
  known_at: simulation.known_at,
  customer_count: simulation.customer_count,
  done_count: simulation.done_count,
  policies: simulation.policies.map((policy) => ({
    ...namedPolicy(policy),
    definition: { name: policy.name, ...policy.definition },
  })),
  results: simulation.status === 'succeeded' ? resultsOf(simulation) : null,
  finished_at: simulation.finished_at,
  created_at: simulation.created_at,
  updated_at: simulation.updated_at,
})
