import { namedSchemas } from '../foundation/http/schema.ts'
import { allEventTypes, type EventType } from './catalogue.ts'
import { schemaNameOf } from './describe-webhooks.ts'
import type { EntityKind } from './entities.ts'

/** The word by which the resource that an event of this type shows calls itself: its `object`. */
export const objectOf = (type: EventType): EntityKind =>
  namedSchemas.get(schemaNameOf(type))?.properties.object.const

/** The types of event that a filter of the feed stands for: `invoice.issued` for itself, `invoice.*` for its kind. */
export const typesMatching = (patterns: readonly string[]): EventType[] =>
  allEventTypes.filter((type) =>
    patterns.some((pattern) =>
      pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern,
    ),
  )

/** The types of event that show resources of these kinds. */
export const typesAbout = (objects: readonly string[]): EventType[] =>
  allEventTypes.filter((type) => objects.includes(objectOf(type)))
