import type { Caller } from '../../foundation/http/caller.ts'
import { Problem } from '../../foundation/problem.ts'

/** Nobody hands out more than they hold: refuses with the scopes the caller lacks. */
export function requireScopes({ scopes }: Caller, wanted: readonly string[]): void {
  const missing = wanted.filter((scope) => !scopes.has(scope))
  if (missing.length > 0) throw new Problem('insufficient_scope', { required_scopes: missing })
}
