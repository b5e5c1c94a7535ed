import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import type { Secrets } from '../foundation/secrets.ts'
import { addKeyPair, addSecret, retireSecrets } from './endpoint-secrets.ts'
import { endpointUpdated } from './events.ts'
import type { EndpointRow } from './table.ts'
import { lockEndpoint } from './update-endpoint.ts'

export interface RotateSecret {
  id: string
  /** How long the former secret keeps signing beside the new one, real time. */
  graceSeconds: number
  ifMatch: number | undefined
}

/** Gives an endpoint a new secret, and new keys where it has some. It is an event, since who changed a secret, and when, is asked sooner or later. */
export async function rotateSecret(
  tx: Tx,
  secrets: Secrets,
  { id, graceSeconds, ifMatch }: RotateSecret,
): Promise<{ endpoint: EndpointRow; secret: string; formerValidUntil: string | null }> {
  const before = await lockEndpoint(tx, id)
  requireVersion(before.version, ifMatch)
  const formerValidUntil = await retireSecrets(tx, id, graceSeconds)
  const secret = await addSecret(tx, secrets, id)
  if (before.signature_versions.includes('v1a')) await addKeyPair(tx, secrets, id)
  const endpoint = await tx.db
    .updateTable('webhook_endpoint')
    .set({ version: before.version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, endpointUpdated(endpoint, tx.tenant.mode))
  return { endpoint, secret, formerValidUntil }
}
