import type { ApprovalEffects } from '../../approvals/effects.ts'
import { announce } from '../../events/announce.ts'
import { laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { replacedFields } from '../../foundation/merge.ts'
import { Problem } from '../../foundation/problem.ts'
import { creditLimitFact } from './events.ts'
import { hasExpired, subjectOf } from './limit.ts'
import { inNextPlace, requireOnboarded } from './next-limit.ts'
import { lockSubject, requireCreditLimit } from './queries.ts'
import { creditLimitToJson } from './schema.ts'
import type { CreditLimitRow } from './table.ts'

/** What becomes of a limit that waits for an approval. */
export const creditLimitEffects: ApprovalEffects = {
  approved: (tx, { subject_id }) => approve(tx, subject_id),
  rejected: (tx, { subject_id }) => close(tx, subject_id, 'rejected'),
  withdrawn: (tx, { subject_id }) => close(tx, subject_id, 'withdrawn'),
}

/** From the day of the decision on at the earliest, it holds. One whose last day has passed cannot be approved any more. */
async function approve(tx: Tx, id: string): Promise<void> {
  const before = await requireCreditLimit(tx, id)
  const subject = subjectOf(before)
  await lockSubject(tx, subject)
  if (hasExpired(before, tx.today))
    throw new Problem('invalid_state', {
      current_status: 'requested',
      allowed_actions: ['reject', 'withdraw'],
      valid_until: before.valid_until,
    })
  await requireOnboarded(tx, subject, before.amount)
  const valid_from = laterOf(before.valid_from, tx.today)
  const after = await tx.db
    .updateTable('credit_limit')
    .set({
      status: 'approved',
      ordinal: inNextPlace(tx, subject),
      valid_from,
      decided_at: tx.now,
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  tell(tx, 'credit_limit.set', before, after)
}

/** It never holds. */
async function close(tx: Tx, id: string, status: 'rejected' | 'withdrawn'): Promise<void> {
  const before = await requireCreditLimit(tx, id)
  const after = await tx.db
    .updateTable('credit_limit')
    .set({ status, decided_at: tx.now, version: before.version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  tell(tx, `credit_limit.${status}`, before, after)
}

function tell(
  tx: Tx,
  type: 'credit_limit.set' | 'credit_limit.rejected' | 'credit_limit.withdrawn',
  before: CreditLimitRow,
  after: CreditLimitRow,
): void {
  const previous = replacedFields(creditLimitToJson(before, tx), creditLimitToJson(after, tx))
  announce(tx, creditLimitFact(type, after, tx, previous))
}
