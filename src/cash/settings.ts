import type { Jurisdiction } from './imputation.ts'

/** The rules that find items for money nobody designated, in the order they are tried unless the settings say otherwise. */
export const automaticRules = [
  'reference',
  'exact_amount',
  'exact_balance',
  'exact_overdue',
  'subset',
  'imputation',
  'oldest_first',
] as const
export type AutomaticRule = (typeof automaticRules)[number]

/** How money found its item. Every allocation names the rule that made it. */
export const allocationRules = [
  'designated',
  ...automaticRules,
  'credited_invoice',
  'unallocated',
] as const
export type AllocationRule = (typeof allocationRules)[number]

/** What may be missing, or be too much, in one currency without anybody being asked. */
export interface Tolerance {
  currency: string
  /** The most that may be missing. */
  short_amount: number
  /** The most that may be missing, in percent of what was to be paid; the smaller of both counts. Null for no such limit. */
  short_percent?: string | null
  /** The most that may be too much. */
  over_amount: number
}

/** How money is allocated, as a tenant or a customer's settings say. */
export interface AllocationSettings {
  /** The rules that are applied, in this order. */
  rules: AutomaticRule[]
  /** Whose law says which debt is paid first; null for that of the customer's country. */
  jurisdiction: Jurisdiction | null
  /** One for each currency that has any. */
  tolerances: Tolerance[]
  /** Days after the last day of an early-payment discount on which it is still allowed. */
  discount_grace_days: number
  /** Whether unallocated money is used for the invoices a customer gets afterwards. */
  use_unallocated: boolean
}

/** What applies where nobody has said anything: no tolerance, and nothing is used without being asked. */
export const defaultSettings: AllocationSettings = {
  rules: ['reference', 'exact_amount', 'exact_balance', 'exact_overdue', 'subset', 'oldest_first'],
  jurisdiction: null,
  tolerances: [],
  discount_grace_days: 0,
  use_unallocated: false,
}
