import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Database } from '../database/pool.ts'
import type { Caller } from '../http/caller.ts'
import { createKeyVerifier } from './verify-api-key.ts'
import { createTokenVerifier, looksLikeToken } from './verify-token.ts'

/** Turns a bearer credential into a caller, or throws `unauthenticated`, `tenant_unknown` or `unavailable`. */
export type Authenticate = (bearer: string) => Promise<Caller>

/**
 * Verifies access tokens, where the configuration names their issuer, and API keys. Why a credential is refused is
 * nobody's business: every failure is the same `unauthenticated`.
 */
export function createAuthenticate(config: Config, database: Database, log: Logger): Authenticate {
  const verifyKey = createKeyVerifier(database)
  const verifyToken = createTokenVerifier(config, database, log)
  if (verifyToken === null) return verifyKey
  return (bearer) => (looksLikeToken(bearer) ? verifyToken(bearer) : verifyKey(bearer))
}
