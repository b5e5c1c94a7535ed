import { createHmac, randomBytes } from 'node:crypto'

/** Standard Webhooks 1.0: 24 to 64 random bytes, shown as base64 behind a prefix that secret scanners know. */
const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A new signing secret, `whsec_…`. */
export const newSigningSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64')

/**
 * The headers of one attempt. The signed content is `id.timestamp.body`, and there is one signature per live secret,
 * so that a receiver verifies with the old one or the new one while a rotation lasts. `at` is the time of the attempt.
 */
export function signedHeaders(
  secrets: readonly string[],
  { id, at, body }: { id: string; at: Date; body: string },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signatures = secrets.map((secret) => {
    const hmac = createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
    return `v1,${hmac.update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}
