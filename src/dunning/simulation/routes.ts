import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { cancelSimulation } from './cancel-simulation.ts'
import { createSimulation } from './create-simulation.ts'
import { listSimulations, requireSimulation } from './queries.ts'
import { requestOf } from './request.ts'
import * as wire from './schema.ts'

const params = IdParams('dunning_simulation', 'dunning simulation')

/** What policies would have done. */
export function simulationRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-simulations',
    operationId: 'createDunningSimulation',
    tag: 'Dunning',
    summary: 'Try dunning policies on the past',
    description:
      'Replays what the tenant’s customers owed and paid, day by day, under one or two policies, from the ledger, the holds, the limits of items, the direct debits and the contacts of people as they were, and counts what would have been sent and charged. Answers at once; the replay is done in the background. Items are replayed from their claim on, so that what was overdue before `from_date` stands where the policy would have brought it. Fees, interest and lump sums are charged as the law of today allows them, by the replayed notices, each of which counts as sent on its day; nobody pays them. How old payment data was counts with the basis `known`. Due dates before a deferral, and choices of a policy, are not replayed.',
    scope: 'dunning:write',
    body: wire.CreateDunningSimulation,
    answers: { 202: wire.DunningSimulation },
    problems: ['dunning_policy_not_found', 'dunning_policy_contradictory', 'date_in_future'],
    work: async (tx, { body }) =>
      wire.simulationToJson(await createSimulation(tx, requestOf(body)), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-simulations',
    operationId: 'listDunningSimulations',
    tag: 'Dunning',
    summary: 'List dunning simulations',
    description: 'The newest first, each with how far it has come.',
    scope: 'dunning:read',
    query: wire.SimulationQuery,
    answers: { 200: wire.DunningSimulationList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: page }) =>
      listToJson(await listSimulations(reader, page), (one) => wire.simulationToJson(one, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-simulations/:id',
    operationId: 'getDunningSimulation',
    tag: 'Dunning',
    summary: 'Read a dunning simulation',
    description: 'How far it is and, when it has succeeded, what each policy would have done.',
    scope: 'dunning:read',
    params,
    answers: { 200: wire.DunningSimulation },
    problems: ['dunning_simulation_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.simulationToJson(await requireSimulation(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-simulations/:id/cancel',
    operationId: 'cancelDunningSimulation',
    tag: 'Dunning',
    summary: 'Cancel a dunning simulation',
    description: 'What it has come to so far is not shown.',
    scope: 'dunning:write',
    params,
    answers: { 200: wire.DunningSimulation },
    problems: ['dunning_simulation_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, ifMatch }) =>
      wire.simulationToJson(await cancelSimulation(tx, { id: uuidOf(id), ifMatch }), tx),
  })
}
