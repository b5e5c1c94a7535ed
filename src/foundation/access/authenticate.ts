import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Database } from '../database/pool.ts'
import { type Caller, fullNameOf } from '../http/caller.ts'

import { Problem } from '../problem.ts'
import { tenantNamed } from './claims.ts'
import { isPlatformScope } from './scopes.ts'
import { createTenantGate } from './tenant-gate.ts'
import { createKeyVerifier } from './verify-api-key.ts'
import { createTokenVerifier, looksLikeToken } from './verify-token.ts'

/** Turns a bearer credential into its holder, or throws `unauthenticated`, `tenant_unknown` or `unavailable`. */
export type Verify = (bearer: string, address: string) => Promise<Caller>

/** A credential that is genuine. */
export interface Credential {
  /** Its name in the whole service: its own tenant and its principal. */
  readonly name: string
  /**
   * Who calls with it, in its own tenant or for the one named (`ten_…`). Throws `tenant_suspended`, `tenant_unknown`
   * or `insufficient_scope`.
   */
  enter(tenant?: string): Promise<Caller>
}

/** Finds out whether a credential, used from an address, is genuine. */
export type Authenticate = (bearer: string, address: string) => Promise<Credential>

/**
 * Verifies access tokens, where the configuration names issuers, and API keys. Why a credential is refused is nobody's
 * business: every failure is the same `unauthenticated`.
 */
export function createAuthenticate(config: Config, database: Database, log: Logger): Authenticate {
  const verifyKey = createKeyVerifier(database, log)
  const verifyToken = createTokenVerifier(config, log)
  const requireAwake = createTenantGate(database)

  return async (bearer, address) => {
    const isToken = verifyToken !== null && looksLikeToken(bearer)
    const holder = await (isToken ? verifyToken : verifyKey)(bearer, address)
    return {
      name: fullNameOf(holder),
      async enter(tenant) {
        await requireAwake(holder.tenantId)
        if (tenant === undefined) return holder
        const caller = actingFor(tenantNamed(tenant), holder)
        await requireAwake(caller.tenantId)
        return caller
      },
    }
  }
}

/**
 * The holder as it acts for another tenant: with the scopes it has, but for those that reach beyond one tenant, or it
 * could leave them there. Its name tells where it comes from. In its own tenant it is itself, whatever it says: two
 * names would be two pairs of eyes.
 */
function actingFor(tenantId: string, holder: Caller): Caller {
  if (tenantId === holder.tenantId) return holder
  if (!holder.scopes.has('tenants:act'))
    throw new Problem('insufficient_scope', { required_scopes: ['tenants:act'] })
  const scopes = new Set([...holder.scopes].filter((scope) => !isPlatformScope(scope)))
  return { tenantId, principal: fullNameOf(holder), scopes }
}
