import assert from 'node:assert'
import type { FastifyRequest } from 'fastify'
import { publicId } from '../id.ts'

/** Who is calling, as the credential says. */
export interface Caller {
  /** The tenant it is acted for: the credential's own, or the one named by `Tenant-Id`. */
  tenantId: string
  /** The API key's id (`key_…`) or the token's client and subject; led by its tenant when it acts for another. */
  principal: string
  scopes: ReadonlySet<string>
}

/** Who a caller is in the whole service, and to any tenant but its own: its tenant and its principal. */
export const fullNameOf = ({ tenantId, principal }: Caller): string =>
  `${publicId('tenant', tenantId)}/${principal}`

const callers = new WeakMap<FastifyRequest, Caller>()

/** Remembers who made a request, once the credential has been verified. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller)
}

/** Who made this request; undefined for whom nobody was asked, or who was not let in. */
export const findCaller = (request: FastifyRequest): Caller | undefined => callers.get(request)

/** What kind of credential a request came with, for figures that must not name anybody. */
export function clientClassOf(request: FastifyRequest): 'none' | 'api_key' | 'token' | 'platform' {
  const principal = findCaller(request)?.principal
  if (principal === undefined) return 'none'
  if (/^ten_[^:]*\//.test(principal)) return 'platform'
  return principal.includes(':') ? 'token' : 'api_key'
}

/** Who made this request. Only operations with a scope have a caller. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request)
  assert(caller, 'this operation declares no scope, so nobody was asked who they are')
  return caller
}
