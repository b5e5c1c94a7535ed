import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { newId } from '../foundation/id.ts'
import type { Place, Secrets } from '../foundation/secrets.ts'
import { newSigningPair, newSigningSecret } from './signature.ts'
import type { SecretRow, SignatureVersion } from './table.ts'

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
  const secret = newSigningSecret()
  await keep(tx, secrets, endpointId, { version: 'v1', secret, publicKey: null })
  return secret
}

/** Gives an endpoint a new pair of keys for v1a; there must be none that is current. */
export async function addKeyPair(tx: Tx, secrets: Secrets, endpointId: string): Promise<void> {
  const { privateKey, publicKey } = newSigningPair()
  await keep(tx, secrets, endpointId, { version: 'v1a', secret: privateKey, publicKey })
}

async function keep(
  tx: Tx,
  secrets: Secrets,
  endpointId: string,
  {
    version,
    secret,
    publicKey,
  }: { version: SignatureVersion; secret: string; publicKey: string | null },
): Promise<void> {
  const id = newId()
  await tx.db
    .insertInto('webhook_secret')
    .values({
      tenant_id: tx.tenant.id,
      id,
      endpoint_id: endpointId,
      version,
      sealed: secrets.seal(secret, placeOfSecret(tx.tenant.id, id)),
      public_key: publicKey,
      valid_until: null,
    })
    .execute()
}

/**
 * Lets what signs now end after its grace, in real time, and forgets what has ended. Answers when it ends; null when it
 * has ended already.
 */
export async function retireSecrets(
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
        select id from (
          select id, row_number() over (partition by version order by created_at desc, id desc) as place
          from webhook_secret
          where tenant_id = ${tx.tenant.id} and endpoint_id = ${endpointId}
        ) as kept
        where place > ${FORMER_SECRETS_MAX}
      ))
  `.execute(tx.db)
  return graceSeconds === 0 ? null : (rows[0]?.valid_until ?? null)
}

/** Forgets the pairs of an endpoint that asked for v1 alone. */
export async function dropKeyPairs(tx: Tx, endpointId: string): Promise<void> {
  await tx.db
    .deleteFrom('webhook_secret')
    .where('tenant_id', '=', tx.tenant.id)
    .where('endpoint_id', '=', endpointId)
    .where('version', '=', 'v1a')
    .execute()
}

/** The public keys whose signatures messages carry, the current one first. */
export const publicKeysOf = ({ db, tenant }: Reader, endpointId: string): Promise<SecretRow[]> =>
  db
    .selectFrom('webhook_secret')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('endpoint_id', '=', endpointId)
    .where('version', '=', 'v1a')
    .where((is) =>
      is.or([is('valid_until', 'is', null), is('valid_until', '>', sql<string>`now()`)]),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
