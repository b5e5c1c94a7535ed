import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { Problem } from '../foundation/problem.ts'
import type { Secrets } from '../foundation/secrets.ts'
import { createEndpoint, holdCreations } from './create-endpoint.ts'
import { findEndpointByExternalId } from './queries.ts'
import type { EndpointRow } from './table.ts'
import { changeEndpoint, lockEndpoint } from './update-endpoint.ts'

export interface UpsertEndpoint {
  external_id: string
  url: string
  event_types: string[]
  description: string | null
  metadata: Record<string, string>
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
  return { endpoint: await changeEndpoint(tx, before, wanted), secret: null }
}
