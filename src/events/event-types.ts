import { type Static, Type } from '@sinclair/typebox'
import type { Page, Paged } from '../foundation/http/paging.ts'
import { exampleId, ListOf, named, OneOf, paging, Query, YesNo } from '../foundation/http/schema.ts'
import type { Kind } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { allEventTypes, type EventType as EventTypeName, eventTypes } from './catalogue.ts'
import { schemaNameOf } from './describe-webhooks.ts'
import { entityKinds, urlOf } from './entities.ts'
import { objectOf } from './event-resources.ts'
import { showsPrevious } from './previous-attributes.ts'
import { Event } from './schema.ts'
import { exampleOf, standalone } from './schema-examples.ts'
import type { EventData } from './table.ts'

const TypeName = (description: string) =>
  OneOf(allEventTypes, { description, examples: ['invoice.issued'] })

/** The kinds of resource that events show, but name no place of, beside those that have one. */
const withoutAddress = ['import_mapping', 'webhook_delivery', 'webhook_recovery'] as const

/** A type of event, as far as a list tells of it. */
export const EventType = named(
  'EventType',
  Type.Object(
    {
      object: Type.Unsafe<'event_type'>(
        Type.String({
          description: 'What this is.',
          const: 'event_type',
          examples: ['event_type'],
        }),
      ),
      type: TypeName('The type, as events and filters name it.'),
      description: Type.String({
        description: 'What has happened when such an event comes.',
        maxLength: 500,
        format: 'text',
        examples: ['An invoice became a claim on its customer.'],
      }),
      resource: OneOf([...entityKinds, ...withoutAddress], {
        description: 'The kind of resource in `data.object`.',
        examples: ['invoice'],
      }),
      schema_url: Type.String({
        description: 'The schema of `data.object` within the OpenAPI document.',
        maxLength: 200,
        format: 'opaque',
        examples: ['/openapi.json#/components/schemas/Invoice'],
      }),
      has_previous_attributes: YesNo(
        'Whether `data.previous_attributes` may come with it: what of the resource was different before.',
        { example: false },
      ),
      example_event: Type.Unsafe<Record<string, unknown>>({
        type: 'object',
        description: 'An event of this type, whole, as the feed and webhooks carry it.',
        additionalProperties: true,
        examples: [{ id: exampleId('event'), type: 'invoice.issued' }],
      }),
      data_schema: Type.Optional(
        Type.Unsafe<Record<string, unknown>>({
          type: 'object',
          description:
            'The JSON Schema (2020-12) of `data.object`, with everything it refers to; only where one type is read.',
          additionalProperties: true,
          examples: [{ type: 'object', required: ['id', 'object'] }],
        }),
      ),
    },
    { description: 'A type of event: what it tells and what it carries.' },
  ),
)

export const EventTypeList = ListOf(EventType)

export const EventTypeQuery = Query(paging)

export const EventTypeParams = Type.Object(
  {
    type: Type.String({
      description: 'The type of event.',
      pattern: '^[a-z_]+\\.[a-z_]+$',
      maxLength: 80,
      examples: ['invoice.issued'],
    }),
  },
  { additionalProperties: false },
)

/** All that is known of a type of event. */
export function eventTypeToJson(type: EventTypeName): Static<typeof EventType> {
  const schemaName = schemaNameOf(type)
  return {
    object: 'event_type',
    type,
    description: eventTypes[type],
    resource: objectOf(type),
    schema_url: `/openapi.json#/components/schemas/${schemaName}`,
    has_previous_attributes: showsPrevious(type),
    example_event: exampleEvent(type),
  }
}

/** The same, with the schema of what it shows. */
export function eventTypeInFull(type: string): Static<typeof EventType> {
  if (!isEventType(type)) throw new Problem('event_type_not_found')
  return { ...eventTypeToJson(type), data_schema: standalone(schemaNameOf(type)) }
}

const isEventType = (type: string): type is EventTypeName => Object.hasOwn(eventTypes, type)

function exampleEvent(type: EventTypeName): Record<string, unknown> {
  const object = exampleOf({ $ref: schemaNameOf(type) }) as EventData['object']
  const kind = objectOf(type)
  return {
    ...(exampleOf(Event) as object),
    type,
    related: {
      id: exampleId(kind as Kind),
      type: kind,
      url: urlOf(kind, object),
      version: object.version ?? null,
    },
    data: { object },
  }
}

/** One page of the catalogue, in its order; the cursor is the last type of the page before. */
export function pageOfTypes({ limit = 50, cursor }: Page): Paged<EventTypeName> {
  const begin = cursor === undefined ? 0 : allEventTypes.indexOf(typeIn(cursor)) + 1
  const rows = allEventTypes.slice(begin, begin + limit)
  const last = rows.at(-1)
  const more = begin + limit < allEventTypes.length && last !== undefined
  return { rows, nextCursor: more ? Buffer.from(last).toString('base64url') : null }
}

function typeIn(cursor: string): EventTypeName {
  const type = Buffer.from(cursor, 'base64url').toString() as EventTypeName
  if (!allEventTypes.includes(type)) throw new Problem('invalid_cursor')
  return type
}
