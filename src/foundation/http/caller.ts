import assert from 'node:assert'
import type { FastifyRequest } from 'fastify'

/** Who is calling, as the credential says. */
export interface Caller {
  tenantId: string
  /** The API key's id (`key_…`) or the token's client and subject. */
  principal: string
  scopes: ReadonlySet<string>
}

const callers = new WeakMap<FastifyRequest, Caller>()

/** Remembers who made a request, once the credential has been verified. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller)
}

/** Who made this request. Only operations with a scope have a caller. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request)
  assert(caller, 'this operation declares no scope, so nobody was asked who they are')
  return caller
}
