import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  At,
  Body,
  Count,
  exampleId,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Several,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { pascalCase } from '../../foundation/pascal-case.ts'
import { type SimulatorRunRow, simulatorRunStatuses } from '../table.ts'
import type { AnySimulator } from './simulator.ts'
import { simulators } from './simulators.ts'

const Name = (description: string) =>
  OneOf(simulators.map(({ name }) => name) as [string, ...string[]], {
    description,
    examples: ['customer_pays'],
  })

/** Anything that is JSON and an object. */
const AnyObject = (description: string, example: object) =>
  Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    description,
    additionalProperties: true,
    maxProperties: 100,
    examples: [example],
  })

const exampleParameters = { invoice_id: exampleId('invoice'), way: 'in_full' }

const bodyOf = ({ name, parameters, example }: AnySimulator) =>
  named(
    `Simulate${pascalCase(name)}`,
    Type.Object(
      {
        ...parameters,
        run_at: Type.Optional(
          At(
            'When it is to happen by the test clock, not before now; unless given, as the simulator says. What it names is looked up when it happens.',
            '2026-04-15T09:00:00Z',
          ),
        ),
      },
      {
        additionalProperties: false,
        description: `What the simulator \`${name}\` is told.`,
        examples: [example],
      },
    ),
  )

/** What each simulator is told, and when it is to happen, by its name. */
export const bodies = new Map(simulators.map((simulator) => [simulator.name, bodyOf(simulator)]))

export const Simulator = named(
  'Simulator',
  Type.Object(
    {
      object: Type.Unsafe<'simulator'>(
        Type.String({ description: 'What this is.', const: 'simulator', examples: ['simulator'] }),
      ),
      name: Name('What it is called.'),
      description: Text('What happens.', { maxLength: 1_000, example: 'A customer pays.' }),
      run_path: Text('Where to POST the parameters to.', {
        example: '/v1/simulators/customer_pays/run',
      }),
      parameters: AnyObject('What it has to be told, as a JSON Schema.', { type: 'object' }),
      example: AnyObject('Parameters it could be run with.', exampleParameters),
    },
    { description: 'Something that the outside world would do.' },
  ),
)

export const Simulators = named(
  'Simulators',
  Type.Object(
    {
      object: Type.Unsafe<'simulators'>(
        Type.String({
          description: 'What this is.',
          const: 'simulators',
          examples: ['simulators'],
        }),
      ),
      simulators: List(Simulator, { description: 'All there are.', maxItems: 100 }),
    },
    { description: 'Everything that can be made to happen in a test tenant.' },
  ),
)

const Changed = Type.Object(
  {
    object: Text('What it is.', { maxLength: 50, example: 'payment' }),
    id: Text('Its id.', { maxLength: 90, example: exampleId('payment') }),
  },
  { description: 'A resource that was made or changed.' },
)

const RefusalOfRun = Type.Object(
  {
    code: Text('The code of the problem.', { example: 'insufficient_open_amount' }),
    status: Count('The status a request would have been answered with.', { example: 409 }),
    title: Text('What the code means.', { example: 'The open amount is too small' }),
    detail: Text('What is wrong.', { maxLength: 1_000, example: 'The open amount is too small' }),
  },
  { description: 'Why it could not happen.' },
)

export const SimulatorRun = named(
  'SimulatorRun',
  Type.Object(
    {
      ...resourceFields('simulator_run'),
      simulator: Name('What happens.'),
      parameters: AnyObject('What it was told.', exampleParameters),
      status: OneOf(simulatorRunStatuses, {
        description: 'Whether it has happened. What `failed` has left nothing behind.',
      }),
      run_at: At('When it happened or is to happen, by the test clock.'),
      changes: List(Changed, {
        description: 'What it made or changed, the most important first.',
        maxItems: 500,
      }),
      problem: Nullable(RefusalOfRun),
    },
    { description: 'Something that was, or is to be, made to happen.' },
  ),
)
export const SimulatorRunList = ListOf(SimulatorRun)

export const SimulatorRunQuery = Query({
  ...paging,
  simulator: Type.Optional(Name('Only of this simulator.')),
  status: Several(simulatorRunStatuses, 'Only these statuses.'),
})

/** All simulators as the API shows them. */
export const simulatorsToJson = (): Static<typeof Simulators> => ({
  object: 'simulators',
  simulators: simulators.map(({ name, description, parameters, example }) => ({
    object: 'simulator',
    name,
    description,
    run_path: `/v1/simulators/${name}/run`,
    parameters: JSON.parse(JSON.stringify(Body(parameters))),
    example,
  })),
})

/** A run as the API shows it. */
export const runToJson = (
  run: SimulatorRunRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof SimulatorRun> => ({
  id: publicId('simulator_run', run.id),
  object: 'simulator_run',
  version: run.version,
  livemode: tenant.mode === 'live',
  simulator: run.simulator,
  parameters: run.parameters,
  status: run.status,
  run_at: run.run_at,
  changes: run.changes,
  problem: run.problem,
  created_at: run.created_at,
  updated_at: run.updated_at,
})
