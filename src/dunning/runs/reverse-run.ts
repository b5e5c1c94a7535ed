import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { BEFORE_ALL } from '../../foundation/id.ts'
import { enqueueTask } from '../../foundation/jobs/tasks.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { followed, laterNotices } from '../notices/reverse-notice.ts'
import { takeBackNotices } from '../notices/take-back-notices.ts'
import { requireRun } from '../queries.ts'
import type { NoticeRow, RunRow } from '../table.ts'
import { requireAction, requireMove } from './move-run.ts'
import { type Frame, workOff } from './work-off.ts'

const NOTICES_PER_BATCH = 200

export interface ReverseRun {
  id: string
  reason: string
  ifMatch: number | undefined
}

/** Has everything taken back that a run has brought about. Refused when some of it has later notices standing on it. */
export async function reverseRun(tx: Tx, { id, reason, ifMatch }: ReverseRun): Promise<RunRow> {
  const before = await requireRun(tx, id)
  requireVersion(before.version, ifMatch)
  requireAction(before, 'reverse')
  const later = await laterNotices(tx, await noticesOf(tx, id))
  if (later.size > 0) throw followed([...later.values()].flat())
  const run = await requireMove(tx, id, {
    from: before.status,
    to: 'reversing',
    type: 'dunning_run.updated',
    set: { reversal_reason: reason },
  })
  await enqueueTask(tx, 'dunning_run', run.id)
  return run
}

async function noticesOf({ db, tenant }: Reader, runId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('dunning_notice')
    .select('id')
    .where('tenant_id', '=', tenant.id)
    .where('run_id', '=', runId)
    .where('status', '<>', 'reversed')
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * Takes a run's notices back, customer by customer. One that has been followed by a later notice since the reversal was
 * asked for stands, and so does one that cannot be taken back: `reversed_count` says how many were.
 */
export const takeBackRun = (frame: Frame, { reversal_reason }: RunRow): Promise<void> =>
  workOff(frame, {
    next: (reader, after) => customersToldBy(reader, frame.runId, after),
    work: (tx, customerIds) => takeBack(tx, frame.runId, customerIds, reversal_reason as string),
    giveUp: () => Promise.resolve(),
  })

async function customersToldBy(
  { db, tenant }: Reader,
  runId: string,
  after: string | null,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from (
      select customer_id from dunning_notice
      where tenant_id = ${tenant.id} and run_id = ${runId} and status <> 'reversed'
        and customer_id > ${after ?? BEFORE_ALL}
      order by customer_id
      limit ${NOTICES_PER_BATCH}
    ) as notice
    order by id
  `.execute(db)
  return rows.map(({ id }) => id)
}

async function takeBack(
  tx: Tx,
  runId: string,
  customerIds: readonly string[],
  reason: string,
): Promise<void> {
  await lockCustomers(tx, customerIds)
  const notices: NoticeRow[] = await tx.db
    .selectFrom('dunning_notice')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('run_id', '=', runId)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .where('status', '<>', 'reversed')
    .orderBy('id')
    .execute()
  const later = await laterNotices(
    tx,
    notices.map(({ id }) => id),
  )
  const last = notices.filter(({ id }) => !later.has(id))
  if (last.length === 0) return
  await takeBackNotices(tx, last, reason)
  await tx.db
    .updateTable('dunning_run')
    .set({ reversed_count: sql<number>`reversed_count + ${last.length}`, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', runId)
    .execute()
}
