import type { Reader } from '../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../foundation/http/paging.ts'
import { uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import type { DeliveryRow, EndpointRow, RecoveryRow, RecoveryStatus } from './table.ts'

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

/** An endpoint that is sent to, or the refusal. */
export async function requireEnabledEndpoint(reader: Reader, id: string): Promise<EndpointRow> {
  const endpoint = await requireEndpoint(reader, id)
  if (endpoint.status === 'enabled') return endpoint
  throw new Problem('invalid_state', {
    current_status: endpoint.status,
    allowed_actions: ['enable'],
  })
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

export interface RecoveryFilters extends Page {
  webhook_endpoint_id?: string
  status?: readonly RecoveryStatus[]
}

const recoveries = ({ db, tenant }: Reader) =>
  db.selectFrom('webhook_recovery').selectAll().where('tenant_id', '=', tenant.id)

/** One page of the recoveries, newest first. */
export function listRecoveries(
  reader: Reader,
  filters: RecoveryFilters,
): Promise<Paged<RecoveryRow>> {
  const { webhook_endpoint_id, status } = filters
  let select = recoveries(reader)
  if (webhook_endpoint_id !== undefined)
    select = select.where('endpoint_id', '=', uuidOf(webhook_endpoint_id))
  if (status !== undefined) select = select.where('status', 'in', status)
  return pageOf<RecoveryRow>(select, filters, newestFirst)
}

export const findRecovery = (reader: Reader, id: string): Promise<RecoveryRow | undefined> =>
  recoveries(reader).where('id', '=', id).executeTakeFirst()

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
