import type { Context } from '../foundation/http/context.ts'
import { type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import * as wire from './notice-schema.ts'
import * as find from './queries.ts'

/** What customers were told. */
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
    params: IdParams('dunning_notice', 'dunning notice'),
    answers: { 200: wire.DunningNotice },
    problems: ['dunning_notice_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.noticeToJson(await find.requireNotice(reader, uuidOf(id)), reader),
  })
}
