import { announce } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Problem } from '../../foundation/problem.ts'
import { noticeFact } from '../events.ts'
import type { NoticeRow } from '../table.ts'

type Changeable = Pick<
  NoticeRow,
  'status' | 'deadline_date' | 'send_from_at' | 'recipient_place' | 'status_reason'
>

/** Changes a notice that is as it was read, and announces it as it stands then. */
export async function changeNotice(
  tx: Tx,
  before: NoticeRow,
  changes: Partial<Changeable>,
  type: Extract<EventType, `dunning.notice_${string}`>,
): Promise<NoticeRow> {
  const notice = await tx.db
    .updateTable('dunning_notice')
    .set({ ...changes, version: before.version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
  if (notice === undefined) throw new Problem('version_mismatch')
  announce(tx, noticeFact(type, notice, tx, { status: before.status }))
  return notice
}
