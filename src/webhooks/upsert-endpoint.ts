import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { Problem } from '../foundation/problem.ts'
import type { Secrets } from '../foundation/secrets.ts'
import { type CreateEndpoint, createEndpoint, holdCreations } from './create-endpoint.ts'
import { mergeHeaders, replacingHeaders } from './custom-headers.ts'
import { findEndpointByExternalId } from './queries.ts'
import type { EndpointRow } from './table.ts'
import { changeEndpoint, lockEndpoint } from './update-endpoint.ts'

/** What an endpoint is to be, in full. */
export interface UpsertEndpoint extends Required<Omit<CreateEndpoint, 'external_id'>> {
  external_id: string
  ifMatch: number | undefined
}

/** Makes the endpoint with this external id what it is to be. A new one comes with its secret, an old one without. */
export async function upsertEndpoint(
  tx: Tx,
  secrets: Secrets,
  { ifMatch, ...wanted }: UpsertEndpoint,
): Promise<{ endpoint: EndpointRow; secret: string | null }> {
  await holdCreations(tx)
  const found = await findEndpointByExternalId(tx, wanted.external_id)
  if (found === undefined) {
    if (ifMatch !== undefined)
      throw new Problem('version_mismatch', { detail: 'There is no such endpoint yet.' })
    return createEndpoint(tx, secrets, wanted)
  }
  const before = await lockEndpoint(tx, found.id)
  requireVersion(before.version, ifMatch)
  const endpoint = await changeEndpoint(tx, secrets, before, {
    ...wanted,
    event_types: [...wanted.event_types],
    signature_versions: [...wanted.signature_versions],
    custom_headers: mergeHeaders(secrets, before, replacingHeaders(before, wanted.custom_headers)),
  })
  return { endpoint, secret: null }
}
