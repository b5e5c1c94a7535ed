import { isDeepStrictEqual } from 'node:util'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { mergeMetadata, replacedFields } from '../foundation/merge.ts'
import { Problem } from '../foundation/problem.ts'
import type { Secrets } from '../foundation/secrets.ts'
import { mergeHeaders, refuseCarriedHeaders } from './custom-headers.ts'
import { endpointToJson } from './endpoint-schema.ts'
import { addKeyPair, dropKeyPairs } from './endpoint-secrets.ts'
import { endpointUpdated } from './events.ts'
import { signatureVersionsOf } from './signature-versions.ts'
import type { EndpointRow } from './table.ts'

/** What of an endpoint a caller may set. */
export type EndpointSettings = Pick<
  EndpointRow,
  | 'url'
  | 'event_types'
  | 'signature_versions'
  | 'custom_headers'
  | 'max_concurrency'
  | 'throttle_rate'
  | 'description'
  | 'external_id'
  | 'metadata'
>

/** A merge patch; what is absent stays. */
export interface EndpointPatch
  extends Partial<Omit<EndpointSettings, 'metadata' | 'custom_headers'>> {
  metadata?: Record<string, string | null>
  custom_headers?: Record<string, string | null>
}

/** Changes an endpoint. A patch that changes nothing makes no version and no event. */
export async function updateEndpoint(
  tx: Tx,
  secrets: Secrets,
  { id, patch, ifMatch }: { id: string; patch: EndpointPatch; ifMatch: number | undefined },
): Promise<EndpointRow> {
  const before = await lockEndpoint(tx, id)
  requireVersion(before.version, ifMatch)
  const { metadata, custom_headers = {}, ...rest } = patch
  refuseCarriedHeaders(before, rest.url, custom_headers)
  return changeEndpoint(tx, secrets, before, {
    ...rest,
    metadata: mergeMetadata(before.metadata, metadata),
    custom_headers: mergeHeaders(secrets, before, custom_headers),
  })
}

/**
 * Gives an endpoint that is held already other settings, and says so if they differ. A header whose value changed may
 * look the same as before; it is a change all the same.
 */
export async function changeEndpoint(
  tx: Tx,
  secrets: Secrets,
  before: EndpointRow,
  settings: Partial<EndpointSettings>,
): Promise<EndpointRow> {
  const { mode } = tx.tenant
  const after = { ...before, ...settings, version: before.version + 1, updated_at: tx.now }
  after.event_types = [...new Set(after.event_types)]
  after.signature_versions = signatureVersionsOf(after.signature_versions)
  const previous = replacedFields(endpointToJson(before, mode), endpointToJson(after, mode))
  if (previous === undefined && isDeepStrictEqual(before.custom_headers, after.custom_headers))
    return before
  await write(tx, after)
  await changeKeys(tx, secrets, before, after)
  announce(tx, endpointUpdated(after, mode, previous))
  return after
}

const write = (tx: Tx, after: EndpointRow) =>
  tx.db
    .updateTable('webhook_endpoint')
    .set({
      url: after.url,
      event_types: after.event_types,
      signature_versions: after.signature_versions,
      custom_headers: JSON.stringify(after.custom_headers),
      max_concurrency: after.max_concurrency,
      throttle_rate: after.throttle_rate,
      description: after.description,
      external_id: after.external_id,
      metadata: JSON.stringify(after.metadata),
      version: after.version,
      updated_at: after.updated_at,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', after.id)
    .execute()

async function changeKeys(
  tx: Tx,
  secrets: Secrets,
  before: EndpointRow,
  after: EndpointRow,
): Promise<void> {
  const [had, has] = [before, after].map(({ signature_versions }) =>
    signature_versions.includes('v1a'),
  )
  if (has && !had) await addKeyPair(tx, secrets, after.id)
  if (had && !has) await dropKeyPairs(tx, after.id)
}

/** The endpoint, held until the commit so that nothing changes between looking and changing. */
export async function lockEndpoint(tx: Tx, id: string): Promise<EndpointRow> {
  const endpoint = await tx.db
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', '!=', 'deleted')
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (endpoint === undefined) throw new Problem('webhook_endpoint_not_found')
  return endpoint
}
