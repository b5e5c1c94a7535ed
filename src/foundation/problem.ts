/**
 * Everything a caller can do wrong, and everything that can be wrong with us, in one table. The code is the contract:
 * clients branch on it, tests assert it, it is never renamed. Sent as `application/problem+json` (RFC 9457).
 */
export const problems = {
  // 400: the request cannot be read
  malformed_request: {
    status: 400,
    title: 'The request cannot be read',
    remedy: 'Send well-formed JSON without duplicate or reserved keys.',
  },
  invalid_parameter: {
    status: 400,
    title: 'A path, query or header parameter is invalid',
    remedy: 'See `errors`: each entry names the parameter.',
  },
  invalid_cursor: {
    status: 400,
    title: 'The cursor does not belong to this list',
    remedy: 'Start again without `cursor`; keep all other parameters the same while paging.',
  },
  idempotency_key_required: {
    status: 400,
    title: 'This operation needs an Idempotency-Key',
    remedy: 'Send a fresh key per intended effect and repeat it on every retry.',
  },
  // 401, 403: who is calling
  unauthenticated: {
    status: 401,
    title: 'No valid credential',
    remedy: 'Send `Authorization: Bearer` with an API key or an access token.',
  },
  insufficient_scope: {
    status: 403,
    title: 'The credential lacks a scope',
    remedy: 'Use a credential that holds one of `required_scopes`.',
  },
  tenant_unknown: {
    status: 403,
    title: 'The credential names no tenant of this service',
    remedy: 'The token must carry the tenant claim that the operator configured.',
  },
  tenant_suspended: {
    status: 403,
    title: 'The tenant is suspended',
    remedy: 'Its data is kept; ask the operator of the service to resume it.',
  },
  test_tenant_only: {
    status: 403,
    title: 'Only test tenants have a sandbox',
    remedy: 'Use a tenant whose mode is `test`.',
  },
  four_eyes_required: {
    status: 403,
    title: 'Another principal has to decide this',
    remedy: 'Whoever asked for it, `requested_by`, may only withdraw it.',
  },
  // 404: not there, or another tenant's
  route_not_found: {
    status: 404,
    title: 'No such operation',
    remedy: 'Check method and path against the OpenAPI document.',
  },
  tenant_not_found: { status: 404, title: 'No such tenant', remedy: 'Check the id.' },
  api_key_not_found: { status: 404, title: 'No such API key', remedy: 'Check the id.' },
  customer_not_found: {
    status: 404,
    title: 'No such customer',
    remedy: 'Check the id; customers of other tenants do not exist for you.',
  },
  customer_class_not_found: {
    status: 404,
    title: 'No such customer class',
    remedy: 'Check the id.',
  },
  task_not_found: { status: 404, title: 'No such task', remedy: 'Check the id.' },
  activity_not_found: { status: 404, title: 'No such activity', remedy: 'Check the id.' },
  approval_not_found: { status: 404, title: 'No such approval', remedy: 'Check the id.' },
  credit_limit_not_found: { status: 404, title: 'No such credit limit', remedy: 'Check the id.' },
  credit_group_not_found: { status: 404, title: 'No such credit group', remedy: 'Check the id.' },
  customer_not_in_credit_group: {
    status: 404,
    title: 'The customer is not in this credit group',
    remedy: 'See the members of the group.',
  },
  onboarding_check_not_found: {
    status: 404,
    title: 'No such onboarding check',
    remedy: 'Check the id.',
  },
  credit_policy_not_found: {
    status: 404,
    title: 'The tenant has no credit policy',
    remedy: 'Set one with PUT /v1/credit-policy.',
  },
  credit_check_not_found: { status: 404, title: 'No such credit check', remedy: 'Check the id.' },
  exchange_rate_not_found: { status: 404, title: 'No such exchange rate', remedy: 'Check the id.' },
  order_on_hand_not_found: { status: 404, title: 'No such order on hand', remedy: 'Check the id.' },
  reservation_not_found: { status: 404, title: 'No such reservation', remedy: 'Check the id.' },
  credit_standing_not_found: {
    status: 404,
    title: 'Nothing is known of the customer as a debtor yet',
    remedy: 'Set a credit policy with a scorecard or standings, and have the customer scored.',
  },
  credit_report_not_found: { status: 404, title: 'No such credit report', remedy: 'Check the id.' },
  trade_reference_not_found: {
    status: 404,
    title: 'No such trade reference',
    remedy: 'Check the id.',
  },
  credit_hold_not_found: { status: 404, title: 'No such credit hold', remedy: 'Check the id.' },
  credit_alert_not_found: { status: 404, title: 'No such credit alert', remedy: 'Check the id.' },
  credit_review_not_found: { status: 404, title: 'No such credit review', remedy: 'Check the id.' },
  invoice_not_found: { status: 404, title: 'No such invoice', remedy: 'Check the id.' },
  open_item_not_found: { status: 404, title: 'No such open item', remedy: 'Check the id.' },
  credit_note_not_found: { status: 404, title: 'No such credit note', remedy: 'Check the id.' },
  payment_not_found: { status: 404, title: 'No such payment', remedy: 'Check the id.' },
  direct_debit_settings_not_found: {
    status: 404,
    title: 'The creditor’s own data are not set',
    remedy: 'PUT /v1/direct-debit-settings first.',
  },
  mandate_not_found: { status: 404, title: 'No such mandate', remedy: 'Check the id.' },
  direct_debit_not_found: { status: 404, title: 'No such direct debit', remedy: 'Check the id.' },
  debit_batch_not_found: { status: 404, title: 'No such debit batch', remedy: 'Check the id.' },
  allocation_not_found: { status: 404, title: 'No such allocation', remedy: 'Check the id.' },
  refund_not_found: { status: 404, title: 'No such refund', remedy: 'Check the id.' },
  deferral_not_found: { status: 404, title: 'No such deferral', remedy: 'Check the id.' },
  write_off_not_found: { status: 404, title: 'No such write-off', remedy: 'Check the id.' },
  recovery_not_found: { status: 404, title: 'No such recovery', remedy: 'Check the id.' },
  allocation_settings_not_found: {
    status: 404,
    title: 'The customer has no allocation settings of its own',
    remedy: 'Those of the tenant apply.',
  },
  bank_account_not_found: { status: 404, title: 'No such bank account', remedy: 'Check the id.' },
  bank_statement_not_found: {
    status: 404,
    title: 'No such bank statement',
    remedy: 'Check the id.',
  },
  bank_line_not_found: { status: 404, title: 'No such bank line', remedy: 'Check the id.' },
  csv_mapping_not_found: { status: 404, title: 'No such CSV mapping', remedy: 'Check the id.' },
  dunning_policy_not_found: {
    status: 404,
    title: 'No such dunning policy',
    remedy: 'Check the id.',
  },
  dunning_policy_template_not_found: {
    status: 404,
    title: 'No such dunning policy template',
    remedy: 'List them with GET /v1/dunning-policy-templates.',
  },
  jurisdiction_not_found: {
    status: 404,
    title: 'No such jurisdiction',
    remedy: 'See GET /v1/jurisdictions for those whose rules are known.',
  },
  dunning_hold_not_found: { status: 404, title: 'No such dunning hold', remedy: 'Check the id.' },
  dunning_simulation_not_found: {
    status: 404,
    title: 'No such dunning simulation',
    remedy: 'Check the id.',
  },
  dunning_migration_not_found: {
    status: 404,
    title: 'No such dunning migration',
    remedy: 'Check the id.',
  },
  dunning_limit_not_found: {
    status: 404,
    title: 'No maximum level was ever set for the open item',
    remedy: 'It goes as far as its policy.',
  },
  charge_not_found: { status: 404, title: 'No such charge', remedy: 'Check the id.' },
  dunning_run_not_found: { status: 404, title: 'No such dunning run', remedy: 'Check the id.' },
  dunning_notice_not_found: {
    status: 404,
    title: 'No such dunning notice',
    remedy: 'Check the id.',
  },
  dunning_decision_not_found: {
    status: 404,
    title: 'No such dunning decision',
    remedy: 'Check the id.',
  },
  simulator_run_not_found: { status: 404, title: 'No such simulator run', remedy: 'Check the id.' },
  fixture_load_not_found: {
    status: 404,
    title: 'No such load of a fixture',
    remedy: 'Check the id.',
  },
  webhook_endpoint_not_found: {
    status: 404,
    title: 'No such webhook endpoint',
    remedy: 'Check the id.',
  },
  webhook_delivery_not_found: {
    status: 404,
    title: 'No such webhook delivery',
    remedy: 'Check the id.',
  },
  webhook_recovery_not_found: {
    status: 404,
    title: 'No such webhook recovery',
    remedy: 'Check the id.',
  },
  event_type_not_found: {
    status: 404,
    title: 'No such type of event',
    remedy: 'Take one from `GET /v1/event-types`.',
  },
  audit_block_not_found: {
    status: 404,
    title: 'No such block',
    remedy: 'Look at `GET /v1/audit/heads`: blocks are numbered from 1 without gaps.',
  },
  event_not_found: { status: 404, title: 'No such event', remedy: 'Check the id.' },
  import_mapping_not_found: {
    status: 404,
    title: 'No such import mapping',
    remedy: 'Check the id.',
  },
  import_not_found: { status: 404, title: 'No such import', remedy: 'Check the id.' },
  // 409: the state does not allow it
  idempotency_in_progress: {
    status: 409,
    title: 'The first request with this key is still running',
    remedy: 'Repeat the request after `Retry-After` seconds.',
  },
  external_id_taken: {
    status: 409,
    title: 'Another resource already has this external id',
    remedy: 'See `conflicting_id`, or upsert by external id.',
  },
  customer_class_code_taken: {
    status: 409,
    title: 'Another customer class already has this code',
    remedy: 'See `conflicting_id`, or upsert by code.',
  },
  invoice_number_taken: {
    status: 409,
    title: 'Another invoice already has this number',
    remedy: 'See `conflicting_id`.',
  },
  credit_note_number_taken: {
    status: 409,
    title: 'Another credit note already has this number',
    remedy: 'See `conflicting_id`.',
  },
  mandate_reference_taken: {
    status: 409,
    title: 'Another mandate already has this reference',
    remedy: 'A reference is unique per creditor, whatever the case of its letters.',
  },
  mandate_not_usable: {
    status: 409,
    title: 'The mandate does not allow this collection',
    remedy: 'See `current_status` and `usable_until_date`; get a new mandate, or amend this one.',
  },
  item_not_collectable: {
    status: 409,
    title: 'An open item cannot be collected',
    remedy:
      'See `item_id`, `open_amount` and `pending_amount`: it is settled, or on its way already.',
  },
  nothing_to_collect: {
    status: 409,
    title: 'There is nothing to collect',
    remedy: 'Nothing is due under a mandate that may be used on that day.',
  },
  dunning_notice_followed: {
    status: 409,
    title: 'Later notices stand on this one',
    remedy: 'Reverse `later_notice_ids` first.',
  },
  dunning_nothing_to_review: {
    status: 409,
    title: 'The proposal has nothing of this to review',
    remedy:
      'Name an item or customer with decisions that are proposed, or excluded to include them.',
  },
  dunning_already_proposed: {
    status: 409,
    title: 'Another proposal has the item by now',
    remedy: 'Release or discard the other run first.',
  },
  reference_rate_known: {
    status: 409,
    title: 'The rate of that day is known already',
    remedy: 'See `last_known_date`: only rates after it can be added.',
  },
  invalid_state: {
    status: 409,
    title: 'The state of the resource does not allow this',
    remedy: 'See `current_status` and `allowed_actions`.',
  },
  customer_has_open_business: {
    status: 409,
    title: 'Something is still open with the customer',
    remedy: 'Settle or write off open items, refund unallocated money and delete drafts first.',
  },
  retention_duty: {
    status: 409,
    title: 'The law wants vouchers of this customer kept',
    remedy:
      'Wait until `retained_until`, or say with `records_kept_elsewhere` that the documents are kept in another system.',
  },
  reservation_active: {
    status: 409,
    title: 'Credit is held under this reference already',
    remedy: 'See `conflicting_id`; release it before reserving anew, or extend it.',
  },
  invoice_used_up: {
    status: 409,
    title: 'The invoice has used up held credit by its whole total already',
    remedy: 'Confirm the reservation by another invoice, or release it.',
  },
  credit_review_open: {
    status: 409,
    title: 'The customer is under review already',
    remedy: 'Decide on the review in `conflicting_id`.',
  },
  credit_hold_in_force: {
    status: 409,
    title: 'The customer has a credit hold for this reason already',
    remedy: 'One is enough; lift it before placing another.',
  },
  customer_in_credit_group: {
    status: 409,
    title: 'The customer is in another credit group',
    remedy: 'See `conflicting_id`; take it out of that group first.',
  },
  onboarding_incomplete: {
    status: 409,
    title: 'The customer’s onboarding is not complete',
    remedy: 'See `missing_checks`: record each as passed or not applicable before the first limit.',
  },
  invoice_in_use: {
    status: 409,
    title: 'A hold, task or activity refers to the draft',
    remedy: 'Keep the draft, or issue and void it: what was done about it is not forgotten.',
  },
  invoice_not_editable: {
    status: 409,
    title: 'An issued invoice cannot be changed',
    remedy: 'Correct it with a credit note.',
  },
  invoice_not_voidable: {
    status: 409,
    title: 'Money or a notice has touched this invoice',
    remedy: 'Take the claim back with a credit note.',
  },
  insufficient_open_amount: {
    status: 409,
    title: 'More than what is open',
    remedy: 'Read the invoice again; `open_amount` is what may still be allocated.',
  },
  insufficient_unallocated_amount: {
    status: 409,
    title: 'More than what is unallocated',
    remedy: 'Read the payment again; `unallocated_amount` is what may still be used.',
  },
  insufficient_written_off_amount: {
    status: 409,
    title: 'More than what was written off and is not recovered yet',
    remedy: 'Read the write-off again; what exceeds it stays unallocated or is refunded.',
  },
  insufficient_unidentified_amount: {
    status: 409,
    title: 'More than what is unidentified of the bank line',
    remedy: 'Read the bank line again; somebody has claimed its money already.',
  },
  nothing_to_relieve: {
    status: 409,
    title: 'No tax is left in it to be claimed back',
    remedy: 'The document shows no tax, or it was claimed back already.',
  },
  payment_already_reversed: {
    status: 409,
    title: 'The payment has been reversed already',
    remedy: 'Nothing is left to reverse.',
  },
  allocation_already_undone: {
    status: 409,
    title: 'The allocation has been undone already',
    remedy: 'Nothing is left to undo.',
  },
  bank_line_not_matchable: {
    status: 409,
    title: 'The bank line cannot be matched like this',
    remedy: 'Only money that came in is a payment, and only returned money takes one back.',
  },
  no_proposal: {
    status: 409,
    title: 'Nothing is proposed that could be accepted',
    remedy: 'Say whose money it is: `customer_id`, or `payment_id` of a payment that is proposed.',
  },
  credential_not_active: {
    status: 409,
    title: 'The API key is revoked or expired',
    remedy: 'Create a new key.',
  },
  clock_advancing: {
    status: 409,
    title: 'The test clock is advancing',
    remedy: 'Wait until its status is `ready`.',
  },
  clock_has_history: {
    status: 409,
    title: 'The test clock cannot go back over what has happened',
    remedy: 'Use a new test tenant, or reset this one.',
  },
  tenant_resetting: {
    status: 409,
    title: 'The test tenant is being reset',
    remedy: 'Repeat after `Retry-After` seconds; a reset takes seconds.',
  },
  tenant_not_empty: {
    status: 409,
    title: 'The test tenant is not empty',
    remedy: 'Reset it first: a fixture is loaded into an empty tenant.',
  },
  delivery_not_resendable: {
    status: 409,
    title: 'The delivery is still pending',
    remedy: 'It will be attempted by itself.',
  },
  webhook_recovery_in_progress: {
    status: 409,
    title: 'The webhook endpoint is catching up already',
    remedy: 'Wait until the recovery that runs has ended.',
  },
  webhook_endpoint_limit: {
    status: 409,
    title: 'Too many webhook endpoints',
    remedy: 'Delete endpoints that are no longer used.',
  },
  atomic_import_failed: {
    status: 409,
    title: 'Another row of the atomic import failed',
    remedy: 'Correct the rows that failed for reasons of their own, and import all of them again.',
  },
  // 412, 413, 415, 428: preconditions and form
  version_mismatch: {
    status: 412,
    title: 'The resource has changed since it was read',
    remedy: 'Read it again and repeat with the new ETag.',
  },
  payload_too_large: {
    status: 413,
    title: 'The request body is too large',
    remedy: 'See GET /v1/limits; split the work.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The content type is not accepted here',
    remedy: 'Send one of the content types the operation documents.',
  },
  precondition_required: {
    status: 428,
    title: 'This operation needs If-Match',
    remedy: 'Send the ETag of the version you read.',
  },
  // 422: understood, and wrong
  validation_failed: {
    status: 422,
    title: 'Validation failed',
    remedy: 'See `errors`: each entry names the field.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    remedy: 'Use a fresh key for a different request.',
  },
  not_a_principal: {
    status: 422,
    title: 'The open item is not a principal',
    remedy: 'Charges bear no interest, fee or lump sum; ask about an instalment of an invoice.',
  },
  not_an_instalment: {
    status: 422,
    title: 'The open item is not an instalment of an invoice',
    remedy: 'Only what an invoice claims gets a later due date; waive a charge instead.',
  },
  not_a_charge: {
    status: 422,
    title: 'The open item is not a charge',
    remedy:
      'Only fees, interest and lump sums are waived; take an invoice back with a credit note.',
  },
  deposit_exhausted: {
    status: 422,
    title: 'The deposit does not cover the deduction',
    remedy: 'Deduct at most `available_amount`: what was paid of the deposit and not deducted yet.',
  },
  currency_mismatch: {
    status: 422,
    title: 'The currencies differ',
    remedy: 'Money is never converted silently; use the currency of the claim.',
  },
  customer_mismatch: {
    status: 422,
    title: 'The documents belong to different customers',
    remedy: 'Allocate within one customer.',
  },
  date_in_future: {
    status: 422,
    title: 'The date lies in the future',
    remedy: 'Nothing takes effect before its day; send it on or after that day.',
  },
  instant_in_past: {
    status: 422,
    title: 'The instant lies before the clock',
    remedy: 'Advance to now or later.',
  },
  amounts_do_not_add_up: {
    status: 422,
    title: 'The amounts do not add up',
    remedy: 'See `errors`.',
  },
  status_report_unknown: {
    status: 422,
    title: 'The status report is about none of your files',
    remedy: 'See `original_message_id`; send the report to the tenant that sent the file.',
  },
  status_report_unreadable: {
    status: 422,
    title: 'The status report cannot be read',
    remedy: 'See `line` and `column`; send a pain.002 as the bank delivered it.',
  },
  due_date_missing: {
    status: 422,
    title: 'No due date can be derived',
    remedy: 'Send `due_date`, `net_days` or `instalments`, or set terms at the customer or tenant.',
  },
  bank_file_unreadable: {
    status: 422,
    title: 'The bank file cannot be read',
    remedy:
      'See `reason`, and `line`, `column`, `byte` and `entry` for the place. Nothing of the file was imported.',
  },
  forecast_too_large: {
    status: 422,
    title: 'The forecast looks at too many customers',
    remedy: 'Ask for fewer days; `customers_max` is how many one forecast may look at.',
  },
  reference_rate_unknown: {
    status: 422,
    title: 'A reference rate is not known for all days',
    remedy:
      'See `series` and `unknown_from_date`: add the rate with POST /v1/reference-rates, or send `carry_forward` to go on with the last known one.',
  },
  dunning_policy_contradictory: {
    status: 422,
    title: 'The dunning policy contradicts itself',
    remedy: 'See `errors`.',
  },
  webhook_url_refused: {
    status: 422,
    title: 'The webhook URL is not allowed',
    remedy:
      'Use a public https address, or have the operator allow the network in WEBHOOK_ALLOWED_CIDRS.',
  },
  time_zone_unknown: {
    status: 422,
    title: 'The time zone is not known',
    remedy: 'Use an IANA name such as `Europe/Berlin`.',
  },
  amount_out_of_range: {
    status: 422,
    title: 'An amount leaves the range that can be carried',
    remedy: 'Amounts stay within 2^53 - 1 minor units.',
  },
  control_total_mismatch: {
    status: 422,
    title: 'The opening balances do not add up to their control total',
    remedy: 'Compare `expected` and `actual` per currency; send all rows again when they agree.',
  },
  // 429, 5xx
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    remedy: 'Slow down; repeat after `Retry-After` seconds.',
  },
  internal_error: {
    status: 500,
    title: 'Something broke on our side',
    remedy: 'Repeat with the same Idempotency-Key; quote `request_id` to the operator.',
  },
  unavailable: {
    status: 503,
    title: 'The service cannot do this right now',
    remedy: 'Repeat after `Retry-After` seconds with the same Idempotency-Key.',
  },
} as const satisfies Record<string, { status: number; title: string; remedy: string }>

/** A stable, machine-readable reason. */
export type ProblemCode = keyof typeof problems

/** One field that is wrong: where it stands, which rule it breaks, and the values that decided. */
export interface FieldError {
  in: 'body' | 'query' | 'path' | 'header'
  /** JSON Pointer as a URI fragment for a body (`#/lines/0/quantity`), the name for a parameter. */
  pointer: string
  code: string
  detail: string
  params?: Record<string, unknown>
}

/** What a problem may carry besides its code. Extra members become members of the answer. */
export interface ProblemDetails {
  detail?: string
  errors?: FieldError[]
  retryAfterSeconds?: number
  [member: string]: unknown
}

/** A refusal a caller can act on. Commands throw it; the error handler answers with it. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly details: ProblemDetails

  constructor(code: ProblemCode, details: ProblemDetails = {}, cause?: unknown) {
    super(details.detail ?? problems[code].title, cause === undefined ? undefined : { cause })
    this.name = 'Problem'
    this.code = code
    this.status = problems[code].status
    this.details = details
  }
}

/** A `validation_failed` problem for body fields that only the command can judge. */
export function invalidFields(...errors: Omit<FieldError, 'in'>[]): Problem {
  return new Problem('validation_failed', {
    errors: errors.map((error) => ({ in: 'body', ...error })),
  })
}

/** Nothing takes effect before its day: the refusal of a date in a body that lies after the tenant's today. */
export const dateInFuture = (field: string, date: string, today: string): Problem =>
  new Problem('date_in_future', {
    errors: [
      {
        in: 'body',
        pointer: `#/${field}`,
        code: 'date_in_future',
        detail: 'must not be after today',
        params: { [field]: date, today },
      },
    ],
  })
