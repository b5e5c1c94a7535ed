import { type ProblemCode, problems } from '../../problem.ts'
import { type Described, takesIfMatch } from '../operation.ts'

/** The problems an operation can give: its own, and those of every operation of its form. */
export const problemsOf = (operation: Described): ProblemCode[] =>
  [...new Set([...(operation.problems ?? []), ...houseProblemsOf(operation)])].sort(
    (a, b) => problems[a].status - problems[b].status,
  )

/** The problems that follow from what an operation takes. */
function houseProblemsOf(operation: Described): ProblemCode[] {
  return [
    'invalid_parameter',
    'unauthenticated',
    'rate_limited',
    ...(operation.scope === null
      ? []
      : ([
          'insufficient_scope',
          'tenant_unknown',
          'tenant_suspended',
          'tenant_resetting',
        ] as const)),
    ...(operation.method === 'GET'
      ? []
      : (['malformed_request', 'payload_too_large', 'unsupported_media_type'] as const)),
    ...(operation.body || operation.otherBodies
      ? (['validation_failed', 'amount_out_of_range'] as const)
      : []),
    ...(operation.idempotency ? (['idempotency_key_required'] as const) : []),
    ...(operation.method === 'POST'
      ? (['idempotency_in_progress', 'idempotency_key_reused'] as const)
      : []),
    ...(takesIfMatch(operation) ? (['version_mismatch'] as const) : []),
    ...(operation.ifMatch === 'required' ? (['precondition_required'] as const) : []),
    'internal_error',
    'unavailable',
  ]
}
