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
