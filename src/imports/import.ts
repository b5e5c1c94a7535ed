import type { FieldError, ProblemCode } from '../foundation/problem.ts'

/** What can be imported. */
export const importResources = ['customers', 'invoices', 'payments'] as const
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
  problem: RowProblem | null
}
