import type { Static } from '@sinclair/typebox'
import type { Context } from '../foundation/http/context.ts'
import { Answer, command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { changeHold, liftHold } from './change-hold.ts'
import { createHold } from './create-hold.ts'
import { createPolicy } from './create-policy.ts'
import { explainInvoice } from './explain-invoice.ts'
import type { PolicyDefinition } from './policy.ts'
import * as find from './queries.ts'
import { replacePolicy } from './replace-policy.ts'
import * as wire from './schema.ts'
import { previewRun, startRun } from './start-run.ts'

/** How we ask: policies, holds, runs with their decisions, notices, and the explanation of each invoice. */
export function dunningRoutes(http: Http, context: Context): void {
  policyRoutes(http, context)
  holdRoutes(http, context)
  runRoutes(http, context)
  noticeRoutes(http, context)

  query(http, context, {
    method: 'GET',
    url: '/v1/invoices/:id/dunning',
    operationId: 'explainInvoiceDunning',
    tag: 'Dunning',
    summary: 'Explain where an invoice stands in dunning',
    description:
      'Its level, every step taken, what comes next and when, and what stands in the way: the same evaluation a run would make today.',
    scope: 'dunning:read',
    params: IdParams('invoice', 'invoice'),
    answers: { 200: wire.InvoiceDunningSchema },
    problems: ['invoice_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.explanationToJson(await explainInvoice(reader, uuidOf(id))),
  })
}

const policyParams = IdParams('dunning_policy', 'dunning policy')

function policyRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-policies',
    operationId: 'createDunningPolicy',
    tag: 'Dunning',
    summary: 'Create a dunning policy',
    description:
      'A policy does nothing until the tenant or a customer names it. One that contradicts itself is refused with every place where it does.',
    scope: 'dunning:write',
    body: wire.CreateDunningPolicy,
    answers: { 201: wire.DunningPolicy },
    problems: ['dunning_policy_contradictory'],
    work: async (tx, { body }) =>
      wire.policyToJson(await createPolicy(tx, body.name, definitionOf(body)), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-policies',
    operationId: 'listDunningPolicies',
    tag: 'Dunning',
    summary: 'List dunning policies',
    description: 'Each in its current version, the newest first.',
    scope: 'dunning:read',
    query: wire.PolicyQuery,
    answers: { 200: wire.DunningPolicyList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: page }) =>
      listToJson(await find.listPolicies(reader, page), (policy) =>
        wire.policyToJson(policy, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-policies/:id',
    operationId: 'getDunningPolicy',
    tag: 'Dunning',
    summary: 'Read a dunning policy',
    description: 'Its current version.',
    scope: 'dunning:read',
    params: policyParams,
    answers: { 200: wire.DunningPolicy },
    problems: ['dunning_policy_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.policyToJson(await find.requirePolicy(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/dunning-policies/:id',
    operationId: 'replaceDunningPolicy',
    tag: 'Dunning',
    summary: 'Give a dunning policy its next version',
    description:
      'Versions are immutable. Items under way stay on the version they began with; all others are judged by the new one from the next run on.',
    scope: 'dunning:write',
    ifMatch: 'required',
    params: policyParams,
    body: wire.ReplaceDunningPolicy,
    answers: { 200: wire.DunningPolicy },
    problems: ['dunning_policy_not_found', 'dunning_policy_contradictory'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.policyToJson(
        await replacePolicy(tx, {
          id: uuidOf(id),
          name: body.name,
          definition: definitionOf(body),
          ifMatch,
        }),
        tx,
      ),
  })
}

const holdParams = IdParams('dunning_hold', 'dunning hold')

function holdRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-holds',
    operationId: 'createDunningHold',
    tag: 'Dunning',
    summary: 'Hold dunning',
    description:
      'For a customer, an invoice or an open item, from a day until a day (both included) or until lifted.',
    scope: 'dunning:write',
    body: wire.CreateDunningHold,
    answers: { 201: wire.DunningHold },
    problems: [
      'customer_not_found',
      'invoice_not_found',
      'open_item_not_found',
      'customer_mismatch',
    ],
    work: async (tx, { body }) => wire.holdToJson(await createHold(tx, newHold(body)), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-holds',
    operationId: 'listDunningHolds',
    tag: 'Dunning',
    summary: 'List dunning holds',
    description: 'The newest first.',
    scope: 'dunning:read',
    query: wire.HoldQuery,
    answers: { 200: wire.DunningHoldList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await find.listHolds(reader, filters), (hold) => wire.holdToJson(hold, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-holds/:id',
    operationId: 'getDunningHold',
    tag: 'Dunning',
    summary: 'Read a dunning hold',
    description: 'What it covers, why, and until when.',
    scope: 'dunning:read',
    params: holdParams,
    answers: { 200: wire.DunningHold },
    problems: ['dunning_hold_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.holdToJson(await find.requireHold(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/dunning-holds/:id',
    operationId: 'updateDunningHold',
    tag: 'Dunning',
    summary: 'Extend or shorten a dunning hold',
    description: 'What it covers is looked at again at the next run.',
    scope: 'dunning:write',
    params: holdParams,
    body: wire.DunningHoldPatch,
    answers: { 200: wire.DunningHold },
    problems: ['dunning_hold_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.holdToJson(await changeHold(tx, { id: uuidOf(id), changes: body, ifMatch }), tx),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-holds/:id/lift',
    operationId: 'liftDunningHold',
    tag: 'Dunning',
    summary: 'Lift a dunning hold',
    description: 'Ends it today; what it covered is looked at again at the next run.',
    scope: 'dunning:write',
    params: holdParams,
    answers: { 200: wire.DunningHold },
    problems: ['dunning_hold_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, ifMatch }) =>
      wire.holdToJson(await liftHold(tx, { id: uuidOf(id), ifMatch }), tx),
  })
}

const runParams = IdParams('dunning_run', 'dunning run')

function runRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-runs',
    operationId: 'startDunningRun',
    tag: 'Dunning',
    summary: 'Start or preview a dunning run',
    description:
      'Looks at everything that is due for a look today, as the daily run does. With `dry_run=true` nothing is kept and the decisions are answered at once.',
    scope: 'dunning:write',
    query: wire.StartRunQuery,
    body: wire.StartDunningRun,
    answers: { 202: wire.DunningRun, 200: wire.DunningPreview },
    problems: ['customer_not_found'],
    work: async (tx, { body, query: { dry_run } }) => {
      const customerId = body.customer_id === undefined ? null : uuidOf(body.customer_id)
      if (!dry_run) return new Answer(202, wire.runToJson(await startRun(tx, customerId), tx))
      const { run, decisions } = await previewRun(tx, customerId)
      return new Answer(200, wire.previewToJson(run, decisions))
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-runs',
    operationId: 'listDunningRuns',
    tag: 'Dunning',
    summary: 'List dunning runs',
    description: 'The newest first. A day on which nothing was due for a look has no run.',
    scope: 'dunning:read',
    query: wire.RunQuery,
    answers: { 200: wire.DunningRunList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await find.listRuns(reader, filters), (run) => wire.runToJson(run, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-runs/:id',
    operationId: 'getDunningRun',
    tag: 'Dunning',
    summary: 'Read a dunning run',
    description: 'How far it is and what it came to.',
    scope: 'dunning:read',
    params: runParams,
    answers: { 200: wire.DunningRun },
    problems: ['dunning_run_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.runToJson(await find.requireRun(reader, uuidOf(id)), reader),
  })

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
}

function noticeRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-notices',
    operationId: 'listDunningNotices',
    tag: 'Dunning',
    summary: 'List dunning notices',
    description: 'What customers were told, the newest first.',
    scope: 'dunning:read',
    query: wire.NoticeQuery,
    answers: { 200: wire.DunningNoticeList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await find.listNotices(reader, filters), (notice) =>
        wire.noticeToJson(notice, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-notices/:id',
    operationId: 'getDunningNotice',
    tag: 'Dunning',
    summary: 'Read a dunning notice',
    description: 'All that is needed to tell the customer.',
    scope: 'dunning:read',
    params: IdParams('dunning_notice', 'dunning notice'),
    answers: { 200: wire.DunningNotice },
    problems: ['dunning_notice_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.noticeToJson(await find.requireNotice(reader, uuidOf(id)), reader),
  })
}

const definitionOf = (body: Static<typeof wire.CreateDunningPolicy>): PolicyDefinition => ({
  scope: body.scope,
  min_notice_interval_days: body.min_notice_interval_days ?? 0,
  catch_up: body.catch_up ?? 'one_level',
  levels: body.levels.map((level) => ({ ...level, fees: level.fees ?? [] })),
})

const newHold = (body: Static<typeof wire.CreateDunningHold>) => ({
  customerId: body.customer_id === undefined ? null : uuidOf(body.customer_id),
  invoiceId: body.invoice_id === undefined ? null : uuidOf(body.invoice_id),
  itemId: body.item_id === undefined ? null : uuidOf(body.item_id),
  reason: body.reason,
  note: body.note ?? null,
  fromDate: body.from_date ?? null,
  untilDate: body.until_date ?? null,
})
