import type { Fact } from '../events/announce.ts'
import type { EventType } from '../events/catalogue.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { deliveryToJson } from './delivery-schema.ts'
import { endpointToJson } from './endpoint-schema.ts'
import { recoveryToJson } from './recovery-schema.ts'
import type { DeliveryRow, EndpointRow, RecoveryRow } from './table.ts'

type Mode = 'live' | 'test'

/** What happened to an endpoint, told with the endpoint as it stands now and never with its secrets. */
const aboutEndpoint =
  (type: EventType) =>
  (row: EndpointRow, mode: Mode, previous?: Record<string, unknown>): Fact => ({
    type,
    entity: { kind: 'webhook_endpoint', id: row.id, sequence: row.version },
    customerId: null,
    object: endpointToJson(row, mode),
    ...(previous && { previous }),
  })

export const endpointCreated = aboutEndpoint('webhook_endpoint.created')
export const endpointUpdated = aboutEndpoint('webhook_endpoint.updated')
export const endpointDisabled = aboutEndpoint('webhook_endpoint.disabled')
export const endpointFailing = aboutEndpoint('webhook_endpoint.failing')
export const endpointRecovered = aboutEndpoint('webhook_endpoint.recovered')
export const endpointDeleted = aboutEndpoint('webhook_endpoint.deleted')

/**
 * A test event. It is an entity of its own, so that sending it changes nothing about the endpoint, and so that the
 * other endpoints, which do not get it, see no gap in the endpoint's own events.
 */
export const endpointTest = (row: EndpointRow, mode: Mode, id: string): Fact & { id: string } => ({
  id,
  type: 'webhook_endpoint.test',
  entity: { kind: 'event', id, sequence: 1 },
  customerId: null,
  object: endpointToJson(row, mode),
})

/** All attempts were in vain. Of the attempts the last is told, so that the message stays small. */
export const deliveryExhausted = (row: DeliveryRow, { tenant }: Pick<Reader, 'tenant'>): Fact => ({
  type: 'webhook_delivery.exhausted',
  entity: { kind: 'webhook_delivery', id: row.id, sequence: row.exhausted_count },
  customerId: null,
  object: deliveryToJson({ ...row, attempts: row.attempts.slice(-1) }, tenant.mode),
})

export const recoveryFact = (
  type: Extract<EventType, `webhook_recovery.${string}`>,
  row: RecoveryRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Fact => ({
  type,
  entity: { kind: 'webhook_recovery', id: row.id, sequence: row.version },
  customerId: null,
  object: recoveryToJson(row, tenant.mode),
})
