import {
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyResult,
  jwtVerify,
} from 'jose'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { read } from '../database/commit.ts'
import type { Database } from '../database/pool.ts'
import { idPattern, uuidOf } from '../id.ts'
import { Problem } from '../problem.ts'
import type { Authenticate } from './authenticate.ts'
import { createKeySet } from './key-set.ts'
import { scopes } from './scopes.ts'

/** Asymmetric only: with a symmetric algorithm in the list, the issuer's public key would do as a secret. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA']
const CLOCK_TOLERANCE_SECONDS = 30

/** What a token must say besides issuer and audience. RFC 9068 has `jti` too; nothing is remembered per token, so it is not asked for. */
const REQUIRED_CLAIMS = ['exp', 'iat', 'sub', 'client_id']

/** Names of clients and subjects: visible ASCII (RFC 6749 appendix A, OpenID Connect `sub`), short enough for the audit trail. */
const NAME = /^[\x20-\x7e]{1,140}$/

const TENANTS_REMEMBERED_MAX = 10_000

/**
 * Verifies JWT access tokens (RFC 9068) of the configured issuer against its published keys. The tenant is what the
 * configured claim says and nothing else. Null when no issuer is configured.
 */
export function createTokenVerifier(
  config: Config,
  database: Database,
  log: Logger,
): Authenticate | null {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWKS_URL: url } = config
  if (issuer === undefined || audience === undefined || url === undefined) return null
  const keys = createKeySet(new URL(url), log)
  const types = new Set(config.JWT_TYPES.split(',').map(mediaTypeOf))
  const requireTenant = tenantChecker(database)

  return async (bearer) => {
    const token = await verified(bearer)
    const { payload, protectedHeader } = token
    if (!types.has(mediaTypeOf(protectedHeader.typ ?? ''))) throw new Problem('unauthenticated')
    if (!hasPlausibleTimes(payload)) throw new Problem('unauthenticated')
    const principal = principalOf(payload)
    const tenantId = tenantOf(payload[config.JWT_TENANT_CLAIM])
    await requireTenant(tenantId)
    return { tenantId, principal, scopes: scopesOf(payload.scope) }
  }

  async function verified(bearer: string): Promise<JWTVerifyResult> {
    try {
      return await jwtVerify(bearer, keys, {
        issuer: issuer as string,
        audience: audience as string,
        algorithms: ALGORITHMS,
        requiredClaims: REQUIRED_CLAIMS,
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

/** The client and the subject. The client's own colons are escaped, so that no two pairs share a name. */
function principalOf({ client_id, sub }: JWTPayload): string {
  if (
    typeof client_id !== 'string' ||
    !NAME.test(client_id) ||
    typeof sub !== 'string' ||
    !NAME.test(sub)
  ) {
    throw new Problem('unauthenticated')
  }
  return `${client_id.replaceAll('%', '%25').replaceAll(':', '%3A')}:${sub}`
}

/** The known scopes of a space-separated list (RFC 8693); unknown ones and wildcards mean nothing here. */
function scopesOf(claim: unknown): ReadonlySet<string> {
  const granted = typeof claim === 'string' ? claim.split(' ') : []
  return new Set(granted.filter((scope) => Object.hasOwn(scopes, scope)))
}

const TENANT_ID = new RegExp(idPattern('tenant'))

function tenantOf(claim: unknown): string {
  if (typeof claim !== 'string' || !TENANT_ID.test(claim)) throw new Problem('tenant_unknown')
  return uuidOf(claim)
}

/** Tenants are never deleted, so those that were found once need no second look. */
function tenantChecker(database: Database): (tenantId: string) => Promise<void> {
  const existing = new Set<string>()
  return async (tenantId) => {
    if (existing.has(tenantId)) return
    await read(database, tenantId, async () => undefined)
    if (existing.size >= TENANTS_REMEMBERED_MAX) existing.clear()
    existing.add(tenantId)
  }
}
