import type { Tx } from '../foundation/database/commit.ts'
import type { ApprovalRow, ApprovalSubject } from './table.ts'

/** How an approval can end. */
export type Decision = Exclude<ApprovalRow['status'], 'requested'>

/** What a decision brings about for the subject, in the transaction of the decision; its customer is locked. */
export type ApprovalEffects = Record<Decision, (tx: Tx, approval: ApprovalRow) => Promise<void>>

/** The effects of every kind of subject; each belongs to the wing that its subject is of. */
export type EffectsBySubject = Record<ApprovalSubject, ApprovalEffects>
