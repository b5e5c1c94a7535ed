import type { TSchema } from '@sinclair/typebox'
import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { pascalCase } from '../../foundation/pascal-case.ts'
import { requireTestTenant } from '../require-test-tenant.ts'
import { cancelRun } from './cancel-run.ts'
import { listRuns, requireRun } from './queries.ts'
import { runSimulator } from './run-simulator.ts'
import * as wire from './schema.ts'
import type { AnySimulator } from './simulator.ts'
import { simulators } from './simulators.ts'

const tag = 'Simulators'
const params = IdParams('simulator_run', 'run')

/** What the outside world would do, on request. */
export function simulatorRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/simulators',
    operationId: 'listSimulators',
    tag,
    summary: 'List simulators',
    description:
      'Each with the JSON Schema of its parameters and an example. They act as the outside world would: events, books and webhooks are as if it had really happened.',
    scope: 'tenants:read',
    answers: { 200: wire.Simulators },
    problems: ['test_tenant_only'],
    work: async (reader) => {
      requireTestTenant(reader)
      return wire.simulatorsToJson()
    },
  })

  for (const simulator of simulators)
    runRoute(http, context, simulator, wire.bodies.get(simulator.name) as TSchema)

  query(http, context, {
    method: 'GET',
    url: '/v1/simulator-runs',
    operationId: 'listSimulatorRuns',
    tag,
    summary: 'List simulator runs',
    description:
      'Newest first: what was made to happen, and with `status=scheduled` what waits for the test clock. Runs are no part of the feed; what they bring about is.',
    scope: 'tenants:read',
    query: wire.SimulatorRunQuery,
    answers: { 200: wire.SimulatorRunList },
    problems: ['test_tenant_only', 'invalid_cursor'],
    work: async (reader, { query: filters }) => {
      requireTestTenant(reader)
      return listToJson(await listRuns(reader, filters), (run) => wire.runToJson(run, reader))
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/simulator-runs/:id',
    operationId: 'getSimulatorRun',
    tag,
    summary: 'Read a simulator run',
    description: 'Whether it has happened, and what it made or changed.',
    scope: 'tenants:read',
    params,
    answers: { 200: wire.SimulatorRun },
    problems: ['test_tenant_only', 'simulator_run_not_found'],
    work: async (reader, { params: { id } }) => {
      requireTestTenant(reader)
      return wire.runToJson(await requireRun(reader, uuidOf(id)), reader)
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/simulator-runs/:id/cancel',
    operationId: 'cancelSimulatorRun',
    tag,
    summary: 'Cancel a scheduled simulator run',
    description: 'It will not happen. What has happened already stays.',
    scope: 'sandbox:write',
    params,
    answers: { 200: wire.SimulatorRun },
    problems: ['test_tenant_only', 'simulator_run_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, ifMatch }) => {
      requireTestTenant(tx)
      return wire.runToJson(await cancelRun(tx, { id: uuidOf(id), ifMatch }), tx)
    },
  })
}

/** One operation per simulator, so that each has a closed body of its own in every generated client. */
function runRoute(http: Http, context: Context, simulator: AnySimulator, Body: TSchema): void {
  const { name, description, problems } = simulator
  command(http, context, {
    method: 'POST',
    url: `/v1/simulators/${name}/run`,
    operationId: `simulate${pascalCase(name)}`,
    tag,
    summary: `Simulate: ${name.replaceAll('_', ' ')}`,
    description: `${description} With \`run_at\`, when the test clock gets there.`,
    scope: 'sandbox:write',
    idempotency: 'required',
    body: Body,
    answers: { 201: wire.SimulatorRun },
    problems: ['test_tenant_only', 'clock_advancing', 'instant_in_past', ...problems],
    work: async (tx, { body }) => {
      const { run_at, ...parameters } = body as Record<string, unknown> & { run_at?: string }
      const run = await runSimulator(tx, { simulator, parameters, runAt: run_at ?? null })
      const json = wire.runToJson(run, tx)
      return new Answer(201, json, { location: `/v1/simulator-runs/${json.id}` })
    },
  })
}
