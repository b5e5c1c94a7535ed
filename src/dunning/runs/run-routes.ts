import { sequenceTenant } from '../../events/sequence-events.ts'
import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { ReverseDunning } from '../notices/notice-schema.ts'
import * as find from '../queries.ts'
import { discardRun } from './discard-run.ts'
import { releaseRun } from './release-run.ts'
import { reverseRun } from './reverse-run.ts'
import * as wire from './run-schema.ts'
import { previewRun, startRun } from './start-run.ts'

const params = IdParams('dunning_run', 'dunning run')

/** Runs and previews. */
export function runRoutes(http: Http, context: Context): void {
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
    // A preview follows settings that have just changed, which it reads from the feed.
    ahead: async ({ caller, query: { dry_run } }) => {
      if (dry_run) await sequenceTenant(context, caller.tenantId)
    },
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
    params,
    answers: { 200: wire.DunningRun },
    problems: ['dunning_run_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.runToJson(await find.requireRun(reader, uuidOf(id)), reader),
  })

  const answers = { 202: wire.DunningRun }
  const shared = {
    method: 'POST',
    tag: 'Dunning',
    scope: 'dunning:write',
    params,
    answers,
  } as const

  command(http, context, {
    ...shared,
    url: '/v1/dunning-runs/:id/release',
    operationId: 'releaseDunningRun',
    summary: 'Release a dunning run that waits for review',
    description:
      'Everything is evaluated again: a step is taken only if it is still due to at least that level, otherwise its decision lapses with the reason of today. Levels and dates move now, not before. The run is `completed` when all is done.',
    problems: ['dunning_run_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, ifMatch }) =>
      wire.runToJson(await releaseRun(tx, uuidOf(id), ifMatch), tx),
  })

  command(http, context, {
    ...shared,
    url: '/v1/dunning-runs/:id/discard',
    operationId: 'discardDunningRun',
    summary: 'Discard a dunning run that waits for review',
    description:
      'Nothing of the proposal happens, and its items are looked at again by the next run. What was released automatically stays.',
    problems: ['dunning_run_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, ifMatch }) =>
      wire.runToJson(await discardRun(tx, uuidOf(id), ifMatch), tx),
  })

  command(http, context, {
    ...shared,
    url: '/v1/dunning-runs/:id/reverse',
    operationId: 'reverseDunningRun',
    summary: 'Reverse a dunning run',
    description:
      'Takes all its notices back, as if each was reversed; of a discarded run, those that were released automatically. Refused while later notices stand on any of them. The run is `reversed` when all is done.',
    body: ReverseDunning,
    problems: ['dunning_run_not_found', 'dunning_notice_followed', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.runToJson(await reverseRun(tx, { id: uuidOf(id), reason: body.reason, ifMatch }), tx),
  })
}
