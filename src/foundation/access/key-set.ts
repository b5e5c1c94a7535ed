import {
  createLocalJWKSet,
  createRemoteJWKSet,
  type ExportedJWKSCache,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwksCache,
} from 'jose'
import type { Logger } from 'pino'
import { Problem } from '../problem.ts'

const COOLDOWN_MS = 30_000
const COLD_COOLDOWN_MS = 2_000
const TIMEOUT_MS = 3_000
const LAST_GOOD_MS = 24 * 60 * 60_000

/** What jose keeps of its last successful fetch, and when that was; empty before the first. */
type KeyCache = Partial<ExportedJWKSCache>

/**
 * The issuer's public keys. They are fetched when first needed, every ten minutes, and when a token names a key that
 * is not among them, but not more than once in thirty seconds. While the issuer cannot be reached the last good keys
 * go on for a day; a token they cannot judge is answered `unavailable`, since nobody knows whether it is good.
 */
export function createKeySet(url: URL, log: Logger): JWTVerifyGetKey {
  const cache: KeyCache = {}
  const remote = createRemoteJWKSet(url, {
    cooldownDuration: COOLDOWN_MS,
    timeoutDuration: TIMEOUT_MS,
    [jwksCache]: cache as ExportedJWKSCache,
  })
  const lastGood = lastGoodKeys(cache)
  let failedAt = Number.NEGATIVE_INFINITY

  return async (header, token) => {
    const cooldown = cache.jwks === undefined ? COLD_COOLDOWN_MS : COOLDOWN_MS
    if (performance.now() - failedAt < cooldown) return lastGood(header, token)
    try {
      return await remote(header, token)
    } catch (error) {
      if (isAboutTheToken(error)) throw error
      failedAt = performance.now()
      log.warn(
        { error: (error as Error).message },
        'the keys of the token issuer cannot be fetched',
      )
      return lastGood(header, token)
    }
  }
}

/** What the last successful fetch brought, as long as it is not older than a day. */
function lastGoodKeys(cache: KeyCache): JWTVerifyGetKey {
  let of: JSONWebKeySet | undefined
  let keys: JWTVerifyGetKey | undefined
  return async (header, token) => {
    const { jwks, uat } = cache
    if (jwks === undefined || uat === undefined || Date.now() - uat > LAST_GOOD_MS)
      throw keysUnavailable()
    if (keys === undefined || of !== jwks) {
      keys = createLocalJWKSet(jwks)
      of = jwks
    }
    try {
      return await keys(header, token)
    } catch (error) {
      throw error instanceof errors.JWKSMultipleMatchingKeys ? error : keysUnavailable(error)
    }
  }
}

/** Nobody knows whether a token is good. */
export const keysUnavailable = (cause?: unknown): Problem =>
  new Problem('unavailable', { retryAfterSeconds: 30 }, cause)

/** Everything else is about fetching the keys. */
const isAboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported
