import type { Context } from '../foundation/http/context.ts'
import { type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { findEvent, listEvents } from './queries.ts'
import { Event, EventList, EventQuery, eventToJson } from './schema.ts'

/** The feed: what happened, in commit order. */
export function eventRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/events',
    operationId: 'listEvents',
    tag: 'Events',
    summary: 'Read the event feed',
    description:
      'Ascends in commit order without gaps. Remember the `sequence` of the last event you processed and ask for what comes after it with `sequence_gt`: nothing is ever missed.',
    scope: 'events:read',
    query: EventQuery,
    answers: { 200: EventList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listEvents(reader, filters), (row) => eventToJson(row, reader.tenant.mode)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/events/:id',
    operationId: 'getEvent',
    tag: 'Events',
    summary: 'Read one event',
    description:
      'The same body that webhooks receive. An event can be read once it has its place in the feed.',
    scope: 'events:read',
    params: IdParams('event', 'event'),
    answers: { 200: Event },
    problems: ['event_not_found'],
    work: async (reader, { params }) => {
      const row = await findEvent(reader, uuidOf(params.id))
      if (row === undefined) throw new Problem('event_not_found')
      return eventToJson(row, reader.tenant.mode)
    },
  })
}
