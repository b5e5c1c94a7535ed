import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { deferItem } from './defer-item.ts'
import { listDeferrals, requireDeferral } from './queries.ts'
import { revokeDeferral } from './revoke-deferral.ts'
import * as wire from './schema.ts'

const tag = 'Deferrals'
const params = IdParams('deferral', 'deferral')
const answers = { 200: wire.Deferral }

/** Later due dates. */
export function deferralRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/deferrals',
    operationId: 'createDeferral',
    tag,
    summary: 'Agree on a later due date',
    description:
      'For one instalment of an invoice. It is not overdue until then, its dunning begins a new cycle at level 0, and a demand for it that has not arrived is cancelled. What was charged stays; the invoice keeps saying what it said. A direct debit that is scheduled for it is not touched.',
    scope: 'deferrals:write',
    idempotency: 'required',
    query: wire.RehearseQuery,
    body: wire.CreateDeferral,
    answers: { 201: wire.Deferral },
    problems: [
      'open_item_not_found',
      'not_an_instalment',
      'insufficient_open_amount',
      'date_in_future',
      'reference_rate_unknown',
    ],
    work: async (tx, { body }) =>
      wire.deferralToJson(
        await deferItem(tx, {
          itemId: uuidOf(body.item_id),
          dueDate: body.due_date,
          agreedDate: body.agreed_date ?? null,
          reason: body.reason,
          accruedInterest: body.accrued_interest ?? 'claim',
          acknowledged: body.acknowledged ?? false,
        }),
        tx,
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/deferrals',
    operationId: 'listDeferrals',
    tag,
    summary: 'List deferrals',
    description: 'Newest first.',
    scope: 'deferrals:read',
    query: wire.DeferralQuery,
    answers: { 200: wire.DeferralList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listDeferrals(reader, filters), (one) => wire.deferralToJson(one, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/deferrals/:id',
    operationId: 'getDeferral',
    tag,
    summary: 'Read a deferral',
    description: 'The deferral as it stands.',
    scope: 'deferrals:read',
    params,
    answers,
    problems: ['deferral_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.deferralToJson(await requireDeferral(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/deferrals/:id/revoke',
    operationId: 'revokeDeferral',
    tag,
    summary: 'End a deferral before its time',
    description:
      'What is open of the item is due on the day it was due before, as if the deferral had not been agreed, and dunning resumes where it stood. Only the last deferral of an open item, and only until its day has passed.',
    scope: 'deferrals:write',
    params,
    body: wire.RevokeDeferral,
    answers,
    problems: ['deferral_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.deferralToJson(
        await revokeDeferral(tx, { id: uuidOf(id), reason: body.reason, ifMatch }),
        tx,
      ),
  })
}
