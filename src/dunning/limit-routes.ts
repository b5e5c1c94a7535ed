import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import * as wire from './limit-schema.ts'
import { requireLimit, setLimit } from './set-limit.ts'

const params = IdParams('open_item', 'open item')

/** How far dunning may go with single items. */
export function limitRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'PUT',
    url: '/v1/open-items/:id/dunning-limit',
    operationId: 'setDunningLimit',
    tag: 'Dunning',
    summary: 'Limit how far dunning may go with an open item',
    description:
      'The item rises to that level and no further, whatever its policy says; it is looked at again at the next run. A level it has reached already stays; without `maximum_level` the limit is taken away.',
    scope: 'dunning:write',
    params,
    body: wire.SetDunningLimit,
    answers: { 200: wire.DunningLimit },
    problems: ['open_item_not_found'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.limitToJson(
        await setLimit(tx, {
          itemId: uuidOf(id),
          maximumLevel: body.maximum_level ?? null,
          reason: body.reason,
          ifMatch,
        }),
        tx,
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/open-items/:id/dunning-limit',
    operationId: 'getDunningLimit',
    tag: 'Dunning',
    summary: 'Read how far dunning may go with an open item',
    description: 'Only an item that was limited once has one.',
    scope: 'dunning:read',
    params,
    answers: { 200: wire.DunningLimit },
    problems: ['open_item_not_found', 'dunning_limit_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.limitToJson(await requireLimit(reader, uuidOf(id)), reader),
  })
}
