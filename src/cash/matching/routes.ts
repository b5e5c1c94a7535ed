import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { requireBankLine } from '../bank/queries.ts'
import { acceptLine } from './accept-line.ts'
import { ignoreLine } from './ignore-line.ts'
import { proposalsFor } from './propose.ts'
import * as request from './request-schema.ts'
import { startMatching } from './run-matching.ts'
import * as wire from './schema.ts'
import { changeMatchingSettings, matchingSettings } from './settings.ts'
import { splitLine } from './split-line.ts'
import { undoLine } from './undo-line.ts'

const tag = 'Bank matching'
const params = IdParams('bank_line', 'bank line')

const paymentProblems = [
  'bank_line_not_found',
  'bank_line_not_matchable',
  'customer_not_found',
  'invoice_not_found',
  'open_item_not_found',
  'customer_mismatch',
  'currency_mismatch',
  'date_in_future',
  'insufficient_open_amount',
  'amounts_do_not_add_up',
  'invalid_state',
] as const

/** Where the money of bank lines belongs: what is proposed, what is decided, and how it is taken back. */
export function matchingRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/bank-lines/match',
    operationId: 'matchBankLines',
    tag,
    summary: 'Match the unmatched bank lines',
    description:
      'Has all unmatched lines looked at again, as every import does: what is proposed with a high enough score is posted, the rest stays at `GET /v1/bank-lines?status=unmatched`.',
    scope: 'bank:write',
    answers: { 202: wire.MatchingStarted },
    work: async (tx) => {
      await startMatching(tx)
      return { started: true }
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/bank-lines/:id/proposals',
    operationId: 'listMatchProposals',
    tag,
    summary: 'Read what is proposed for a bank line',
    description:
      'Where its money may belong, with a score and the reasons that make it, as things stand now. Empty for money of ours that went out.',
    scope: 'bank:read',
    params,
    answers: { 200: wire.MatchProposals },
    problems: ['bank_line_not_found'],
    work: async (reader, { params: { id } }) => {
      const proposals = await proposalsFor(reader, await requireBankLine(reader, uuidOf(id)))
      const { auto_post_score } = await matchingSettings(reader)
      return { data: proposals.map(wire.proposalToJson), auto_post_score }
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/bank-lines/:id/accept',
    operationId: 'acceptBankLine',
    tag,
    summary: 'Decide what a bank line is',
    description:
      'Accepts a proposal, or says whose money it is and what it settles. The account it came from is remembered for the customer.',
    scope: 'bank:write',
    params,
    body: request.AcceptBankLine,
    answers: { 200: wire.MatchedBankLine },
    problems: [...paymentProblems, 'no_proposal'],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const input = { id: uuidOf(id), ifMatch, ...request.acceptLineOf(body) }
      return wire.matchedLineToJson(await acceptLine(tx, input), tx)
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/bank-lines/:id/split',
    operationId: 'splitBankLine',
    tag,
    summary: 'Divide a bank line among customers',
    description: 'Records one payment for each part. The parts add up to the line.',
    scope: 'bank:write',
    params,
    body: request.SplitBankLine,
    answers: { 200: wire.MatchedBankLine },
    problems: paymentProblems,
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const input = { id: uuidOf(id), ifMatch, ...request.splitLineOf(body) }
      return wire.matchedLineToJson(await splitLine(tx, input), tx)
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/bank-lines/:id/ignore',
    operationId: 'ignoreBankLine',
    tag,
    summary: 'Take a bank line out of the queue',
    description: 'For what is no customer’s money: interest, transfers of our own, suppliers.',
    scope: 'bank:write',
    params,
    body: request.IgnoreBankLine,
    answers: { 200: wire.MatchedBankLine },
    problems: ['bank_line_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, body: { reason }, ifMatch }) =>
      wire.matchedLineToJson(await ignoreLine(tx, { id: uuidOf(id), reason, ifMatch }), tx),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/bank-lines/:id/undo',
    operationId: 'undoBankLine',
    tag,
    summary: 'Take back what became of a bank line',
    description:
      'Reverses its payments as of the day they had come, as wrongly matched, and puts the line back into the queue.',
    scope: 'bank:write',
    params,
    body: request.UndoBankLine,
    answers: { 200: wire.MatchedBankLine },
    problems: ['bank_line_not_found', 'bank_line_not_matchable', 'invalid_state'],
    work: async (tx, { params: { id }, body: { reason }, ifMatch }) =>
      wire.matchedLineToJson(await undoLine(tx, { id: uuidOf(id), reason, ifMatch }), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/matching-settings',
    operationId: 'getMatchingSettings',
    tag,
    summary: 'Read what matching does by itself',
    description: 'The defaults, as version 0, while nothing was set.',
    scope: 'bank:read',
    answers: { 200: wire.MatchingSettings },
    work: async (reader) => wire.settingsToJson(await matchingSettings(reader)),
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/matching-settings',
    operationId: 'updateMatchingSettings',
    tag,
    summary: 'Change what matching does by itself',
    description: 'A merge patch (RFC 7396). It counts from the next lines on.',
    scope: 'bank:write',
    body: request.MatchingSettingsPatch,
    consumes: ['application/merge-patch+json', 'application/json'],
    answers: { 200: wire.MatchingSettings },
    work: async (tx, { body, ifMatch }) =>
      wire.settingsToJson(await changeMatchingSettings(tx, { patch: body, ifMatch })),
  })
}
