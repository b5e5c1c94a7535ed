import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { Problem } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { endServiceTask } from '../tasks/end-service-task.ts'
import type { Decision, EffectsBySubject } from './effects.ts'
import { approvalFact } from './events.ts'
import { requireApproval } from './queries.ts'
import { approvalTask } from './request-approval.ts'
import type { ApprovalRow } from './table.ts'

export interface DecideApproval {
  id: string
  decision: Decision
  reason: string
  ifMatch: number | undefined
}

/**
 * Decides an approval, once, and brings about what follows for its subject. Approving and rejecting take another
 * principal than the one that asked (`four_eyes_required`); anybody may withdraw.
 */
export async function decideApproval(
  tx: Tx,
  { id, decision, reason, ifMatch }: DecideApproval,
  effects: EffectsBySubject,
): Promise<ApprovalRow> {
  const { customer_id } = await requireApproval(tx, id)
  if (customer_id !== null) await lockCustomers(tx, [customer_id])
  const before = await lockApproval(tx, id)
  requireVersion(before.version, ifMatch)
  if (before.status !== 'requested')
    throw new Problem('invalid_state', { current_status: before.status, allowed_actions: [] })
  if (decision !== 'withdrawn') requireSecondPrincipal(tx, before)

  const decided = await tx.db
    .updateTable('approval')
    .set({
      status: decision,
      decided_by: tx.cause.actor,
      decided_date: tx.today,
      decision_reason: reason,
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const previous = {
    status: 'requested',
    decided_by: null,
    decided_date: null,
    decision_reason: null,
  }
  announce(tx, approvalFact(`approval.${decision}`, decided, tx, previous))
  await effects[decided.subject_kind][decision](tx, decided)
  await endServiceTask(
    tx,
    approvalTask(id),
    decision === 'withdrawn' ? 'cancelled' : 'done',
    reason,
  )
  return decided
}

/** Locked until the commit, so that of two who decide at once one is told that it has been decided. */
const lockApproval = (tx: Tx, id: string): Promise<ApprovalRow> =>
  tx.db
    .selectFrom('approval')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()

/** The service itself asks, and never decides. */
function requireSecondPrincipal({ cause }: Tx, { requested_by }: ApprovalRow): void {
  if (cause.actor === null || cause.actor === requested_by)
    throw new Problem('four_eyes_required', { requested_by })
}
