import type { Generated } from 'kysely'
import type { Instant } from '../foundation/calendar.ts'
import type { Json } from '../foundation/database/columns.ts'
import type { Kind } from '../foundation/id.ts'

/** What an event carries: the entity as it stands after the change, and what of it was different before. */
export interface EventData {
  object: Record<string, unknown>
  previous_attributes?: Record<string, unknown>
}

export interface EventTables {
  event: {
    tenant_id: string
    id: string
    type: string
    entity_kind: Kind
    entity_id: string
    entity_sequence: number
    customer_id: string | null
    occurred_at: Instant
    origin: 'api' | 'schedule' | 'import'
    actor: string | null
    request_id: string | null
    /** Where the request came from; told to the tenant's own administrators only. */
    address: string | null
    data: Json<EventData>
  }
  event_outbox: { outbox_id: Generated<number>; tenant_id: string; event_id: string }
  feed_head: { tenant_id: string; last_position: Generated<number> }
  /** The feed, with copies of what its events are found by. */
  feed: {
    tenant_id: string
    position: number
    event_id: string
    type: string
    entity_kind: Kind
    entity_id: string
    customer_id: string | null
  }
}
