import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import type { Place, Secrets } from '../foundation/secrets.ts'
import { newSigningSecret } from './signature.ts'

/** How many former secrets may sign besides the current one; the oldest ends early, so that headers stay short. */
const FORMER_SECRETS_MAX = 4

/** Where a secret is kept, which it is sealed for. */
export const placeOfSecret = (tenantId: string, id: string): Place => ({
  tenantId,
  table: 'webhook_secret',
  column: 'sealed',
  rowId: id,
})

/** Gives an endpoint a new current secret; there must be none. Answers the secret, which is never shown again. */
export async function addSecret(tx: Tx, secrets: Secrets, endpointId: string): Promise<string> {
  const id = newId()
  const secret = newSigningSecret()
  await tx.db
    .insertInto('webhook_secret')
    .values({
      tenant_id: tx.tenant.id,
      id,
      endpoint_id: endpointId,
      sealed: secrets.seal(secret, placeOfSecret(tx.tenant.id, id)),
      valid_until: null,
    })
    .execute()
  return secret
}

/**
 * Lets the current secret end after its grace, in real time, and forgets what has ended. Answers when it ends; null
 * when it has ended already.
 */
export async function retireSecret(
  tx: Tx,
  endpointId: string,
  graceSeconds: number,
): Promise<string | null> {
  const { rows } = await sql<{ valid_until: string }>`
    update webhook_secret
    set valid_until = now() + make_interval(secs => ${graceSeconds})
    where tenant_id = ${tx.tenant.id} and endpoint_id = ${endpointId} and valid_until is null
    returning valid_until
  `.execute(tx.db)
  await sql`
    delete from webhook_secret
    where tenant_id = ${tx.tenant.id} and endpoint_id = ${endpointId}
      and (valid_until <= now() or id in (
        select id from webhook_secret
        where tenant_id = ${tx.tenant.id} and endpoint_id = ${endpointId}
        order by created_at desc, id desc
        offset ${FORMER_SECRETS_MAX}
      ))
  `.execute(tx.db)
  return graceSeconds === 0 ? null : (rows[0]?.valid_until ?? null)
}
