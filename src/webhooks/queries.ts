import type { Reader } from '../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../foundation/http/paging.ts'
import { uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import type { DeliveryRow, DeliveryStatus, EndpointRow } from './table.ts'

const endpoints = ({ db, tenant }: Reader) =>
  db
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('status', '!=', 'deleted')

/** An endpoint that is not deleted. */
export const findEndpoint = (reader: Reader, id: string): Promise<EndpointRow | undefined> =>
  endpoints(reader).where('id', '=', id).executeTakeFirst()

export const findEndpointByExternalId = (
  reader: Reader,
  externalId: string,
): Promise<EndpointRow | undefined> =>
  endpoints(reader).where('external_id', '=', externalId).executeTakeFirst()

/** An endpoint that is there, or the refusal. */
export async function requireEndpoint(reader: Reader, id: string): Promise<EndpointRow> {
  const endpoint = await findEndpoint(reader, id)
  if (endpoint === undefined) throw new Problem('webhook_endpoint_not_found')
  return endpoint
}

export interface EndpointFilters extends Page {
  status?: readonly ('enabled' | 'disabled')[]
  external_id?: string
}

/** One page of the endpoints, newest first. */
export function listEndpoints(
  reader: Reader,
  filters: EndpointFilters,
): Promise<Paged<EndpointRow>> {
  const { status, external_id } = filters
  let select = endpoints(reader)
  if (status !== undefined) select = select.where('status', 'in', status)
  if (external_id !== undefined) select = select.where('external_id', '=', external_id)
  return pageOf<EndpointRow>(select, filters, newestFirst)
}

export interface DeliveryFilters extends Page {
  status?: readonly DeliveryStatus[]
  event_type?: readonly string[]
  event_id?: string
}

/** One page of an endpoint's deliveries, newest first. */
export function listDeliveries(
  reader: Reader,
  endpointId: string,
  filters: DeliveryFilters,
): Promise<Paged<DeliveryRow>> {
  const { status, event_type, event_id } = filters
  let select = reader.db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
    .where('endpoint_id', '=', endpointId)
  if (status !== undefined) select = select.where('status', 'in', status)
  if (event_type !== undefined) select = select.where('event_type', 'in', event_type)
  if (event_id !== undefined) select = select.where('event_id', '=', uuidOf(event_id))
  return pageOf<DeliveryRow>(select, filters, newestFirst, { endpointId })
}

/** One delivery of an endpoint. */
export const findDelivery = (
  reader: Reader,
  endpointId: string,
  id: string,
): Promise<DeliveryRow | undefined> =>
  reader.db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
    .where('endpoint_id', '=', endpointId)
    .where('id', '=', id)
    .executeTakeFirst()
