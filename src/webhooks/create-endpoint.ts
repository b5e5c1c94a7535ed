import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId, publicId } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import type { Secrets } from '../foundation/secrets.ts'
import { mergeHeaders } from './custom-headers.ts'
import { addKeyPair, addSecret } from './endpoint-secrets.ts'
import { endpointCreated } from './events.ts'
import { findEndpointByExternalId } from './queries.ts'
import { signatureVersionsOf } from './signature-versions.ts'
import type { EndpointRow, SignatureVersion } from './table.ts'
import { CONCURRENCY_DEFAULT } from './timing.ts'

/** Endpoints a tenant may have; each costs a delivery per event. */
const ENDPOINTS_MAX = 50

export interface CreateEndpoint {
  url: string
  event_types: readonly string[]
  signature_versions?: readonly SignatureVersion[]
  custom_headers?: Record<string, string>
  max_concurrency?: number
  throttle_rate?: number | null
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
  wanted: CreateEndpoint,
): Promise<{ endpoint: EndpointRow; secret: string }> {
  await holdCreations(tx)
  const endpoint = await insertEndpoint(tx, secrets, wanted)
  if (endpoint === undefined) throw await whyNot(tx, wanted.external_id ?? null)
  const secret = await addSecret(tx, secrets, endpoint.id)
  if (endpoint.signature_versions.includes('v1a')) await addKeyPair(tx, secrets, endpoint.id)
  announce(tx, endpointCreated(endpoint, tx.tenant.mode))
  return { endpoint, secret }
}

async function insertEndpoint(
  tx: Tx,
  secrets: Secrets,
  {
    url,
    event_types,
    signature_versions = ['v1'],
    custom_headers = {},
    max_concurrency = CONCURRENCY_DEFAULT,
    throttle_rate = null,
    description = null,
    external_id = null,
    metadata = {},
  }: CreateEndpoint,
): Promise<EndpointRow | undefined> {
  const id = newId()
  const headers = mergeHeaders(
    secrets,
    { tenant_id: tx.tenant.id, id, custom_headers: {} },
    custom_headers,
  )
  const { rows } = await sql<EndpointRow>`
    insert into webhook_endpoint (tenant_id, id, external_id, url, event_types, signature_versions, custom_headers,
      max_concurrency, throttle_rate, description, metadata, created_at, updated_at)
    select ${tx.tenant.id}, ${id}, ${external_id}, ${url}, ${[...new Set(event_types)]}::text[],
      ${signatureVersionsOf(signature_versions)}::text[], ${JSON.stringify(headers)}, ${max_concurrency}, ${throttle_rate}::int,
      ${description}, ${JSON.stringify(metadata)}, ${tx.now}, ${tx.now}
    where (
      select count(*) from webhook_endpoint where tenant_id = ${tx.tenant.id} and status <> 'deleted'
    ) < ${ENDPOINTS_MAX}
    on conflict (tenant_id, external_id) do nothing
    returning *
  `.execute(tx.db)
  return rows[0]
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
