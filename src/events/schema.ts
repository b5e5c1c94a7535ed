import { type Static, Type } from '@sinclair/typebox'
import type { Selectable } from 'kysely'
import { limits } from '../foundation/http/limits.ts'
import {
  AnyId,
  At,
  Count,
  exampleId,
  Id,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Several,
  YesNo,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import { MAX_AMOUNT } from '../foundation/money.ts'
import { allEventTypes } from './catalogue.ts'
import { entityKinds, urlOf } from './entities.ts'
import type { EventData, EventTables } from './table.ts'

const Position = (description: string, minimum = 1) =>
  Type.Integer({ description, format: 'int64', minimum, maximum: MAX_AMOUNT, examples: [48213] })

/** Who or what made it happen. */
const EventCause = Type.Object(
  {
    origin: OneOf(['api', 'schedule', 'import'], {
      description: 'A request, the timetable, or an import.',
    }),
    actor: Nullable(
      Type.String({
        description: 'The principal: an API key’s id, or a token’s client and subject.',
        maxLength: 300,
        format: 'text',
        examples: [exampleId('api_key')],
      }),
    ),
    request_id: Nullable(AnyId('The request that caused it.', 'request')),
  },
  { description: 'Who or what made it happen.' },
)

/** Where to look for the resource itself, for those who would rather read it than take what the event says. */
const Related = Type.Object(
  {
    id: AnyId('The id of the resource.', 'invoice'),
    type: Type.String({
      description: 'What it is.',
      maxLength: 40,
      pattern: '^[a-z_]+$',
      examples: ['invoice'],
    }),
    url: Nullable(
      Type.String({
        description: 'Where it can be read; null for what cannot be read by itself.',
        maxLength: 200,
        format: 'opaque',
        examples: [`/v1/invoices/${exampleId('invoice')}`],
      }),
    ),
    version: Nullable(
      Count('Its version right after; null for what has none.', { minimum: 0, example: 4 }),
    ),
  },
  { description: 'The resource it happened to, for those who would rather read it themselves.' },
)

/** What happened, in the past tense: the same body in the feed and in webhooks, to the byte. */
export const Event = named(
  'Event',
  Type.Object(
    {
      id: Id('event', 'The id; also the `webhook-id`, by which receivers drop repeats.'),
      type: OneOf(allEventTypes, {
        description: 'What happened. New types may be added.',
        examples: ['invoice.issued'],
      }),
      timestamp: At('When it happened, by the tenant’s clock.'),
      api_version: Type.String({
        description: 'The version of the API whose shapes `data` has.',
        maxLength: 10,
        format: 'text',
        examples: ['v1'],
      }),
      tenant_id: Id('tenant', 'The tenant it happened in.'),
      sequence: Position('Position in the tenant’s feed: gap-free, in commit order.'),
      entity_sequence: Count(
        'Counts the events of this entity without gaps, so that loss and disorder show.',
        { minimum: 1, example: 4 },
      ),
      livemode: YesNo('False in a test tenant.'),
      cause: EventCause,
      related: Related,
      data: Type.Object(
        {
          object: Type.Unsafe<Record<string, unknown>>({
            type: 'object',
            description: 'The entity as it stood right after.',
            additionalProperties: true,
            examples: [{ id: exampleId('invoice'), object: 'invoice', version: 1 }],
          }),
          previous_attributes: Type.Optional(
            Type.Unsafe<Record<string, unknown>>({
              type: 'object',
              description: 'What of it was different before, for updates.',
              additionalProperties: true,
              examples: [{ name: 'Muster GmbH' }],
            }),
          ),
        },
        { description: 'What it happened to.' },
      ),
    },
    { description: 'Something that happened.' },
  ),
)

export const EventList = ListOf(Event, {
  more: {
    last_sequence: Position(
      'How far the feed has been looked through for this page, whatever the filters left out: `sequence_gt` of the next request.',
      0,
    ),
  },
})

export const EventQuery = Query({
  ...paging,
  type: Type.Optional(
    Type.String({
      description: 'Only these types, comma separated; `invoice.*` stands for all of a kind.',
      pattern: '^[a-z_]+\\.(\\*|[a-z_]+)(,[a-z_]+\\.(\\*|[a-z_]+)){0,49}$',
      maxLength: 2000,
      examples: ['invoice.*,payment.received'],
    }),
  ),
  customer_id: Type.Optional(Id('customer', 'Only what concerns this customer.')),
  object: Several(entityKinds, 'Only what happened to these kinds of resource.'),
  sequence_gt: Type.Optional(
    Position(
      'Only what comes after this position: `last_sequence` of the page before. 0 is the beginning.',
      0,
    ),
  ),
  wait: Type.Optional(
    Type.Integer({
      description:
        'Seconds to wait where nothing is there yet; the answer comes with the first event that matches.',
      format: 'int32',
      minimum: 0,
      maximum: limits.waitSecondsMax,
      default: 0,
      examples: [25],
    }),
  ),
  entity_id: Type.Optional(AnyId('Only what happened to this resource.', 'invoice')),
})

/** One page of a snapshot. */
export const Snapshot = ListOf(Event, {
  name: 'Snapshot',
  more: {
    at_sequence: Position(
      'The position of the feed at which all pages are taken. Go on with `GET /v1/events?sequence_gt=…` from here.',
      0,
    ),
  },
})

export const SnapshotQuery = Query({
  ...paging,
  object: Several(entityKinds, 'Only these kinds of resource.'),
  at_sequence: Type.Optional(
    Position('The position of the feed to look at; the end of the feed by default.', 0),
  ),
})

/** An event with its place in the feed. */
export type FeedRow = Omit<Selectable<EventTables['event']>, 'data' | 'address'> & {
  position: number
  /** The JSON text as it was written. */
  data: unknown
}

/** The body of an event, in the feed and on the wire. Deterministic: the same row gives the same bytes. */
export function eventToJson(row: FeedRow, mode: 'live' | 'test'): Static<typeof Event> {
  const data = row.data as EventData
  return {
    id: publicId('event', row.id),
    type: row.type as Static<typeof Event>['type'],
    timestamp: row.occurred_at,
    api_version: 'v1',
    tenant_id: publicId('tenant', row.tenant_id),
    sequence: row.position,
    entity_sequence: row.entity_sequence,
    livemode: mode === 'live',
    cause: { origin: row.origin, actor: row.actor, request_id: row.request_id },
    related: {
      id: publicId(row.entity_kind, row.entity_id),
      type: row.entity_kind,
      url: urlOf(row.entity_kind, data.object),
      version: typeof data.object.version === 'number' ? data.object.version : null,
    },
    data,
  }
}
