import { sql } from 'kysely'
import { allEventTypes } from '../events/catalogue.ts'

const kindOf = (type: string): string => type.slice(0, type.indexOf('.'))

/** What an endpoint may ask for: everything, everything about a kind of thing, or single types. */
export const eventTypeFilters: readonly string[] = [
  '*',
  ...[...new Set(allEventTypes.map(kindOf))].map((kind) => `${kind}.*`),
  ...allEventTypes,
]

/** True when an endpoint that asked for these types wants an event of this type. */
export const wants = (eventTypes: readonly string[], type: string): boolean =>
  eventTypes.includes('*') || eventTypes.includes(type) || eventTypes.includes(`${kindOf(type)}.*`)

/** True for what tells of webhooks themselves: when telling it fails, nothing is told of that. */
export const isOperational = (type: string): boolean => kindOf(type).startsWith('webhook_')

/** The public id of the endpoint that an event of exhaustion is about, which is the one that is not told of it. */
export const exhaustedAt = sql<string | null>`
  case when event.type = 'webhook_delivery.exhausted' then event.data #>> '{object,webhook_endpoint_id}' end`
