import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyResult,
  jwtVerify,
} from 'jose'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { Problem } from '../problem.ts'
import type { Verify } from './authenticate.ts'
import { principalOf, scopesOf, tenantOf } from './claims.ts'
import { discoverKeys } from './discover-keys.ts'
import { type Issuer, issuersOf } from './issuers.ts'
import { createKeySet } from './key-set.ts'

/** Asymmetric only: with a symmetric algorithm in the list, the issuer's public key would do as a secret. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA']
const CLOCK_TOLERANCE_SECONDS = 30

/**
 * Verifies JWT access tokens (RFC 9068) of the configured issuers, each against its own published keys. What a token
 * says about its issuer only chooses among those, before it is verified to be true. Null when none is configured.
 */
export function createTokenVerifier(config: Config, log: Logger): Verify | null {
  const verifiers = new Map(
    issuersOf(config).map((issuer) => [issuer.issuer, createIssuerVerifier(issuer, log)]),
  )
  if (verifiers.size === 0) return null
  return async (bearer) => {
    const verify = verifiers.get(claimedIssuer(bearer) as string)
    if (verify === undefined) throw new Problem('unauthenticated')
    return verify(bearer)
  }
}

function claimedIssuer(bearer: string): unknown {
  try {
    return decodeJwt(bearer).iss
  } catch (error) {
    throw new Problem('unauthenticated', {}, error)
  }
}

/** Verifies the tokens of one issuer. The tenant is what its settings say, and nothing else. */
function createIssuerVerifier(issuer: Issuer, log: Logger) {
  const keys =
    issuer.jwks_url === undefined
      ? discoverKeys(issuer.issuer, log)
      : createKeySet(new URL(issuer.jwks_url), log)
  const types = new Set(issuer.types.map(mediaTypeOf))
  // RFC 9068 has `jti` too; nothing is remembered per token, so it is not asked for.
  const requiredClaims = ['exp', 'iat', issuer.subject_claim, issuer.client_claim]

  return async (bearer: string) => {
    const { payload, protectedHeader } = await verified(bearer)
    if (!types.has(mediaTypeOf(protectedHeader.typ ?? ''))) throw new Problem('unauthenticated')
    if (!hasPlausibleTimes(payload)) throw new Problem('unauthenticated')
    const principal = principalOf(payload, issuer)
    return { tenantId: tenantOf(payload, issuer), principal, scopes: scopesOf(payload, issuer) }
  }

  async function verified(bearer: string): Promise<JWTVerifyResult> {
    try {
      return await jwtVerify(bearer, keys, {
        issuer: issuer.issuer,
        audience: issuer.audience,
        algorithms: ALGORITHMS,
        requiredClaims,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      })
    } catch (error) {
      if (error instanceof Problem) throw error
      if (
        error instanceof errors.JOSEError ||
        error instanceof TypeError ||
        error instanceof SyntaxError
      ) {
        throw new Problem('unauthenticated', {}, error)
      }
      throw error
    }
  }
}

/**
 * True for three dot-separated parts of canonical base64url, the first of which is a JSON object. An API key never
 * looks like that.
 */
export function looksLikeToken(bearer: string): boolean {
  const parts = bearer.split('.')
  if (parts.length !== 3 || !parts.every(isCanonical)) return false
  try {
    return typeof decodeProtectedHeader(bearer).alg === 'string'
  } catch {
    return false
  }
}

const isCanonical = (part: string): boolean =>
  Buffer.from(part, 'base64url').toString('base64url') === part

/** `at+jwt` and `application/at+jwt` are the same media type (RFC 7515 section 4.1.9). */
function mediaTypeOf(typ: string): string {
  const type = typ.trim().toLowerCase()
  return type.includes('/') ? type : `application/${type}`
}

/** Refuses an issue time in the future, and ends that are no dates: such tokens would be valid for ever. */
function hasPlausibleTimes({ iat, exp }: JWTPayload): boolean {
  const latest = Date.now() / 1000 + CLOCK_TOLERANCE_SECONDS
  return (iat as number) <= latest && Number.isSafeInteger(Math.floor((exp as number) * 1000))
}
