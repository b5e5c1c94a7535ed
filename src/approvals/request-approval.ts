import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import type { MoneyAmount } from '../foundation/money.ts'
import { openTasks } from '../tasks/open-tasks.ts'
import { approvalFact } from './events.ts'
import type { ApprovalRow, ApprovalSubject } from './table.ts'

export interface RequestApproval {
  /** What is to be approved. It waits, and does nothing, until it is. */
  subject: { kind: ApprovalSubject; id: string }
  /** The customer concerned; null where there is none. */
  customerId: string | null
  /** What is asked, in plain words and at most 200 characters. */
  summary: string
  money: MoneyAmount | null
  reason: string
}

/** The occasion of the task that an approval opens. */
export const approvalTask = (approvalId: string): string => `approval:${approvalId}`

/**
 * Asks for a second pair of eyes: whoever causes this transaction asks, and another principal decides. Where a customer
 * is concerned, a task tells the approvers.
 */
export async function requestApproval(tx: Tx, input: RequestApproval): Promise<ApprovalRow> {
  const approval = await tx.db
    .insertInto('approval')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      subject_kind: input.subject.kind,
      subject_id: input.subject.id,
      customer_id: input.customerId,
      summary: input.summary,
      currency: input.money?.currency ?? null,
      amount: input.money?.amount ?? null,
      reason: input.reason,
      requested_by: tx.cause.actor,
      requested_date: tx.today,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, approvalFact('approval.requested', approval, tx))
  if (input.customerId !== null) await tellApprovers(tx, approval, input.customerId)
  return approval
}

const tellApprovers = (tx: Tx, { id, summary, reason }: ApprovalRow, customerId: string) =>
  openTasks(tx, [
    {
      originKey: approvalTask(id),
      reason: 'approval_requested',
      kind: 'decide_approval',
      title: summary,
      note: reason,
      assignee: 'approver',
      dueDate: tx.today,
      customerId,
      invoiceId: null,
      itemId: null,
      noticeId: null,
    },
  ])
