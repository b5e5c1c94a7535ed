import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId, publicId } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import type { Secrets } from '../foundation/secrets.ts'
import { addSecret } from './endpoint-secrets.ts'
import { endpointCreated } from './events.ts'
import { findEndpointByExternalId } from './queries.ts'
import type { EndpointRow } from './table.ts'

/** Endpoints a tenant may have; each costs a delivery per event. */
export const ENDPOINTS_MAX = 50

export interface CreateEndpoint {
  url: string
  event_types: readonly string[]
  description?: string | null
  external_id?: string | null
  metadata?: Record<string, string>
}

/**
 * Creates an endpoint that gets every event after its own creation. The URL must have been checked already, since
 * that asks the DNS. The secret is answered here and nowhere else.
 */
export async function createEndpoint(
  tx: Tx,
  secrets: Secrets,
  { url, event_types, description = null, external_id = null, metadata = {} }: CreateEndpoint,
): Promise<{ endpoint: EndpointRow; secret: string }> {
  await holdCreations(tx)
  const { rows } = await sql<EndpointRow>`
    insert into webhook_endpoint (tenant_id, id, external_id, url, event_types, description, metadata, created_at, updated_at)
    select ${tx.tenant.id}, ${newId()}, ${external_id}, ${url}, ${[...new Set(event_types)]}::text[],
      ${description}, ${JSON.stringify(metadata)}, ${tx.now}, ${tx.now}
    where (
      select count(*) from webhook_endpoint where tenant_id = ${tx.tenant.id} and status <> 'deleted'
    ) < ${ENDPOINTS_MAX}
    on conflict (tenant_id, external_id) do nothing
    returning *
  `.execute(tx.db)
  const endpoint = rows[0]
  if (endpoint === undefined) throw await whyNot(tx, external_id)
  const secret = await addSecret(tx, secrets, endpoint.id)
  announce(tx, endpointCreated(endpoint, tx.tenant.mode))
  return { endpoint, secret }
}

/** Lets creations follow each other: two at once would both find room for the last endpoint. */
export const holdCreations = (tx: Tx) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`webhook_endpoint ${tx.tenant.id}`}, 0))`.execute(
    tx.db,
  )

async function whyNot(tx: Tx, externalId: string | null): Promise<Problem> {
  const taken = externalId === null ? undefined : await findEndpointByExternalId(tx, externalId)
  if (taken === undefined) return new Problem('webhook_endpoint_limit', { limit: ENDPOINTS_MAX })
  return new Problem('external_id_taken', {
    conflicting_id: publicId('webhook_endpoint', taken.id),
  })
}
