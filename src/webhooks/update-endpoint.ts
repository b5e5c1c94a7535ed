import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { mergeMetadata, replacedFields } from '../foundation/merge.ts'
import { Problem } from '../foundation/problem.ts'
import { endpointUpdated } from './events.ts'
import { endpointToJson } from './schema.ts'
import type { EndpointRow } from './table.ts'

/** What of an endpoint a caller may set. */
export type EndpointSettings = Pick<
  EndpointRow,
  'url' | 'event_types' | 'description' | 'external_id' | 'metadata'
>

/** A merge patch; what is absent stays. */
export interface EndpointPatch extends Partial<Omit<EndpointSettings, 'metadata'>> {
  metadata?: Record<string, string | null>
}

/** Changes an endpoint. A patch that changes nothing makes no version and no event. */
export async function updateEndpoint(
  tx: Tx,
  { id, patch, ifMatch }: { id: string; patch: EndpointPatch; ifMatch: number | undefined },
): Promise<EndpointRow> {
  const before = await lockEndpoint(tx, id)
  requireVersion(before.version, ifMatch)
  const { metadata, ...rest } = patch
  return changeEndpoint(tx, before, { ...rest, metadata: mergeMetadata(before.metadata, metadata) })
}

/** Gives an endpoint that is held already other settings, and says so if they differ. */
export async function changeEndpoint(
  tx: Tx,
  before: EndpointRow,
  settings: Partial<EndpointSettings>,
): Promise<EndpointRow> {
  const { mode } = tx.tenant
  const after = { ...before, ...settings, version: before.version + 1, updated_at: tx.now }
  after.event_types = [...new Set(after.event_types)]
  const previous = replacedFields(endpointToJson(before, mode), endpointToJson(after, mode))
  if (previous === undefined) return before
  await tx.db
    .updateTable('webhook_endpoint')
    .set({
      url: after.url,
      event_types: after.event_types,
      description: after.description,
      external_id: after.external_id,
      metadata: JSON.stringify(after.metadata),
      version: after.version,
      updated_at: after.updated_at,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', before.id)
    .execute()
  announce(tx, endpointUpdated(after, mode, previous))
  return after
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
