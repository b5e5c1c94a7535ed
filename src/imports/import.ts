import type { Kind } from '../foundation/id.ts'
import type { FieldError, ProblemCode } from '../foundation/problem.ts'

/** What can be imported. */
export const importResources = [
  'customers',
  'contacts',
  'invoices',
  'credit_notes',
  'payments',
  'credit_limits',
  'opening_balances',
] as const
export type ImportResource = (typeof importResources)[number]

/** `create` makes what is new and refuses what exists; `upsert` does to each row what PUT by external id does. */
export const importModes = ['create', 'upsert'] as const
export type ImportMode = (typeof importModes)[number]

/** Where an import stands. `failed` means that nothing of it was kept because of its rows. */
export const importStatuses = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
export type ImportStatus = (typeof importStatuses)[number]

/** What can become of a row. */
export const outcomes = ['created', 'updated', 'unchanged', 'failed'] as const
export type Outcome = (typeof outcomes)[number]

/** What rows can create, change or find. */
export const resultKinds = [
  'customer',
  'contact',
  'invoice',
  'credit_note',
  'payment',
  'credit_limit',
] as const satisfies readonly Kind[]
export type ResultKind = (typeof resultKinds)[number]

/** What the opening balances of one currency add up to in the system before. */
export interface ControlTotal {
  currency: string
  /** What all items are open with. */
  open_amount: number
  /** What all credits still hold. */
  unallocated_amount: number
}

/** Why a row failed: the members of a problem that say something about the row. */
export interface RowProblem {
  code: ProblemCode
  status: number
  title: string
  detail: string
  errors?: FieldError[]
  [member: string]: unknown
}

/** What became of one row. */
export interface RowOutcome {
  /** Its place in the import, from 1. */
  row: number
  externalId: string | null
  outcome: Outcome
  /** What was created, updated or found; null when the row failed. */
  resourceId: string | null
  resourceKind: ResultKind | null
  problem: RowProblem | null
}
