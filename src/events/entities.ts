import type { Kind } from '../foundation/id.ts'
import type { EventData } from './table.ts'

type Shown = EventData['object']

/** Where a resource can be read, from what an event shows of it; `{field}` stands for a field of it. Null for nowhere. */
type Address = string | null | ((object: Shown) => string)

/** Every kind of resource that events are about, in the order of the alphabet, with where it can be read. */
const addresses = {
  activity: '/v1/activities/{id}',
  allocation_settings: ({ customer_id }) =>
    customer_id === null
      ? '/v1/allocation-settings'
      : `/v1/customers/${customer_id}/allocation-settings`,
  api_key: '/v1/api-keys/{id}',
  approval: '/v1/approvals/{id}',
  bank_account: '/v1/bank-accounts/{id}',
  bank_line: '/v1/bank-lines/{id}',
  bank_statement: '/v1/bank-statements/{id}',
  charge: '/v1/charges/{id}',
  credit_alert: '/v1/credit-alerts/{id}',
  credit_check: '/v1/credit-checks/{id}',
  credit_group: '/v1/credit-groups/{id}',
  credit_hold: '/v1/credit-holds/{id}',
  credit_limit: '/v1/credit-limits/{id}',
  credit_note: '/v1/credit-notes/{id}',
  credit_policy: '/v1/credit-policy',
  credit_report: '/v1/credit-reports/{id}',
  credit_review: '/v1/credit-reviews/{id}',
  credit_standing: null,
  csv_mapping: '/v1/csv-mappings/{id}',
  customer: '/v1/customers/{id}',
  customer_class: '/v1/customer-classes/{id}',
  debit_batch: '/v1/debit-batches/{id}',
  deferral: '/v1/deferrals/{id}',
  direct_debit: '/v1/direct-debits/{id}',
  direct_debit_settings: '/v1/direct-debit-settings',
  dunning_decision: '/v1/dunning-decisions/{id}',
  dunning_hold: '/v1/dunning-holds/{id}',
  dunning_limit: '/v1/open-items/{item_id}/dunning-limit',
  dunning_migration: '/v1/dunning-migrations/{id}',
  dunning_notice: '/v1/dunning-notices/{id}',
  dunning_policy: '/v1/dunning-policies/{id}',
  dunning_run: '/v1/dunning-runs/{id}',
  dunning_simulation: '/v1/dunning-simulations/{id}',
  exchange_rate: '/v1/exchange-rates/{id}',
  import: '/v1/imports/{id}',
  invoice: '/v1/invoices/{id}',
  jurisdiction: '/v1/jurisdictions/{code}',
  ledger_settings: null,
  ledger_verification: null,
  mandate: '/v1/mandates/{id}',
  onboarding_check: '/v1/onboarding-checks/{id}',
  open_item: '/v1/open-items/{id}',
  order_on_hand: '/v1/orders-on-hand/{id}',
  payment: '/v1/payments/{id}',
  reference_rate: null,
  refund: '/v1/refunds/{id}',
  reservation: '/v1/reservations/{id}',
  task: '/v1/tasks/{id}',
  tenant: '/v1/tenant',
  trade_reference: '/v1/trade-references/{id}',
  webhook_endpoint: '/v1/webhook-endpoints/{id}',
  write_off: '/v1/write-offs/{id}',
} as const satisfies Partial<Record<Kind, Address>>

export type EntityKind = keyof typeof addresses

/** The kinds of resource that events are about. */
export const entityKinds = Object.keys(addresses) as EntityKind[]

/** Where the resource can be read, relative to the base of the API. Null where it cannot be read by itself. */
export function urlOf(kind: Kind, object: Shown): string | null {
  const address: Address = (addresses as Partial<Record<Kind, Address>>)[kind] ?? null
  if (typeof address === 'function') return address(object)
  return address?.replace(/\{(\w+)\}/, (_, field: string) => String(object[field])) ?? null
}
