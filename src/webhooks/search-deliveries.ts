import { allEventTypes } from '../events/catalogue.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../foundation/http/paging.ts'
import { uuidOf } from '../foundation/id.ts'
import { wants } from './event-types.ts'
import type { DeliveryRow, DeliveryStatus } from './table.ts'

/** What deliveries are searched by. Ids are public ones. */
export interface DeliveryFilters extends Page {
  status?: readonly DeliveryStatus[]
  /** Types, or `invoice.*` for a kind. */
  event_type?: readonly string[]
  event_id?: string
  /** The resource the event is about. */
  entity_id?: string
  webhook_endpoint_id?: string
  last_status_code?: number
  created_at_gte?: string
  created_at_lt?: string
  last_attempt_at_gte?: string
  last_attempt_at_lt?: string
}

/**
 * One page of the tenant's deliveries, or of one endpoint's, newest first. Time, type, event and entity have indexes;
 * what changes with every attempt (status, code, last attempt) is looked at along the way, so that recording stays
 * cheap.
 */
export function searchDeliveries(
  reader: Reader,
  filters: DeliveryFilters,
): Promise<Paged<DeliveryRow>> {
  const { status, event_type, event_id, entity_id, webhook_endpoint_id, last_status_code } = filters
  const { db, tenant } = reader
  let select = db.selectFrom('webhook_delivery').selectAll().where('tenant_id', '=', tenant.id)
  if (webhook_endpoint_id !== undefined)
    select = select.where('endpoint_id', '=', uuidOf(webhook_endpoint_id))
  if (status !== undefined) select = select.where('status', 'in', status)
  if (event_type !== undefined) {
    const types = allEventTypes.filter((type) => wants(event_type, type))
    select = select.where('event_type', 'in', types)
  }
  if (event_id !== undefined) select = select.where('event_id', '=', uuidOf(event_id))
  if (entity_id !== undefined) {
    const events = db
      .selectFrom('event')
      .select('event.id')
      .where('event.tenant_id', '=', tenant.id)
      .where('event.entity_id', '=', uuidOf(entity_id))
    select = select.where('event_id', 'in', events)
  }
  if (last_status_code !== undefined)
    select = select.where('last_status_code', '=', last_status_code)
  const { created_at_gte, created_at_lt, last_attempt_at_gte, last_attempt_at_lt } = filters
  if (created_at_gte !== undefined) select = select.where('created_at', '>=', created_at_gte)
  if (created_at_lt !== undefined) select = select.where('created_at', '<', created_at_lt)
  if (last_attempt_at_gte !== undefined)
    select = select.where('last_attempt_at', '>=', last_attempt_at_gte)
  if (last_attempt_at_lt !== undefined)
    select = select.where('last_attempt_at', '<', last_attempt_at_lt)
  return pageOf<DeliveryRow>(select, filters, newestFirst)
}
