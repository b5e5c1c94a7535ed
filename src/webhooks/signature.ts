import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  randomBytes,
  sign,
} from 'node:crypto'

/** Standard Webhooks 1.0: 24 to 64 random bytes, shown as base64 behind a prefix that secret scanners know. */
const SECRET_PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** The two halves of a v1a pair. The private one is the seed followed by the public key, as libsodium writes it. */
const PRIVATE_PREFIX = 'whsk_'
const PUBLIC_PREFIX = 'whpk_'
const SEED_BYTES = 32

/** A new signing secret, `whsec_…`. */
export const newSigningSecret = (): string =>
  SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64')

/** A new ed25519 pair: `whsk_…` signs and never leaves the service, `whpk_…` verifies and is published. */
export function newSigningPair(): { privateKey: string; publicKey: string } {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  const [seed, point] = [Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')]
  return {
    privateKey: PRIVATE_PREFIX + Buffer.concat([seed, point]).toString('base64'),
    publicKey: PUBLIC_PREFIX + point.toString('base64'),
  }
}

/**
 * The headers of one attempt. The signed content is `id.timestamp.body`, and there is one signature per live secret or
 * key, so that a receiver verifies with the old one or the new one while a rotation lasts. `at` is the time of the
 * attempt.
 */
export function signedHeaders(
  secrets: readonly string[],
  { id, at, body }: { id: string; at: Date; body: string },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const content = `${id}.${timestamp}.${body}`
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => signatureBy(secret, content)).join(' '),
  }
}

const signatureBy = (secret: string, content: string): string =>
  secret.startsWith(PRIVATE_PREFIX)
    ? `v1a,${sign(null, Buffer.from(content), privateKeyOf(secret)).toString('base64')}`
    : `v1,${createHmac('sha256', bytesBehind(SECRET_PREFIX, secret)).update(content).digest('base64')}`

function privateKeyOf(secret: string) {
  const bytes = bytesBehind(PRIVATE_PREFIX, secret)
  const key: JsonWebKey = {
    kty: 'OKP',
    crv: 'Ed25519',
    d: bytes.subarray(0, SEED_BYTES).toString('base64url'),
    x: bytes.subarray(SEED_BYTES).toString('base64url'),
  }
  return createPrivateKey({ key, format: 'jwk' })
}

const bytesBehind = (prefix: string, text: string): Buffer =>
  Buffer.from(text.slice(prefix.length), 'base64')
