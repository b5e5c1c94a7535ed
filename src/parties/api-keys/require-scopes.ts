import { grantedBy } from '../../foundation/access/roles.ts'
import { isPlatformScope } from '../../foundation/access/scopes.ts'
import type { Caller } from '../../foundation/http/caller.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'

/** What a key is given: scopes of its own, and roles. */
export interface Grant {
  scopes?: readonly string[]
  roles?: readonly string[]
}

/** Refuses with the scopes the caller lacks. */
export function requireScopes({ scopes }: Caller, wanted: readonly string[]): void {
  const missing = wanted.filter((scope) => !scopes.has(scope))
  if (missing.length > 0) throw new Problem('insufficient_scope', { required_scopes: missing })
}

/** Nobody hands out more than they hold. */
export const requireGrantable = (caller: Caller, { scopes = [], roles = [] }: Grant): void =>
  requireScopes(caller, [...grantedBy(scopes, roles)])

/** What the platform gives a tenant ends at the tenant. */
export function refusePlatformScopes(scopes: readonly string[] = []): void {
  const beyond = scopes.filter(isPlatformScope)
  if (beyond.length > 0)
    throw invalidFields({
      pointer: '#/scopes',
      code: 'platform_scope',
      detail: 'must not reach beyond the tenant',
      params: { scopes: beyond },
    })
}

/** The refusal of an end that has come already. */
export const endsInPast = (): Problem =>
  invalidFields({ pointer: '#/expires_at', code: 'past', detail: 'must lie in the future' })

/** Refuses a key that could do nothing. */
export function requireSomeScope({ scopes = [], roles = [] }: Grant): void {
  if (scopes.length + roles.length === 0)
    throw invalidFields({
      pointer: '#/scopes',
      code: 'required',
      detail: 'one scope or role is needed',
    })
}
