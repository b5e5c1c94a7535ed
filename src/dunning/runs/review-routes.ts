import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { invalidFields } from '../../foundation/problem.ts'
import * as find from '../queries.ts'
import * as wire from './decision-schema.ts'
import { reviewDecision } from './review-decision.ts'
import { excludeFromRun, includeInRun, type Subject } from './review-run.ts'
import { DunningReview, reviewToJson } from './run-schema.ts'

const runParams = IdParams('dunning_run', 'dunning run')
const decisionParams = IdParams('dunning_decision', 'dunning decision')

/** Decisions, and what a person may change about them before they are released. */
export function reviewRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-runs/:id/decisions',
    operationId: 'listDunningDecisions',
    tag: 'Dunning',
    summary: 'List the decisions of a dunning run',
    description: 'One per open item it looked at, with the reason and the values that decided.',
    scope: 'dunning:read',
    params: runParams,
    query: wire.DecisionQuery,
    answers: { 200: wire.DunningDecisionList },
    problems: ['dunning_run_not_found', 'invalid_cursor'],
    work: async (reader, { params: { id }, query: filters }) => {
      const run = await find.requireRun(reader, uuidOf(id))
      return listToJson(await find.listDecisions(reader, run.id, filters), wire.decisionToJson)
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-decisions/:id',
    operationId: 'getDunningDecision',
    tag: 'Dunning',
    summary: 'Read a dunning decision',
    description: 'Why an item was or was not escalated, and what became of it.',
    scope: 'dunning:read',
    params: decisionParams,
    answers: { 200: wire.DunningDecision },
    problems: ['dunning_decision_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.decisionToJson(await find.requireDecision(reader, uuidOf(id))),
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/dunning-decisions/:id',
    operationId: 'reviewDunningDecision',
    tag: 'Dunning',
    summary: 'Review a proposed dunning decision',
    description:
      'Chooses a lower level or another deadline for what is proposed. A notice names one deadline: the latest chosen for any of its items. A statutory notice leaves at least the days its law asks for: an earlier deadline is refused, and forgotten where a later release makes it too early.',
    scope: 'dunning:write',
    params: decisionParams,
    body: wire.ReviewDunningDecision,
    answers: { 200: wire.DunningDecision },
    problems: ['dunning_decision_not_found', 'dunning_nothing_to_review', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.decisionToJson(await reviewDecision(tx, { id: uuidOf(id), changes: body, ifMatch })),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-runs/:id/exclude',
    operationId: 'excludeFromDunningRun',
    tag: 'Dunning',
    summary: 'Leave an item or a customer out of a proposal',
    description: 'What is left out is looked at again from tomorrow on.',
    scope: 'dunning:write',
    ifMatch: 'none',
    params: runParams,
    body: wire.ExcludeFromDunningRun,
    answers: { 200: DunningReview },
    problems: ['dunning_run_not_found', 'dunning_nothing_to_review', 'invalid_state'],
    work: async (tx, { params: { id }, body }) => {
      const runId = uuidOf(id)
      return reviewToJson(runId, await excludeFromRun(tx, runId, subjectOf(body), body.reason))
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-runs/:id/include',
    operationId: 'includeInDunningRun',
    tag: 'Dunning',
    summary: 'Take an item or a customer into a proposal again',
    description: 'Refused when another run has proposed it since.',
    scope: 'dunning:write',
    ifMatch: 'none',
    params: runParams,
    body: wire.IncludeInDunningRun,
    answers: { 200: DunningReview },
    problems: [
      'dunning_run_not_found',
      'dunning_nothing_to_review',
      'dunning_already_proposed',
      'invalid_state',
    ],
    work: async (tx, { params: { id }, body }) => {
      const runId = uuidOf(id)
      return reviewToJson(runId, await includeInRun(tx, runId, subjectOf(body)))
    },
  })
}

/** The item, or the customer: one of the two. */
function subjectOf({
  item_id: item,
  customer_id: customer,
}: {
  item_id?: string
  customer_id?: string
}): Subject {
  if (item !== undefined && customer === undefined) return { itemId: uuidOf(item) }
  if (customer !== undefined && item === undefined) return { customerId: uuidOf(customer) }
  throw invalidFields({
    pointer: '#/customer_id',
    code: 'one_of_two',
    detail: 'one of item_id and customer_id is needed, and not both',
  })
}
