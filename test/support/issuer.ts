import { createHmac, createSign, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose'

export const AUDIENCE = 'https://receivables.example'

export interface SigningKey {
  kid: string
  alg: string
  privateKey: CryptoKey
  jwk: JWK
}

/** A token issuer of this test's own, whose key endpoint can be counted, changed and broken. */
export interface Issuer {
  issuer: string
  /** What the service must be configured with. */
  env: Record<string, string>
  keys: SigningKey[]
  /** How often the keys were fetched. */
  fetched(): number
  /** How the key endpoint answers; undefined for well. */
  breakWith(answer: ((reply: ServerResponse) => void) | undefined): void
  /** What its OpenID configuration says instead of the truth; undefined for the truth. */
  misstate(configuration: object | undefined): void
  /** A token as it should be, unless the arguments say otherwise; undefined removes a claim. */
  token(options?: TokenOptions): Promise<string>
}

export interface TokenOptions {
  key?: SigningKey
  header?: Record<string, unknown>
  claims?: Record<string, unknown>
}

export async function newKey(alg: string, kid = `${alg}-1`): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

export async function startIssuer(
  t: { teardown(handler: () => Promise<void>): void },
  tenantId: () => string,
): Promise<Issuer> {
  const keys = await Promise.all(['RS256', 'PS256', 'ES256', 'EdDSA'].map((alg) => newKey(alg)))
  let fetched = 0
  let broken: ((reply: ServerResponse) => void) | undefined
  let misstated: object | undefined
  const server = createServer((request, reply) => {
    fetched += 1
    if (broken !== undefined) broken(reply)
    else if (request.url === '/.well-known/openid-configuration')
      reply.end(JSON.stringify(misstated ?? { issuer, jwks_uri: `${issuer}/jwks` }))
    else
      reply
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(async () => {
    server.closeAllConnections()
    server.close()
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    issuer,
    env: { JWT_ISSUER: issuer, JWT_AUDIENCE: AUDIENCE, JWKS_URL: `${issuer}/jwks` },
    keys,
    fetched: () => fetched,
    breakWith(answer) {
      broken = answer
    },
    misstate(configuration) {
      misstated = configuration
    },
    async token({ key = keys[0] as SigningKey, header = {}, claims = {} } = {}) {
      const now = Math.floor(Date.now() / 1000)
      const payload = {
        iss: issuer,
        aud: AUDIENCE,
        sub: 'service-account-7',
        client_id: 'sap-connector',
        iat: now,
        exp: now + 300,
        scope: 'tenants:read',
        tenant_id: tenantId(),
        ...claims,
      }
      const kept = Object.fromEntries(
        Object.entries(payload).filter(([, value]) => value !== undefined),
      )
      return new SignJWT(kept as JWTPayload)
        .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header } as {
          alg: string
        })
        .sign(key.privateKey)
    },
  }
}

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Header and payload of a token, signed by nobody, or with a secret, or with any key. */
export function forged(
  header: object,
  payload: unknown,
  by?: { secret: string | Buffer } | { rsa: KeyObject },
): string {
  const text = `${encode(header)}.${encode(payload)}`
  if (by === undefined) return `${text}.`
  const signature =
    'secret' in by
      ? createHmac('sha256', by.secret).update(text).digest()
      : createSign('sha256').update(text).sign(by.rsa)
  return `${text}.${signature.toString('base64url')}`
}

/** The parts of a token, read without asking whether it is genuine. */
export function partsOf(token: string): {
  header: Record<string, unknown>
  payload: JWTPayload
  signature: string
} {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  return { header: read(header), payload: read(payload), signature }
}
