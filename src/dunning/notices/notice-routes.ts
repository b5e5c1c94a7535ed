import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import * as find from '../queries.ts'
import * as delivery from './delivery-schema.ts'
import * as wire from './notice-schema.ts'
import { recordDelivery } from './record-delivery.ts'
import { reverseNotice } from './reverse-notice.ts'

const params = IdParams('dunning_notice', 'dunning notice')

/** What customers were told, and what became of it. */
export function noticeRoutes(http: Http, context: Context): void {
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
    params,
    answers: { 200: wire.DunningNotice },
    problems: ['dunning_notice_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.noticeToJson(await find.requireNotice(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-notices/:id/reverse',
    operationId: 'reverseDunningNotice',
    tag: 'Dunning',
    summary: 'Reverse a dunning notice',
    description:
      'Takes it back: its items go to the level before and begin a new cycle, its charges are waived, and what was paid of them is unallocated again. A notice that later ones stand on is reversed after them.',
    scope: 'dunning:write',
    params,
    body: wire.ReverseDunning,
    answers: { 200: wire.DunningNotice },
    problems: ['dunning_notice_not_found', 'dunning_notice_followed', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.noticeToJson(
        await reverseNotice(tx, { id: uuidOf(id), reason: body.reason, ifMatch }),
        tx,
      ),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-notices/:id/deliveries',
    operationId: 'recordDunningDelivery',
    tag: 'Dunning',
    summary: 'Tell what became of a dunning notice',
    description:
      'The notice follows: sent, delivered, viewed, never backwards. One that came back goes to its next recipient with a deadline of its own, and is `undeliverable` when nobody is left. The same report again counts once.',
    scope: 'dunning:write',
    ifMatch: 'none',
    params,
    body: delivery.RecordDunningDelivery,
    answers: { 201: delivery.DunningDelivery },
    problems: ['dunning_notice_not_found'],
    work: async (tx, { params: { id }, body }) =>
      delivery.deliveryToJson(
        await recordDelivery(tx, {
          noticeId: uuidOf(id),
          status: body.status,
          channel: body.channel,
          recipient: body.recipient ?? null,
          occurredAt: body.occurred_at,
          evidence: body.evidence ?? 'none',
          detail: body.detail ?? null,
        }),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-notices/:id/deliveries',
    operationId: 'listDunningDeliveries',
    tag: 'Dunning',
    summary: 'List what became of a dunning notice',
    description: 'Every report, the newest first.',
    scope: 'dunning:read',
    params,
    query: delivery.DeliveryQuery,
    answers: { 200: delivery.DunningDeliveryList },
    problems: ['dunning_notice_not_found', 'invalid_cursor'],
    work: async (reader, { params: { id }, query: page }) => {
      const notice = await find.requireNotice(reader, uuidOf(id))
      return listToJson(await find.listDeliveries(reader, notice.id, page), delivery.deliveryToJson)
    },
  })
}
