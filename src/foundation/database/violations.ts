import pg from 'pg'
import { Problem, type ProblemCode } from '../problem.ts'

/** Refusals of the database that a caller can act on, by the name of the constraint that made them. */
const violations: Readonly<Record<string, ProblemCode>> = {
  customer_external_id_unique: 'external_id_taken',
  customer_class_code_unique: 'customer_class_code_taken',
  invoice_external_id_unique: 'external_id_taken',
  invoice_number_unique: 'invoice_number_taken',
  invoice_void_number_unique: 'invoice_number_taken',
  credit_note_external_id_unique: 'external_id_taken',
  credit_note_number_unique: 'credit_note_number_taken',
  payment_external_id_unique: 'external_id_taken',
  mandate_reference_unique: 'mandate_reference_taken',
  tenant_reference_rate_once: 'reference_rate_known',
  webhook_endpoint_external_id_unique: 'external_id_taken',
  webhook_recovery_one_at_a_time: 'webhook_recovery_in_progress',
  open_item_amounts_add_up: 'insufficient_open_amount',
  open_item_open_within_total: 'insufficient_open_amount',
  invoice_open_within_total: 'insufficient_open_amount',
  payment_amounts_add_up: 'insufficient_unallocated_amount',
  payment_unallocated_within_amount: 'insufficient_unallocated_amount',
  credit_note_unallocated_within_amount: 'insufficient_unallocated_amount',
  write_off_recovered_within_amount: 'insufficient_written_off_amount',
  unidentified_money_open_within_amount: 'insufficient_unidentified_amount',
  credit_hold_one_in_force: 'credit_hold_in_force',
  customer_balance_in_range: 'amount_out_of_range',
  event_entity_sequence_unique: 'version_mismatch',
  idempotency_key_pkey: 'idempotency_in_progress',
  tenant_pkey: 'idempotency_key_reused',
  dunning_decision_proposed_once: 'dunning_already_proposed',
  tenant_dunning_policy: 'dunning_policy_not_found',
  customer_dunning_policy: 'dunning_policy_not_found',
  customer_class_dunning_policy: 'dunning_policy_not_found',
  customer_class_of_customer: 'customer_class_not_found',
  invoice_dunning_policy: 'dunning_policy_not_found',
  dunning_hold_invoice: 'invoice_in_use',
  task_invoice: 'invoice_in_use',
  activity_invoice: 'invoice_in_use',
}

/** The SQLSTATE of a database error, or undefined for anything else. */
export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined

/** The name of the constraint an error broke. */
const constraintOf = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.constraint : undefined

/**
 * True when the connection itself may be lost: no SQLSTATE at all, connection exceptions (08), shutdown and crash
 * (57P), a server that has become read-only (25006), or an idle transaction that was ended (25P03).
 */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof Problem) return false
  const state = sqlStateOf(error)
  if (state === undefined) return isConnectionFailure(error)
  return state.startsWith('08') || state.startsWith('57P') || state === '25006' || state === '25P03'
}

/**
 * True when a statement was planned before its columns changed. PostgreSQL has no code of its own for this, and words
 * that depend on its language; where it comes from does not.
 */
export const isStalePlan = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.routine === 'RevalidateCachedQuery'

/** Errors of the driver and the socket; everything else without a SQLSTATE is a bug of ours, not of the connection. */
function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as NodeJS.ErrnoException).code
  return (
    (typeof code === 'string' && /^(E[A-Z]+|CERT_.*|ERR_SOCKET.*)$/.test(code)) ||
    /connection terminated|query read timeout|timeout expired|client has encountered|not queryable/i.test(
      error.message,
    )
  )
}

/** What a database error means to the caller; undefined when it is a bug of ours. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  if (error instanceof RangeError && /2\^53|safe integer/.test(error.message)) {
    return new Problem('amount_out_of_range', {}, error)
  }
  const constraint = constraintOf(error)
  const code = constraint === undefined ? undefined : violations[constraint]
  if (code !== undefined) {
    return new Problem(
      code,
      code === 'idempotency_in_progress' ? { retryAfterSeconds: 1 } : {},
      error,
    )
  }
  const state = sqlStateOf(error)
  if (state === '22003') return new Problem('amount_out_of_range', {}, error)
  if (state === '22023' && /time zone/.test((error as Error).message))
    return new Problem('time_zone_unknown', {}, error)
  const temporary =
    isUnreachable(error) ||
    state === '55P03' ||
    state === '57014' ||
    state?.startsWith('53') ||
    isRetryableState(state)
  return temporary ? new Problem('unavailable', { retryAfterSeconds: 1 }, error) : undefined
}

const isRetryableState = (state: string | undefined): boolean =>
  state === '40001' || state === '40P01'
