import type { Static } from '@sinclair/typebox'
import type { Context } from '../foundation/http/context.ts'
import { drainSignal } from '../foundation/http/health.ts'
import { type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import {
  EventType,
  EventTypeList,
  EventTypeParams,
  EventTypeQuery,
  eventTypeInFull,
  eventTypeToJson,
  pageOfTypes,
} from './event-types.ts'
import { createFeedWatch } from './feed-watch.ts'
import { findEvent, listEvents } from './queries.ts'
import { Event, EventList, EventQuery, eventToJson, Snapshot, SnapshotQuery } from './schema.ts'
import { readSnapshot } from './snapshot.ts'

/** The feed: what happened, in commit order. */
export function eventRoutes(http: Http, context: Context): void {
  const watch = createFeedWatch(context, drainSignal(http))

  query(http, context, {
    method: 'GET',
    url: '/v1/events',
    operationId: 'listEvents',
    tag: 'Events',
    summary: 'Read the event feed',
    description: FEED,
    scope: 'events:read',
    query: EventQuery,
    answers: { 200: EventList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: { wait, ...filters } }) => {
      const page = await listEvents(reader, filters)
      return {
        ...listToJson(page, (row) => eventToJson(row, reader.tenant.mode)),
        last_sequence: page.lastSequence,
      }
    },
    readAgain: async (body, { query: { wait = 0 }, caller }, reply) => {
      const { data, last_sequence } = body as Static<typeof EventList>
      if (data.length > 0 || wait === 0 || reply.raw.destroyed) return false
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const { tenantId, principal } = caller
      const ms = wait * 1000 - reply.elapsedTime
      return watch.wait({ tenantId, principal, position: last_sequence, ms }, gone.signal)
    },
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

  query(http, context, {
    method: 'GET',
    url: '/v1/snapshot',
    operationId: 'getSnapshot',
    tag: 'Events',
    summary: 'Read how everything stood at a position of the feed',
    description: SNAPSHOT,
    scope: 'events:read',
    query: SnapshotQuery,
    answers: { 200: Snapshot },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) => {
      const page = await readSnapshot(reader, filters)
      return {
        ...listToJson(page, (row) => eventToJson(row, reader.tenant.mode)),
        at_sequence: page.atSequence,
      }
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/event-types',
    operationId: 'listEventTypes',
    tag: 'Events',
    summary: 'List the types of event',
    description: 'Everything that can happen, with what its events tell and an example of each.',
    scope: 'events:read',
    query: EventTypeQuery,
    answers: { 200: EventTypeList },
    problems: ['invalid_cursor'],
    work: async (_, { query: page }) => listToJson(pageOfTypes(page), eventTypeToJson),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/event-types/:type',
    operationId: 'getEventType',
    tag: 'Events',
    summary: 'Read one type of event',
    description: 'With the JSON Schema of what its events show.',
    scope: 'events:read',
    params: EventTypeParams,
    answers: { 200: EventType },
    problems: ['event_type_not_found'],
    work: async (_, { params }) => eventTypeInFull(params.type),
  })
}

const FEED = `Ascends in commit order without gaps: who has seen a position has seen everything before it. Keep \`last_sequence\` of the page with what you made of it, and ask for more with \`sequence_gt\`; it moves on past what the filters leave out, and is right whether the page has events or none.

With \`wait\` an empty answer takes up to as many seconds: it comes as soon as an event matches, and at once when the service is about to stop. A credential may have 20 requests waiting on each replica; the next is refused with \`rate_limited\`.

Events are the audit trail too and are never deleted: the feed reaches back to the tenant's first day. Only a test tenant can be emptied; its next event is \`tenant.reset\`, and what was before it is gone.`

const SNAPSHOT = `Of each resource its newest event at or before a position of the feed, so \`data.object\` is the resource as it stood there; what was deleted by then is left out. Without \`at_sequence\` the first page takes the end of the feed, and the cursor keeps the others at the same position. Take all pages, then follow \`GET /v1/events\` with \`sequence_gt\` set to \`at_sequence\`: you have what a follower from the beginning would have.

Pages come by kind of resource and id, whatever happens meanwhile; the same position always gives the same answer.`
