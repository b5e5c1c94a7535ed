import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Amount,
  At,
  Body,
  Count,
  Currency,
  Day,
  Decimal,
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
  Text,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { CreateDunningPolicy } from '../policy-schema.ts'
import { type SimulationRow, simulationBases, simulationStatuses } from './table.ts'

const Basis = OneOf(simulationBases, {
  description:
    '`effective`: a simulated run sees what counts by its day, whenever it was recorded. `known`: only what had been recorded when the run of that day would have begun; for history that was not imported later.',
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

const LevelResult = Type.Object(
  {
    level: Count('The level of the notices; 0 for reminders before the due date.'),
    currency: Currency(),
    notice_count: Count('Notices.', { example: 120 }),
    item_count: Count('Items that they lift, or remind of.', { example: 203 }),
    customer_count: Count('Customers that are sent any.', { example: 96 }),
    amount: Amount('What was open of those items.'),
    fee_amount: Amount('Fees, as the policy asks for them, before what the law forbids.', {
      example: 60_000,
    }),
    interest_amount: Amount(
      'Interest claimed at agreed rates (`contract`), simple, over 365 days. Statutory interest is not simulated.',
      { example: 1234 },
    ),
    observed_notice_count: Count('Notices after which all the days asked for are known.', {
      example: 110,
    }),
    paid_soon_notice_count: Count('Those whose items were all paid in full within these days.', {
      example: 61,
    }),
    paid_soon_amount: Amount('What these notices were about.'),
  },
  { description: 'What the notices of one level in one currency would have been.' },
)

const PolicyResult = Type.Object(
  {
    policy_id: Nullable(Id('dunning_policy', 'The policy; null for a draft.')),
    version: Nullable(Count('Its version; null for a draft.')),
    name: Text('What it is called.', { maxLength: 100, example: 'Standard, three steps' }),
    contacted_customer_count: Count('Customers that are sent anything.', { example: 96 }),
    contact_count: Count('Contacts: days on which a customer is sent anything.', { example: 131 }),
    average_contacts: Nullable(Decimal('Contacts per contacted customer.', '1.36')),
    max_contacts: Count('The most that one customer has.', { example: 4 }),
    customers_1_count: Count('Customers with one contact.', { example: 70 }),
    customers_2_count: Count('Customers with two contacts.', { example: 20 }),
    customers_3_count: Count('Customers with three contacts.', { example: 5 }),
    customers_over_3_count: Count('Customers with more than three contacts.'),
    paid_anyway_customer_count: Count(
      'Customers whose every observed notice was followed by full payment within the days: in the past that really was, which had its own notices.',
      { example: 31 },
    ),
    levels: List(LevelResult, { description: 'By level and currency.', maxItems: 10_000 }),
    standing: List(
      Type.Object(
        {
          level: Count('The level they have reached; 0 for none.'),
          currency: Currency(),
          item_count: Count('Items.', { example: 41 }),
          amount: Amount('What is open of them.'),
        },
        { description: 'What is open at the end of the last day of items at one level.' },
      ),
      { description: 'The money at each level, at the end.', maxItems: 10_000 },
    ),
  },
  { description: 'What one policy would have done.' },
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
            policy_id: Nullable(Id('dunning_policy', 'The policy; null for a draft.')),
            version: Nullable(Count('Its version; null for a draft.')),
            name: Text('What it is called.', { maxLength: 100, example: 'Standard' }),
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

const resultsOf = ({ policies, tallies }: SimulationRow) =>
  tallies.map((tally, index) => ({
    ...namedPolicy(policies[index] as SimulationRow['policies'][number]),
    ...tally,
    average_contacts:
      tally.contacted_customer_count === 0
        ? null
        : (tally.contact_count / tally.contacted_customer_count).toFixed(2),
  }))

const namedPolicy = ({ policy_id, version, name }: SimulationRow['policies'][number]) => ({
  policy_id: publicIdOrNull('dunning_policy', policy_id),
  version,
  name,
})
