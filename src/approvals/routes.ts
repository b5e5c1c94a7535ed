import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { decideApproval } from './decide-approval.ts'
import type { EffectsBySubject } from './effects.ts'
import { listApprovals, requireApproval } from './queries.ts'
import * as wire from './schema.ts'

const tag = 'Approvals'
const params = IdParams('approval', 'approval')
const answers = { 200: wire.Approval }

const decisions = [
  {
    decision: 'approved',
    verb: 'approve',
    operationId: 'approveApproval',
    summary: 'Approve what is asked for',
    description: 'What was asked for takes effect with it. It takes another principal than asked.',
    problems: [
      'approval_not_found',
      'invalid_state',
      'four_eyes_required',
      'onboarding_incomplete',
      'insufficient_open_amount',
    ],
  },
  {
    decision: 'rejected',
    verb: 'reject',
    operationId: 'rejectApproval',
    summary: 'Reject what is asked for',
    description: 'What was asked for ends with it. It takes another principal than asked.',
    problems: ['approval_not_found', 'invalid_state', 'four_eyes_required'],
  },
  {
    decision: 'withdrawn',
    verb: 'withdraw',
    operationId: 'withdrawApproval',
    summary: 'Withdraw what is asked for',
    description: 'It is not asked for any more, and ends. Whoever asked may do that, too.',
    problems: ['approval_not_found', 'invalid_state'],
  },
] as const

/** What a second principal has to agree to. The effects are what a decision brings about for its subject. */
export function approvalRoutes(http: Http, context: Context, effects: EffectsBySubject): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/approvals',
    operationId: 'listApprovals',
    tag,
    summary: 'List approvals',
    description: 'The newest first; `status=requested` are those to decide.',
    scope: 'approvals:read',
    query: wire.ApprovalQuery,
    answers: { 200: wire.ApprovalList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listApprovals(reader, filters), (one) => wire.approvalToJson(one, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/approvals/:id',
    operationId: 'getApproval',
    tag,
    summary: 'Read an approval',
    description: 'What is asked for by whom, and what was decided.',
    scope: 'approvals:read',
    params,
    answers,
    problems: ['approval_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.approvalToJson(await requireApproval(reader, uuidOf(id)), reader),
  })

  for (const { decision, verb, ...about } of decisions) {
    command(http, context, {
      ...about,
      method: 'POST',
      url: `/v1/approvals/:id/${verb}`,
      tag,
      scope: 'approvals:write',
      params,
      body: wire.DecideApproval,
      answers,
      work: async (tx, { params: { id }, body: { reason }, ifMatch }) =>
        wire.approvalToJson(
          await decideApproval(tx, { id: uuidOf(id), decision, reason, ifMatch }, effects),
          tx,
        ),
    })
  }
}
