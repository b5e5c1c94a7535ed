import type { Static } from '@sinclair/typebox'
import type { CreateDunningPolicy } from '../policy-schema.ts'

/** A policy as it is posted. */
export type PolicyBody = Static<typeof CreateDunningPolicy>

/** A policy to begin with, lawful as it stands. */
export interface PolicyTemplate {
  code: string
  name: string
  /** What it does, and what to look at before it is used. */
  description: string
  /** Whose law it keeps, ISO 3166-1 alpha-2; `EU` for what all its members have in common. */
  jurisdiction: string
  customer_kind: 'business' | 'consumer'
  /** Where the law stands that shaped it. */
  sources: readonly string[]
  policy: PolicyBody
}

/**
 * What all our templates have in common: nobody is chased while a transfer may be on its way, more than once a week, at
 * odd hours, or on old news. Bank statements of a Thursday are fresh enough on a Tuesday after Easter.
 */
export const considerate = {
  scope: 'invoice',
  catch_up: 'one_level',
  release: 'automatic',
  item_grace_days: 2,
  account_minimum_days: 3,
  min_notice_interval_days: 7,
  contact_budget: { contacts: 1, days: 7 },
  quiet_hours: { from: '20:00', to: '08:00' },
  payment_data_max_age_days: 5,
  on_principal_paid: 'waive',
} as const satisfies Partial<PolicyBody>

/** A reminder shortly before the due date; it leaves the level at 0. */
export const dueSoon: NonNullable<PolicyBody['courtesies']>[number] = {
  days_before_due: 3,
  name: 'Due soon',
  tone: 'friendly',
  template: 'due_soon',
  channels: ['email'],
}

/** The next level, on the day after the deadline of the notice before. */
export const afterDeadline = { anchor: 'previous_deadline', days: 1 } as const

/** After the third notice, whoever knows the customer asks what is wrong. */
export const askSales = {
  assignee: 'sales',
  title: 'Ask the customer why it does not pay',
} as const

/** Below it, a notice costs more than it brings. */
export const atLeast = (currency: string, amount: number) => [{ currency, amount }]
