import type { JWTPayload } from 'jose'
import { idPattern, uuidOf } from '../id.ts'
import { Problem } from '../problem.ts'
import type { Issuer } from './issuers.ts'
import { grantedBy } from './roles.ts'
import { isPlatformScope, scopes } from './scopes.ts'

/** Names of clients and subjects: visible ASCII (RFC 6749 appendix A, OpenID Connect `sub`), short enough for the audit trail. */
const NAME = /^[\x20-\x7e]{1,140}$/

/**
 * The issuer, the client and the subject. The client's colons and slashes are escaped, so that no two share a name: a
 * slash stands only after a name of ours (an issuer's, or a tenant's when somebody acts for another).
 */
export function principalOf(claims: JWTPayload, issuer: Issuer): string {
  const client = claims[issuer.client_claim]
  const subject = claims[issuer.subject_claim]
  if (
    typeof client !== 'string' ||
    !NAME.test(client) ||
    typeof subject !== 'string' ||
    !NAME.test(subject)
  ) {
    throw new Problem('unauthenticated')
  }
  const escaped = client.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll('/', '%2F')
  return `${issuer.name === null ? '' : `${issuer.name}/`}${escaped}:${subject}`
}

/** The issuer's one tenant, or the one its claim names. */
export function tenantOf(claims: JWTPayload, { tenant, tenant_claim }: Issuer): string {
  return tenantNamed(tenant ?? claimOf(claims, tenant_claim))
}

const TENANT_ID = new RegExp(idPattern('tenant'))

/** The tenant with this public id, or `tenant_unknown` for what is none. */
export function tenantNamed(id: unknown): string {
  if (typeof id !== 'string' || !TENANT_ID.test(id)) throw new Problem('tenant_unknown')
  return uuidOf(id)
}

/**
 * The known scopes of the token, and those of its roles. What is unknown, and wildcards, mean nothing here; scopes of
 * the platform count only from an issuer that may give them.
 */
export function scopesOf(claims: JWTPayload, issuer: Issuer): ReadonlySet<string> {
  const claim = claimOf(claims, issuer.scope_claim)
  const named = issuer.scope_claim === 'scope' && typeof claim !== 'string' ? [] : wordsOf(claim)
  const granted = named.filter(
    (scope) => Object.hasOwn(scopes, scope) && (issuer.platform || !isPlatformScope(scope)),
  )
  return grantedBy(granted, wordsOf(claimOf(claims, issuer.roles_claim)))
}

/** Text with spaces or a list of words, as identity providers differ; `scope` itself is always text (RFC 8693). */
function wordsOf(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.split(' ')
  return Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : []
}

/** A claim by its name, or at the end of a path. */
function claimOf(claims: JWTPayload, name: string | string[] | undefined): unknown {
  if (name === undefined) return undefined
  return [name].flat().reduce<unknown>((value, key) => {
    const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    return isObject ? (value as Record<string, unknown>)[key] : undefined
  }, claims)
}
